# `make run` and `make test` do everything on a fresh machine with git, make and Python 3.11+.
# A second run installs nothing. Words for the program: make run ARGS="--data-dir /tmp/x".

.DEFAULT_GOAL := help
.PHONY: help run test test-training check format bench package bundle package-tools screenshots smoke release models app-env package-env dev-env train-env train-dev-env libraries clean
ARGS ?=
BIN := .venv/bin
export OPENBLAS_NUM_THREADS := 1

help:  ## what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## */  make \1\t/' | expand -t 22

run: app-env  ## open the window (without a display: the demo, headless)
	@if [ "$$(uname)" = Linux ] && [ -z "$${DISPLAY:-}$${WAYLAND_DISPLAY:-}" ]; then \
	    $(BIN)/faceapp demo $(ARGS); else $(BIN)/faceapp $(ARGS); fi

test: dev-env  ## run the tests
	@$(BIN)/python -m pytest $(ARGS)

check: dev-env  ## formatting, lint, types, contracts between the rooms, tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/mypy --platform win32 --no-warn-unreachable --cache-dir .mypy_cache/win32 faceapp
	$(BIN)/lint-imports
	$(BIN)/python -m pytest $(ARGS)

test-training: train-dev-env  ## run the tests of training, with PyTorch and TensorFlow
	@.venv-train/bin/python -m pytest tests/training $(ARGS)
	@KERAS_BACKEND=tensorflow .venv-train/bin/python -m pytest tests/training/converted $(ARGS)

format: dev-env  ## format and mend what can be mended without thinking
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

bench: dev-env  ## measure speed and accuracy
	@$(BIN)/python -m benchmarks $(ARGS)

package: package-tools bundle  ## build what users install into dist/: bundle, .deb, AppImage, wheel (Linux)
	$(BIN)/python packaging/deb/build.py dist/bundle/faceapp dist $(DEB_ARGS)
	packaging/appimage/build.sh dist/bundle/faceapp dist
	$(BIN)/python -m pip wheel --quiet --no-deps --wheel-dir dist .
	cp dist/bundle/faceapp/_internal/sbom.cdx.json dist/bundle/faceapp/_internal/licences.txt dist/
	@ls -l dist

package-tools:
	@packaging/tools.sh mksquashfs:squashfs-tools objdump:binutils

bundle: package-env  ## the program with all it needs, in dist/bundle/faceapp
	SOURCE_DATE_EPOCH=$$(git log -1 --format=%ct) PYTHONHASHSEED=1 $(BIN)/pyinstaller --noconfirm \
	    --clean --log-level WARN --distpath dist/bundle --workpath build/pyinstaller packaging/faceapp.spec
	dist/bundle/faceapp/faceapp --self-test

screenshots: dev-env  ## picture every page into build/screenshots, some into docs/screenshots
	@$(BIN)/python packaging/screenshots.py build/screenshots --keep docs/screenshots

smoke:  ## install the .deb in a fresh Debian, use it, remove it (root, Linux)
	@packaging/tools.sh debootstrap:debootstrap Xvfb:xvfb xdotool:xdotool import:imagemagick xwininfo:x11-utils
	packaging/smoke/run.sh "$$(ls -t dist/faceapp_*.deb | head -1)" dist/smoke $(SUITE)

release: package-env  ## check version and tree, build, smoke, then write dist/SHA256SUMS
	$(BIN)/python packaging/release.py

models:  ## put MediaPipe's models in place, checked
	@packaging/environment.sh app
	@$(BIN)/python packaging/fetch_models.py

app-env: libraries models

package-env: libraries
	@packaging/environment.sh package
	@$(BIN)/python packaging/fetch_models.py

dev-env: libraries
	@packaging/environment.sh dev
	@$(BIN)/python packaging/fetch_models.py

train-env:  ## the environment for training, in .venv-train (several GB)
	@packaging/environment.sh train
	@.venv-train/bin/python packaging/fetch_models.py

train-dev-env: libraries
	@packaging/environment.sh train-dev
	@.venv-train/bin/python packaging/fetch_models.py

libraries:
	@packaging/system_libraries.sh install

clean:  ## remove environments, caches and built files; data folders stay
	rm -rf .venv .venv-train dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
