#!/bin/sh
# Names at once what a build would miss after minutes.
#   tools.sh PROGRAM:PACKAGE...
set -eu
missing=
for tool in "$@"; do
    command -v "${tool%%:*}" >/dev/null || missing="$missing ${tool#*:}"
done
[ -z "$missing" ] && exit 0
echo "This needs more programs: sudo apt install$missing" >&2
exit 1
