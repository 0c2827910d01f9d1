#!/bin/bash
# The window's part of the smoke: enrols whoever stands before the demo camera, takes attendance,
# looks at the table, exports; by mouse and keyboard, on a display outside the chroot.
#
#   window.sh ROOT OUT DISPLAY      (called by run.sh)
set -euo pipefail
root=$1 out=$2 display=$3
export DISPLAY=$display
data=/home/ann/data

as_ann=(chroot --userspec=1000:1000 "$root" /usr/bin/env -i PATH=/usr/bin:/bin HOME=/home/ann USER=ann
    LANG=C.UTF-8 "DISPLAY=$display")
user() { "${as_ann[@]}" "$@"; }
picture() { import -window root "$out/$1.png"; echo "  $1.png"; }
fail() { echo "FAILED: $*"; picture failed || true; cat "$out/window.log" "$out/rows.log" | tail -n 10 || true; exit 1; }
until_true() { # what, seconds, command...: waits until the command succeeds
    local what=$1 most=$2
    shift 2
    for _ in $(seq $((most * 4))); do
        if "$@" >/dev/null 2>&1; then echo "  $what"; return 0; fi
        sleep 0.25
    done
    fail "not within $most s: $what"
}
rows() { user faceapp --data-dir $data "$1" --json >"$out/rows.log" 2>&1 && [ "$(wc -l <"$out/rows.log")" -ge "$2" ]; }
windows() { [ "$(xdotool search --onlyvisible --class faceapp | wc -l)" -ge "$1" ]; }
dialog() { xdotool search --onlyvisible --class faceapp | tail -1; }
window() { xdotool search --onlyvisible --class faceapp | head -1; }
at() { xdotool mousemove "$1" "$2" click 1; sleep 0.7; }
key() { xdotool key --clearmodifiers "$1"; sleep 0.7; }

finish() {
    status=$?
    for pid in ${app:-} ${xvfb:-}; do kill "$pid" 2>/dev/null || true; wait "$pid" 2>/dev/null || true; done
    mountpoint -q "$root/tmp/.X11-unix" && umount -l "$root/tmp/.X11-unix"
    exit $status
}
trap finish EXIT

mkdir -p /tmp/.X11-unix "$root/tmp/.X11-unix"
Xvfb "$display" -screen 0 1280x820x24 -nolisten tcp >"$out/xvfb.log" 2>&1 &
xvfb=$!
mount --bind /tmp/.X11-unix "$root/tmp/.X11-unix"
until_true "a display" 10 xdotool getdisplaygeometry

user mkdir -p $data
user sh -c "echo 'camera = \"demo\"' > $data/settings.toml"
# Not through the function: its subshell would be what gets the signal at the end.
"${as_ann[@]}" faceapp --data-dir $data >"$out/window.log" 2>&1 &
app=$!
until_true "the window is there" 20 windows 1
sleep 1.5
xdotool windowfocus "$(window)"
picture 1-empty

at 54 107                                # Enrol
xdotool type "Elena Demo"
key alt+g                                # agreed to face recognition
key alt+c                                # use the camera
sleep 6
picture 2-enrol
key alt+s                                # save
until_true "somebody is enrolled" 20 rows people 1
picture 3-enrolled

at 54 40                                 # Live
sleep 1
key alt+s                                # start taking
until_true "an entry was recorded" 60 rows entries 1
sleep 0.5
picture 4-live

at 54 243                                # Attendance
sleep 1
picture 5-attendance

key alt+x                                # export: the file's name is asked for
until_true "a file's name is asked for" 10 windows 2
xdotool windowfocus "$(dialog)"
xdotool key --clearmodifiers ctrl+a type "/home/ann/attendance.csv"
key Return
until_true "the window wrote the CSV" 10 test -s "$root/home/ann/attendance.csv"
picture 6-exported
cp "$root/home/ann/attendance.csv" "$out/"
grep -q "Elena Demo" "$out/attendance.csv" || fail "the CSV does not name who was enrolled"
echo "  the CSV names who was enrolled"

# SIGTERM closes the window as its cross does; there is no window manager here to press that. What a
# script starts in its background is deaf to Ctrl-C.
kill -TERM "$app"
for _ in $(seq 40); do kill -0 "$app" 2>/dev/null || break; sleep 0.25; done
kill -0 "$app" 2>/dev/null && fail "the window does not close within 10 s"
wait "$app" || fail "the window ended with code $?"
unset app
grep -qi "traceback\|error" "$out/window.log" && fail "the window complained"
echo "  closed"
