# What both window.sh and listen.sh need: the display outside the chroot, and waiting. Sourced by
# them after they set root, out and display; needs a function `failed` that shows what is known.
export DISPLAY=$display
as_ann=(chroot --userspec=1000:1000 "$root" /usr/bin/env -i PATH=/usr/bin:/bin HOME=/home/ann USER=ann
    LANG=C.UTF-8 "DISPLAY=$display")
user() { "${as_ann[@]}" "$@"; }
fail() { echo "FAILED: $*"; failed || true; exit 1; }
until_true() { # what, seconds, command...: waits until the command succeeds
    local what=$1 most=$2
    shift 2
    for _ in $(seq $((most * 4))); do
        if "$@" >/dev/null 2>&1; then echo "  $what"; return 0; fi
        sleep 0.25
    done
    fail "not within $most s: $what"
}
key() { xdotool key --clearmodifiers "$1"; sleep 0.7; }

finish() {
    status=$?
    for pid in ${app:-} ${xvfb:-}; do
        kill -- -"$pid" 2>/dev/null || kill "$pid" 2>/dev/null || true  # with what it started, if it leads a group
        wait "$pid" 2>/dev/null || true
    done
    mountpoint -q "$root/tmp/.X11-unix" && umount -l "$root/tmp/.X11-unix"
    exit $status
}
trap finish EXIT

mkdir -p /tmp/.X11-unix "$root/tmp/.X11-unix"
Xvfb "$display" -screen 0 1280x820x24 -nolisten tcp >"$out/xvfb.log" 2>&1 &
xvfb=$!
mount --bind /tmp/.X11-unix "$root/tmp/.X11-unix"
until_true "a display" 10 xdotool getdisplaygeometry
