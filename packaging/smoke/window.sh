#!/bin/bash
# The window's part of the smoke: enrols whoever stands before the demo camera, takes attendance,
# looks at the table, exports; by mouse and keyboard, on a display outside the chroot.
#
#   window.sh ROOT OUT DISPLAY      (called by run.sh)
set -euo pipefail
root=$1 out=$2 display=$3
here=$(cd "$(dirname "$0")" && pwd)
data=/home/ann/data

picture() { import -window root "$out/$1.png"; echo "  $1.png"; }
failed() { picture failed || true; cat "$out/window.log" "$out/rows.log" | tail -n 10; }
rows() { user faceapp --data-dir $data "$1" --json >"$out/rows.log" 2>&1 && [ "$(wc -l <"$out/rows.log")" -ge "$2" ]; }
windows() { [ "$(xdotool search --onlyvisible --class faceapp | wc -l)" -ge "$1" ]; }
dialog() { xdotool search --onlyvisible --class faceapp | tail -1; }
window() { xdotool search --onlyvisible --class faceapp | head -1; }
at() { xdotool mousemove "$1" "$2" click 1; sleep 0.7; }
. "$here/hand.sh"

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
