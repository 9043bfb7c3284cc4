#!/bin/sh
# Makes .venv-rivals at the root of the project: the tools that Narrows is compared with.
# nomenklatura needs PyICU, which is compiled here: that takes ICU's headers, pkg-config and a C++ compiler.
set -eu
cd "$(dirname "$0")/../.."
PYTHON=${PYTHON:-python3}

if ! { pkg-config --exists icu-i18n && command -v g++; } >/dev/null 2>&1; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        apt-get update -qq && apt-get install -y -qq libicu-dev pkg-config g++ >/dev/null || {
            echo "setup.sh: apt-get could not install libicu-dev, pkg-config and g++; PyICU cannot be built without" >&2
            exit 1
        }
    else
        echo "setup.sh: PyICU needs libicu-dev, pkg-config and g++ to be built;" >&2
        echo "          on Debian run 'apt-get install libicu-dev pkg-config g++' as root, then this again" >&2
        exit 1
    fi
fi
test -x .venv-rivals/bin/python || "$PYTHON" -m venv .venv-rivals
.venv-rivals/bin/python -m pip install --quiet --disable-pip-version-check -r bench/rivals/requirements.txt
.venv-rivals/bin/python -c 'import icu, nomenklatura, rapidfuzz, splink; print("the rivals stand in .venv-rivals")'
