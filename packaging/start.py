"""Where the packaged program begins."""

from faceapp.__main__ import main

main()
