# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# What ./run and ./test share: system libraries through apt, then .venv with hashed requirements.
# Sourced with ROOT set. Everything said here goes to standard error; standard output is samut's.

SCREEN='-screen 0 1366x768x24'

# What the program needs to import Qt, show a window and break Thai lines (libthai0).
WINDOW_LIBRARIES=(
  libgl1 libegl1 libglib2.0-0 libdbus-1-3 libfontconfig1 libbrotli1 libx11-xcb1 libxkbcommon-x11-0
  libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-randr0 libxcb-shape0 libxcb-xkb1 libthai0
)
XVFB=(xvfb xauth)

say() { printf '%s\n' "$*" >&2; }

# die "ประโยคไทย" "English sentence"
die() {
  say "$1"
  say "$2"
  exit 1
}

have() { command -v "$1" >/dev/null 2>&1; }

is_installed() {
  # Newer releases add t64 to a name; dpkg-query says 1 when either of the two is unknown.
  [[ $(dpkg-query -W -f='${Status}\n' "$1" "$1t64" 2>/dev/null) == *'ok installed'* ]]
}

# A Python of 3.11 or later that can make virtual environments; empty when there is none.
find_python() {
  local name
  for name in python3 python3.11 python3.12 python3.13; do
    if have "$name" && "$name" -c 'import sys, venv, ensurepip
sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
      command -v "$name"
      return
    fi
  done
}

# install_packages NAME…: installs those that are missing, and says so first.
install_packages() {
  local missing=() name as_root=()
  if ! have dpkg-query || ! have apt-get; then
    say "ไม่ใช่ระบบ Debian จึงข้ามการติดตั้งไลบรารีของระบบ (ต้องมี: $*)"
    say "Not a Debian system: its libraries are left as they are (needed: $*)."
    return
  fi
  for name in "$@"; do is_installed "$name" || missing+=("$name"); done
  [ ${#missing[@]} -gt 0 ] || return 0
  say "จะติดตั้งจากคลังของระบบ / Installing with apt-get: ${missing[*]}"
  if [ "$(id -u)" != 0 ]; then
    have sudo || die \
      "ติดตั้งไม่ได้ เพราะบัญชีนี้ไม่ใช่ผู้ดูแลระบบและไม่มี sudo ให้ผู้ดูแลระบบสั่ง: apt-get install ${missing[*]}" \
      "Cannot install: this account is not an administrator and there is no sudo. Ask one to run: apt-get install ${missing[*]}"
    if ! sudo -n true 2>/dev/null && ! { [ -t 0 ] && sudo -v; }; then
      die \
        "ติดตั้งไม่ได้ เพราะบัญชีนี้ใช้ sudo ไม่ได้ ให้ผู้ดูแลระบบสั่ง: apt-get install ${missing[*]}" \
        "Cannot install: this account may not use sudo. Ask an administrator to run: apt-get install ${missing[*]}"
    fi
    as_root=(sudo)
  fi
  {
    "${as_root[@]}" apt-get update -q &&
      "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -q --no-install-recommends "${missing[@]}"
  } >&2 </dev/null || die \
    "ติดตั้งไลบรารีของระบบไม่สำเร็จ ตรวจการต่ออินเทอร์เน็ตและที่ว่างในดิสก์ แล้วสั่งอีกครั้ง" \
    "The system libraries could not be installed. Check the network and the free disk space, then try again."
}

# fill_venv REQUIREMENTS STAMP: the environment holds exactly what the file pins, by hash.
fill_venv() {
  local requirements=$1 python=$2 bin=$ROOT/.venv/bin index
  if ! "$bin/python" -c '' 2>/dev/null || ! "$bin/python" -m pip --version >/dev/null 2>&1; then
    "$python" -m venv --clear "$ROOT/.venv" >&2 || die \
      "สร้างโฟลเดอร์ $ROOT/.venv ไม่ได้ ตรวจที่ว่างในดิสก์และสิทธิ์เขียนในโฟลเดอร์นี้" \
      "The folder $ROOT/.venv cannot be made. Check the free disk space and the right to write here."
  fi
  say "จะติดตั้งชุดคำสั่ง Python ใน .venv / Installing Python packages into .venv: $requirements"
  # The system's certificates: an office's proxy is known there. The mirror: uv reads no pip.conf.
  export PIP_DISABLE_PIP_VERSION_CHECK=1 UV_SYSTEM_CERTS=true
  if [ -z "${UV_DEFAULT_INDEX:-}${UV_INDEX_URL:-}" ] &&
    index=$("$bin/python" -m pip config get global.index-url 2>/dev/null); then
    export UV_DEFAULT_INDEX=$index
  fi
  if "$bin/python" -m pip install -q --require-hashes --only-binary :all: -r "$ROOT/.ci/uv.txt" >&2 &&
    "$bin/uv" pip install -q -p "$bin/python" --require-hashes --only-binary :all: \
      --compile-bytecode -r "$ROOT/$requirements" >&2; then
    :
  else
    say "ลองอีกทางหนึ่งด้วย pip / Trying once more with pip."
    "$bin/python" -m pip install -q --require-hashes --only-binary :all: \
      -r "$ROOT/$requirements" >&2 || die \
      "ติดตั้งชุดคำสั่ง Python ไม่สำเร็จ ตรวจการต่ออินเทอร์เน็ตและที่ว่างในดิสก์ แล้วสั่งอีกครั้ง" \
      "The Python packages could not be installed. Check the network and the free disk space, then try again."
  fi
  # The checkout itself, for every interpreter of the environment, isolated ones too.
  "$bin/python" -c 'import pathlib, sys, sysconfig
pathlib.Path(sysconfig.get_path("purelib"), "samut-sanam.pth").write_text(sys.argv[1] + "\n")' "$ROOT"
}

fingerprint() {
  { printf '%s\n' "$ROOT"; cat "$ROOT/$1" "$ROOT/pyproject.toml" "$ROOT/.ci/setup.sh"; } | sha256sum
}

# set_up REQUIREMENTS PACKAGE…: after this .venv/bin/python can run the program (or the tests).
set_up() {
  local requirements=$1 stamp python held within=() packages=(ca-certificates)
  shift
  python=$(find_python)
  [ -n "$python" ] || packages+=(python3 python3-venv)
  install_packages "${packages[@]}" "$@"
  python=${python:-$(find_python)}
  [ -n "$python" ] || die \
    "ต้องมี Python 3.11 ขึ้นไป ซึ่งระบบนี้ไม่มีให้ติดตั้ง ใช้ Debian 12 หรือใหม่กว่า" \
    "Python 3.11 or later is needed and this system does not offer it. Use Debian 12 or later."
  stamp=$ROOT/.venv/.ready-$requirements
  (
    # Two at once: the second waits, then finds the work done.
    ! have flock || flock 9
    if [ ! -e "$stamp" ] || [ "$(cat "$stamp")" != "$(fingerprint "$requirements")" ]; then
      fill_venv "$requirements" "$python"
      fingerprint "$requirements" >"$stamp"
      # The development set holds the others whole, and that of the forms the program's.
      case $requirements in
      requirements-dev.txt)
        within=(requirements-centre.txt requirements-forms.txt requirements.txt) ;;
      requirements-centre.txt | requirements-forms.txt) within=(requirements.txt) ;;
      esac
      for held in ${within[@]+"${within[@]}"}; do
        fingerprint "$held" >"$ROOT/.venv/.ready-$held"
      done
    fi
  ) 9<"$ROOT/.ci/setup.sh" || exit 1
}
