#!/bin/sh
# Makes a virtual environment ready and does nothing when it is.
#
#   environment.sh app     .venv with what the app needs
#   environment.sh dev     .venv with what its tests and checks need as well
#   environment.sh package .venv with what building installers needs as well
#   environment.sh train   .venv-train with what training needs
#   environment.sh train-dev   .venv-train with what the tests of training need as well
#
# A stamp named after pyproject.toml's content (and this folder, which environments remember) says
# what was installed. PYTHON chooses another interpreter. Extra words for pip: PIP_ARGS.
set -eu
cd "$(dirname "$0")/.."

wanted=${1:-app}
case "$wanted" in
    app) venv=.venv what=. ;;
    dev) venv=.venv what='.[dev]' ;;
    package) venv=.venv what='.[package]' ;;
    train) venv=.venv-train what='.[train]' ;;
    train-dev) venv=.venv-train what='.[train,dev]' ;;
    *) echo "usage: $0 app|dev|package|train|train-dev" >&2; exit 2 ;;
esac
python=$venv/bin/python
state=$({ pwd; cat pyproject.toml; } | cksum | cut -d' ' -f1)
stamp=$venv/.installed-$wanted-$state
# An upgrade of the system's Python leaves the stamp, but no interpreter, or one without packages.
[ -f "$stamp" ] && "$python" -c 'import pip' 2>/dev/null && exit 0

find_python() { # the first Python that is new enough
    for name in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$name"
            return 0
        fi
    done
    echo "faceapp needs Python 3.11 or newer (make PYTHON=/path/to/python3 ...)." >&2
    return 1
}

need_venv() { # Debian splits venv off its Python
    "$1" -c 'import ensurepip, venv' 2>/dev/null && return 0
    package=$("$1" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "Installing $package"
        apt-get update -q >/dev/null 2>&1 || true
        DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$package" \
            ca-certificates >/dev/null && return 0
    fi
    echo "Python's venv module is not complete. Please run: sudo apt-get install $package" >&2
    return 1
}

if ! "$python" -m pip --version >/dev/null 2>&1; then
    base=$(find_python)
    need_venv "$base"
    echo "Creating $venv with $("$base" --version)"
    "$base" -m venv --clear "$venv"
fi
echo "Installing the $wanted environment into $venv; this takes some minutes the first time"
# shellcheck disable=SC2086  # words for pip
"$python" -m pip install --quiet --disable-pip-version-check ${PIP_ARGS:-} --editable "$what"
rm -f "$venv/.installed-$wanted-"*
touch "$stamp"
case "$wanted" in # it holds the smaller one, too
    dev) touch "$venv/.installed-app-$state" ;;
    train-dev) touch "$venv/.installed-train-$state" ;;
esac
