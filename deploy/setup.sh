#!/usr/bin/env bash
# What `make` calls to find or install what the machine lacks. As root or with sudo it installs and says so;
# otherwise one line names the package and the command, and it stops.
#   setup.sh python REQUIREMENTS   a Python that can load SQLite extensions, SpatiaLite, .venv with REQUIREMENTS
#   setup.sh front                 Caddy into .venv, for the tests of deploy/Caddyfile
#   setup.sh browser               Chromium, for the browser tests; Firefox and WebKit, for those that run there too
set -euo pipefail
cd "$(dirname "$0")/.."

stop() { echo "setup: $*" >&2; exit 1; }

# sudo only where it asks for no password: a set-up must not hang on a prompt nobody sees.
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; elif sudo -n true 2>/dev/null; then sudo "$@"; else return 77; fi; }

# Somebody else's apt-get (a new machine brings itself up to date) is waited for.
apt() { as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=120 "$@"; }

updated=
install() { # install PACKAGE… (Debian and Ubuntu; on macOS Homebrew's name stands in $brew)
  if command -v apt-get >/dev/null; then
    local rc=0
    echo "setup: installing $* (apt-get)"
    if [ -z "$updated" ]; then apt update || rc=$?; updated=1; fi
    [ "$rc" = 0 ] && { apt install -y --no-install-recommends "$@" >/dev/null || rc=$?; }
    [ "$rc" = 0 ] || stop "$* is missing. Install it: sudo apt-get install $*"
  elif command -v brew >/dev/null && [ -n "${brew:-}" ]; then
    echo "setup: installing $brew (brew)"; brew install --quiet "$brew"
  else
    stop "$* is missing. Install it with this system's package manager."
  fi
}

has() { command -v "$1" >/dev/null; }
can_show_webkit() { # a window of its own, so that a profile can be kept; by the system's Python
  /usr/bin/python3 -c 'import gi; gi.require_version("WebKit2", "4.1"); from gi.repository import WebKit2' 2>/dev/null
}
# Ubuntu's own Firefox is a snap, which a test can not drive; WebKitGTK is for Linux.
also() { # also NAME PACKAGE…: a browser whose journeys are left out, and say so, where it can not be had
  local name=$1; shift
  if has apt-get; then
    # Lists that were never fetched hold no package.
    if [ -z "$updated" ]; then apt update || true; updated=1; fi
    if apt-cache show "$@" >/dev/null 2>&1 && (install "$@"); then return; fi
  fi
  echo "setup: journeys in $name are left out: $* can not be had here"
}

can_load() { # a Python of at least 3.11 whose sqlite3 loads extensions (many builds by hand can not)
  "$1" -c 'import sqlite3, sys; c = sqlite3.connect(":memory:"); c.enable_load_extension(True); sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}
find_python() {
  local p
  for p in ${PYTHON:-} /usr/bin/python3 python3.13 python3.12 python3.11 python3 /opt/homebrew/bin/python3 /usr/local/bin/python3; do
    p=$(command -v "$p" 2>/dev/null) || continue
    if can_load "$p"; then echo "$p"; return; fi
  done
  return 1
}
has_spatialite() {
  "$1" - <<'PY' 2>/dev/null
import os, sqlite3, sys
c = sqlite3.connect(":memory:"); c.enable_load_extension(True)
for name in filter(None, [os.environ.get("SPATIALITE_LIB"), "mod_spatialite", "mod_spatialite.so.8", "mod_spatialite.so.7",
             "/opt/homebrew/lib/mod_spatialite.dylib", "/usr/local/lib/mod_spatialite.dylib"]):
    try: c.load_extension(name); sys.exit(0)
    except sqlite3.OperationalError: pass
sys.exit(1)
PY
}

case "${1:-}" in
python)
  python=$(find_python) || {
    brew=python@3.13 install python3
    python=$(find_python) || { brew= install python3.11; python=$(find_python); } || stop "no Python 3.11 or newer that can load SQLite extensions was found. Set PYTHON=/path/to/one"
  }
  "$python" -c 'import venv, ensurepip' 2>/dev/null ||
    install "$([ "$python" = /usr/bin/python3 ] && echo python3-venv || echo "$(basename "$python")-venv")"
  has_spatialite "$python" || brew=libspatialite install libsqlite3-mod-spatialite
  has_spatialite "$python" || stop "mod_spatialite does not load. Set SPATIALITE_LIB=/path/to/mod_spatialite"
  [ -x .venv/bin/python ] && can_load .venv/bin/python || { echo "setup: .venv from $python"; rm -rf .venv; "$python" -m venv .venv; }
  echo "setup: Python's packages ($2) …"
  .venv/bin/pip install --quiet --disable-pip-version-check --no-compile --require-hashes -r "$2"
  ;;
browser)
  command -v chromium >/dev/null || [ -n "${CHROMIUM:-}" ] || {
    # Ubuntu's own chromium is a snap, which a test can not drive; its name says so.
    if [ -r /etc/os-release ] && grep -q '^ID=ubuntu' /etc/os-release && [ -x /usr/bin/google-chrome ]; then
      echo "setup: using /usr/bin/google-chrome"; else install chromium; fi
  }
  { has firefox-esr && has Xvfb; } || [ -n "${FIREFOX:-}" ] || [ -d /Applications/Firefox.app ] ||
    also Firefox firefox-esr xvfb
  { has WebKitWebDriver && has Xvfb && can_show_webkit; } ||
    also WebKit webkit2gtk-driver xvfb python3-gi gir1.2-webkit2-4.1
  ;;
front)
  # The package would start a web server on port 80; the program alone is enough for tests.
  has caddy || { command -v apt-get >/dev/null && [ -x .venv/bin/python ] && (
    folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; chmod 755 "$folder"; cd "$folder"
    { apt-get download -qq caddy || { as_root apt-get update -qq && apt-get download -qq caddy; }; } >/dev/null 2>&1
    dpkg-deb -x caddy_*.deb here && command install -m 755 here/usr/bin/caddy "$OLDPWD/.venv/bin/caddy"
  ) || echo "setup: Caddy is not here; what stands behind it is not tried"; }
  ;;
*) stop "say python REQUIREMENTS, browser, or front" ;;
esac
