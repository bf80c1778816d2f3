#!/usr/bin/env bash
# make lock: renew the locked dependencies, the bench's peers among them. uv resolves (a wheel in a folder of its own), pip installs; the files hold hashes
# and no address of an index, so that they work wherever pip is set up to look.
set -euo pipefail
cd "$(dirname "$0")/.."; root=$PWD
uv=var/uv; [ -x $uv/bin/uv ] || { mkdir -p var; .venv/bin/python -m venv $uv; $uv/bin/pip install --quiet uv; }
for name in requirements requirements-dev bench/peers/requirements; do
  rm -f $name.txt # an output file that is already there holds its versions back
  $uv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate $name.in -o $name.txt
done
for folder in . bench/peers; do
  rm -f $folder/package-lock.json
  (cd $folder && PATH="$root/.venv/bin:$PATH" npm install --silent --package-lock-only)
  ! grep -q '"resolved"' $folder/package-lock.json || { echo "lock: $folder/package-lock.json names addresses; see .npmrc" >&2; exit 1; }
done
