#!/bin/sh
# Signs and notarizes FaceApp.app and packs it into a .dmg. Not yet run on macOS: docs/packaging.md.
#   sign.sh dist/FaceApp.app dist/FaceApp.dmg
# FACEAPP_MACOS_IDENTITY  "Developer ID Application: ..."; without it the app stays unsigned
# FACEAPP_NOTARY_PROFILE  a keychain profile made by `xcrun notarytool store-credentials`
set -eu
app=$1 image=$2 here=$(cd "$(dirname "$0")" && pwd)
if [ -n "${FACEAPP_MACOS_IDENTITY:-}" ]; then
    codesign --force --deep --options runtime --timestamp \
        --entitlements "$here/entitlements.plist" --sign "$FACEAPP_MACOS_IDENTITY" "$app"
    codesign --verify --deep --strict "$app"
else
    echo "FACEAPP_MACOS_IDENTITY is not set: the app stays unsigned" >&2
fi
hdiutil create -volname FaceApp -srcfolder "$app" -ov -format UDZO "$image"
if [ -n "${FACEAPP_MACOS_IDENTITY:-}" ] && [ -n "${FACEAPP_NOTARY_PROFILE:-}" ]; then
    xcrun notarytool submit "$image" --keychain-profile "$FACEAPP_NOTARY_PROFILE" --wait
    xcrun stapler staple "$image"
fi
