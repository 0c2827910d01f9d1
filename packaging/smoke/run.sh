#!/bin/bash
# Proves the Debian package on a machine that has never seen Python: a fresh minimal system in a
# chroot gets it by apt alone, tests itself, takes attendance, opens the window, exports, removes.
#
#   sudo packaging/smoke/run.sh PACKAGE.deb OUT [SUITE [MIRROR]]
#
# SUITE: bookworm (default), trixie or jammy. OUT gets log, screenshots, the CSV and, at the end, the file
# "passed" with the package's sha256. The display (Xvfb) and the hand (xdotool) stay outside the
# chroot, so that they bring no library into it that the package forgot to ask for.
# Needs root and: debootstrap xvfb xdotool imagemagick x11-utils.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
package=$(realpath "$1") out=$(realpath -m "$2") suite=${3:-bookworm}
case $suite in
    jammy) components=main,universe ;;
    *) components=main ;;
esac
mirror=${4:-} # empty: the one that debootstrap knows for the suite
cache=${FACEAPP_SMOKE_CACHE:-/var/cache/faceapp-smoke}
root=$(mktemp -d /tmp/faceapp-smoke-XXXXXX)
display=:97
mkdir -p "$out" "$cache"
rm -f "$out/passed"
exec > >(tee "$out/smoke.log") 2>&1

say() { printf '\n== %s\n' "$*"; }
fail() { echo "SMOKE FAILED: $*"; exit 1; }
inside() { chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 \
    DEBIAN_FRONTEND=noninteractive "$@"; }
user() { chroot --userspec=1000:1000 "$root" /usr/bin/env -i PATH=/usr/bin:/bin HOME=/home/ann USER=ann \
    LANG=C.UTF-8 "$@"; }

clean_up() {
    status=$?
    for mount in tmp/.X11-unix dev/shm dev/pts dev proc; do
        mountpoint -q "$root/$mount" && umount -l "$root/$mount"
    done
    # Nothing of the host is mounted any more, or nothing is deleted.
    grep -q " $root/" /proc/mounts || rm -rf --one-file-system "$root"
    exit $status
}
trap clean_up EXIT

say "A fresh $suite"
if [ ! -f "$cache/$suite.tar" ]; then
    debootstrap --variant=minbase --components="$components" "$suite" "$cache/$suite.new" $mirror >"$out/debootstrap.log"
    tar -C "$cache/$suite.new" -cf "$cache/$suite.tar" .
    rm -rf "$cache/$suite.new"
fi
tar -C "$root" -xf "$cache/$suite.tar"
mount -t proc proc "$root/proc"
mount --bind /dev "$root/dev"
mount --bind /dev/pts "$root/dev/pts"
mount -t tmpfs tmpfs "$root/dev/shm"
cp /etc/resolv.conf "$root/etc/resolv.conf"
cp /etc/apt/apt.conf.d/*proxy* "$root/etc/apt/apt.conf.d/" 2>/dev/null || true
inside useradd --create-home --uid 1000 ann
inside sh -c 'command -v python3' && fail "there is a Python"
echo "no Python, $(inside dpkg-query -f '.\n' -W | wc -l) packages"

say "apt install ./faceapp.deb"
cp "$package" "$root/root/faceapp.deb"
inside apt-get update -q >/dev/null
inside dpkg-query -f '${Package}\n' -W | sort >"$out/packages-before.txt"
# The bare minimum: whatever is only recommended must not be needed.
inside apt-get install -y -q --no-install-recommends /root/faceapp.deb >"$out/apt.log" 2>&1 || { tail "$out/apt.log"; fail "apt"; }
inside dpkg-query -f '${Package}\n' -W | sort >"$out/packages-after.txt"
echo "$(comm -13 "$out/packages-before.txt" "$out/packages-after.txt" | wc -l) packages came with it"
inside sh -c 'command -v python3' && fail "the package brought a Python"
lost=$(inside sh -c 'find /usr/lib/faceapp -name "*.so*" -type f -exec ldd {} \; 2>/dev/null' |
    sed -n 's/^\s*\(\S*\) => not found$/\1/p' | sort -u)
for name in $lost; do
    [ -n "$(find "$root/usr/lib/faceapp" -name "$name")" ] || fail "$name is neither inside nor depended on"
done
echo "every library is inside or came along"

say "faceapp --self-test"
user faceapp --self-test

say "The demo without a display"
user faceapp demo --headless -o /home/ann/demo.csv
cp "$root/home/ann/demo.csv" "$out/"

say "The window"
"$here/window.sh" "$root" "$out" "$display" || fail "the window"

# Orca hears what happens away from the focus from some release after Debian 12's on.
if [ "$suite" = trixie ]; then
    say "What a screen reader says"
    inside apt-get install -y -q --no-install-recommends orca at-spi2-core dbus openbox x11-xkb-utils >>"$out/apt.log" 2>&1 || fail "apt"
    "$here/listen.sh" "$root" "$out" "$display" || fail "the screen reader"
fi

say "apt install over the installed one"
entries=$(user faceapp --data-dir /home/ann/data entries --json)
inside apt-get install -y -q --reinstall --no-install-recommends /root/faceapp.deb >>"$out/apt.log" 2>&1 || fail "apt"
[ "$(user faceapp --data-dir /home/ann/data entries --json)" = "$entries" ] || fail "entries changed"
echo "the data are as they were: $(echo "$entries" | wc -l) entries"

say "apt remove"
inside apt-get purge -y -q faceapp >>"$out/apt.log" 2>&1
left=$(find "$root" -xdev -mindepth 1 \( -path "$root/home" -o -path "$root/root/faceapp.deb" -o -path "$root/proc" \
    -o -path "$root/tmp" -o -path "$root/var/lib/apt" -o -path "$root/var/log" -o -path "$root/var/cache" \) -prune \
    -o -iname '*faceapp*' -print)
[ -z "$left" ] || fail "left behind: $left"
[ -f "$root/home/ann/data/faceapp.db" ] || fail "the user's data are gone"
echo "nothing is left but the user's data:"
(cd "$root/home/ann" && find . -type f | grep -v '/\.\(bash\|profile\)' | head -20)

sha256sum "$package" | cut -d' ' -f1 >"$out/passed"
say "SMOKE PASSED on $suite"
