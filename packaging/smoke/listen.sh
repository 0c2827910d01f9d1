#!/bin/bash
# What a screen reader says while somebody works by keyboard alone: Orca runs without a voice and
# writes down what it would say. All of it is in OUT/said.txt.
#
#   listen.sh ROOT OUT DISPLAY      (called by run.sh)
set -euo pipefail
root=$1 out=$2 display=$3
here=$(cd "$(dirname "$0")" && pwd)
log=/home/ann/orca.log

said() { sed -n "s/.*SPEECH OUTPUT: '\(.*\)' {'est.*/\1/p" "$root$log" >"$out/said.txt"; }
says() { said && grep -q "$1" "$out/said.txt"; }
hears() { until_true "“$1”" 30 says "$1"; }
failed() { said; tail -n 10 "$out/said.txt" "$out/reader.log"; }
. "$here/hand.sh"

user mkdir -p -m 700 /home/ann/session
setsid "${as_ann[@]}" XDG_RUNTIME_DIR=/home/ann/session QT_LINUX_ACCESSIBILITY_ALWAYS_ON=1 dbus-run-session -- sh -c "
    openbox & /usr/libexec/at-spi-bus-launcher --launch-immediately &
    orca --debug-file=$log & sleep 4; faceapp demo" >"$out/reader.log" 2>&1 &
app=$!
hears "Live – FaceApp"
hears "Start taking button"

key ctrl+2                               # Enrol
hears "Name text"
xdotool type "Elena Reader"
key alt+g                                # agreed to face recognition
key alt+c                                # use the camera
hears "Turn your head"
hears "Recognized as"
key alt+s                                # save
hears "is enrolled"

key ctrl+1                               # Live
key alt+s                                # start taking
hears "Stop taking"
hears ", in ·"
key alt+s

key ctrl+3                               # People
key Down
hears "^Name: "
key F1                                   # the guide, line by line
hears "Help – FaceApp"
key Down
hears "^People (Ctrl+3): .* number of$"
