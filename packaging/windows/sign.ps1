# Signs the program and its installer when a certificate is configured. Not yet run on Windows.
#   sign.ps1 FILE...      FACEAPP_SIGN_THUMBPRINT names a certificate of the user's store
if (-not $env:FACEAPP_SIGN_THUMBPRINT) { Write-Host "FACEAPP_SIGN_THUMBPRINT is not set: unsigned"; exit 0 }
& signtool sign /sha1 $env:FACEAPP_SIGN_THUMBPRINT /fd sha256 /tr http://timestamp.digicert.com /td sha256 $args
exit $LASTEXITCODE
