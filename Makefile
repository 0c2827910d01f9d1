# `make run` and `make test` do everything on a fresh machine with git, make and Python 3.11+.
# A second run installs nothing. Words for the program: make run ARGS="--data-dir /tmp/x".

.DEFAULT_GOAL := help
.PHONY: help run test check format bench package models app-env dev-env train-env libraries clean
ARGS ?=
BIN := .venv/bin
export OPENBLAS_NUM_THREADS := 1

help:  ## what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## */  make \1\t/' | expand -t 20

run: app-env  ## open the window (without a display: the demo, headless)
	@if [ "$$(uname)" = Linux ] && [ -z "$${DISPLAY:-}$${WAYLAND_DISPLAY:-}" ]; then \
	    $(BIN)/faceapp demo $(ARGS); else $(BIN)/faceapp $(ARGS); fi

test: dev-env  ## run the tests
	@$(BIN)/python -m pytest $(ARGS)

check: dev-env  ## formatting, lint, types, contracts between the rooms, tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest $(ARGS)

format: dev-env  ## format and mend what can be mended without thinking
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

bench: dev-env  ## measure speed and accuracy
	@$(BIN)/python -m benchmarks $(ARGS)

package: app-env  ## build the wheel into dist/
	$(BIN)/python -m pip wheel --quiet --no-deps --wheel-dir dist .
	@ls -l dist/*.whl

models:  ## put MediaPipe's models in place, checked
	@packaging/environment.sh app
	@$(BIN)/python packaging/fetch_models.py

app-env: libraries models

dev-env: libraries
	@packaging/environment.sh dev
	@$(BIN)/python packaging/fetch_models.py

train-env:  ## the environment for training, in .venv-train (several GB)
	@packaging/environment.sh train
	@.venv-train/bin/python packaging/fetch_models.py

libraries:
	@packaging/system_libraries.sh install

clean:  ## remove environments, caches and built files; data folders stay
	rm -rf .venv .venv-train dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
