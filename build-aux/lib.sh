# shellcheck shell=bash disable=SC2034
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What build-aux/run and build-aux/test share; sourced, not run. Expects `set -eu`.

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$top" || exit

# To build.
build_packages=(
  appstream
  build-essential
  desktop-file-utils
  gettext
  libadwaita-1-dev
  libglib2.0-dev
  libgtk-4-bin
  libgtk-4-dev
  libjson-glib-dev
  libsecret-1-dev
  libsoup-3.0-dev
  libsqlite3-dev
  librsvg2-common
  libxml2-utils
  meson
  ninja-build
  pkgconf
  python3
)
# To open a window on a virtual display, look at it and drive it.
display_packages=(
  adwaita-icon-theme
  at-spi2-core
  dbus-daemon
  fonts-cantarell
  fonts-dejavu-core
  gir1.2-atspi-2.0
  imagemagick
  python3-gi
  tzdata
  xdotool
  xvfb
)
# To run all tests.
test_packages=(
  ca-certificates
  gcovr
  glib-networking
  gnome-keyring
  groff-base
  libglib2.0-bin
  libsecret-tools
  locales
  mutter
  openssl
)
# To compare the application with what anybody would use.
bench_packages=(
  curl
  jq
)
# To build the reference of a layer.
documentation_packages=(
  gi-docgen
  gobject-introspection
)
# To run tests under valgrind.
valgrind_packages=(
  libc6-dbg
  valgrind
)
# To fuzz.
fuzz_packages=(
  clang
  libclang-rt-14-dev
)
# To make a Flatpak and run it, in Debian 13.
flatpak_packages=(
  appstream-compose
  elfutils
  flatpak
  flatpak-builder
  ostree
)

# The Debian 13 that build-aux/debian-13 unpacks.
debian_13_root=${XDG_CACHE_HOME:-${HOME:-/var/tmp}/.cache}/housekeys/debian-13

# Where the GNOME runtime comes from.
flathub=https://dl.flathub.org/repo/flathub.flatpakrepo

say ()
{
  printf '\033[1m==> %s\033[0m\n' "$*"
}

die ()
{
  printf '%s\n' "$*" >&2
  exit 1
}

# Prints those of the packages that are not installed.
missing_packages ()
{
  local installed
  # The tool also complains about names it has never heard of, and these are the missing ones.
  installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "$@" 2>/dev/null || true)
  local package
  for package in "$@"; do
    grep -qxF "installed $package" <<<"$installed" || echo "$package"
  done
}

# Whether this is Debian 12, Ubuntu 24.04 or later.
known_distribution ()
{
  [ -r /etc/os-release ] && command -v dpkg-query >/dev/null || return 1
  local ID='' VERSION_ID=''
  # shellcheck source=/dev/null
  . /etc/os-release
  case $ID in
    debian) [ -z "$VERSION_ID" ] || [ "${VERSION_ID%%.*}" -ge 12 ] ;;
    ubuntu) [ "${VERSION_ID%%.*}" -ge 24 ] ;;
    *) false ;;
  esac
}

# Installs those of the packages that are missing.
need_packages ()
{
  if ! known_distribution; then
    die "The packages of this distribution are not known to this script. Housekeys needs what Debian 12
has in the packages

  $*

Install their counterparts, then:

  meson setup _build && meson compile -C _build && _build/src/housekeys --demo"
  fi

  local missing
  mapfile -t missing < <(missing_packages "$@")
  [ ${#missing[@]} -gt 0 ] || return 0

  local root=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || die "As root, please: apt-get install ${missing[*]}"
    root=(sudo)
  fi
  say "Installing ${missing[*]}"
  "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -q </dev/null
  "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends \
    "${missing[@]}" </dev/null
}

# build FOLDER [MESON-OPTION...]: sets the folder up if it is not, and compiles.
build ()
{
  local folder=$1
  shift
  if [ -f "$folder/build.ninja" ]; then
    [ $# -eq 0 ] || meson configure "$folder" "$@" >/dev/null
  else
    say "Setting up $folder"
    meson setup "$folder" "$@"
  fi
  say "Building $folder"
  meson compile -C "$folder"
}

have_display ()
{
  [ -n "${DISPLAY:-}" ] || [ -n "${WAYLAND_DISPLAY:-}" ]
}
