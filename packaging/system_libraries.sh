#!/bin/sh
# The system libraries that the window needs on Linux, listed once: which package has which file,
# and for which display it is needed. The Python wheels bring everything else along.
#
#   system_libraries.sh packages        prints the Debian and Ubuntu packages
#   system_libraries.sh missing         prints what is missing for the display in use
#   system_libraries.sh install         as root installs what is missing, else prints the command
#                                       and fails when the app could not start without it
#
# Found with ldd on Qt's platform plugins (offscreen, xcb, wayland), on QtWidgets and QtSvg.
set -eu

# file                  package               needed by
LIBRARIES='
libEGL.so.1             libegl1               always
libGL.so.1              libgl1                always
libdbus-1.so.3          libdbus-1-3           always
libfontconfig.so.1      libfontconfig1        always
libfreetype.so.6        libfreetype6          always
libglib-2.0.so.0        libglib2.0-0          always
libxkbcommon.so.0       libxkbcommon0         always
libX11.so.6             libx11-6              always
libX11-xcb.so.1         libx11-xcb1           x11
libxcb-cursor.so.0      libxcb-cursor0        x11
libxcb-icccm.so.4       libxcb-icccm4         x11
libxcb-image.so.0       libxcb-image0         x11
libxcb-keysyms.so.1     libxcb-keysyms1       x11
libxcb-randr.so.0       libxcb-randr0         x11
libxcb-render.so.0      libxcb-render0        x11
libxcb-render-util.so.0 libxcb-render-util0   x11
libxcb-shape.so.0       libxcb-shape0         x11
libxcb-shm.so.0         libxcb-shm0           x11
libxcb-sync.so.1        libxcb-sync1          x11
libxcb-xfixes.so.0      libxcb-xfixes0        x11
libxcb-xkb.so.1         libxcb-xkb1           x11
libxkbcommon-x11.so.0   libxkbcommon-x11-0    x11
libwayland-client.so.0  libwayland-client0    wayland
libwayland-cursor.so.0  libwayland-cursor0    wayland
libwayland-egl.so.1     libwayland-egl1       wayland
'

rows() { # the rows for the displays named
    printf '%s\n' "$LIBRARIES" | while read -r file package display; do
        case " $* " in *" $display "*) printf '%s %s\n' "$file" "$package" ;; esac
    done
}

missing() { # packages of the rows whose file the system's linker does not know
    # Without ldconfig (no glibc) nothing is known and nothing claimed.
    known=$(PATH="$PATH:/sbin:/usr/sbin" ldconfig -p 2>/dev/null) || return 0
    rows "$@" | while read -r file package; do
        case "$known" in *"	$file "*) ;; *) printf '%s\n' "$package" ;; esac
    done
}

displays() { # what must be there for the display in use
    if [ -n "${WAYLAND_DISPLAY:-}" ]; then echo "always wayland"
    elif [ -n "${DISPLAY:-}" ]; then echo "always x11"
    else echo "always"; fi
}

words() { tr '\n' ' ' | sed 's/ *$//'; }

install() {
    wanted=$(missing always x11 wayland | words)
    [ -n "$wanted" ] || return 0
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "Installing system libraries: $wanted"
        # shellcheck disable=SC2086  # one word a package
        if DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $wanted \
            >/dev/null 2>&1; then return 0; fi
        # Perhaps only the package lists are old or absent, as in fresh containers.
        apt-get update -q >/dev/null 2>&1 || true
        # shellcheck disable=SC2086
        if DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $wanted \
            >/dev/null; then return 0; fi
    fi
    # shellcheck disable=SC2046
    needed=$(missing $(displays) | words)
    [ -n "$needed" ] || return 0
    echo "The window needs system libraries that are not here. Please run:" >&2
    echo "    sudo apt-get install --no-install-recommends $wanted" >&2
    return 1
}

case "${1:-}" in
    packages) rows always x11 wayland | while read -r _ package; do echo "$package"; done ;;
    # shellcheck disable=SC2046
    missing) missing $(displays) ;;
    install) if [ "$(uname)" = Linux ]; then install; fi ;;
    *) echo "usage: $0 packages|missing|install" >&2; exit 2 ;;
esac
