#!/bin/sh
# Install the bot from a checkout into a folder of its own: deploy/install.sh CHECKOUT TARGET [PYTHON]
# The Dockerfile runs this too. It needs Python with venv, and the network; nothing outside TARGET is changed.
set -eu
checkout=$1 target=$2 python=${3:-python3}

"$python" -m venv "$target"
pip="$target/bin/python -m pip --disable-pip-version-check --no-cache-dir --quiet"
$pip install --require-hashes --only-binary :all: --requirement "$checkout/requirements/runtime.lock"
wheel=$(mktemp -d)
trap 'rm -rf "$wheel"' EXIT
$pip wheel --no-deps --wheel-dir "$wheel" "$checkout"
$pip install --no-deps --no-index "$wheel"/*.whl
"$target/bin/reverse-mentor" --version
