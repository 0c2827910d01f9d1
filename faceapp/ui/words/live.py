"""Words of the live page."""

from faceapp.ui.words.text import Plural, Text

START = Text("&Start taking attendance")
STOP = Text("&Stop taking attendance")
HERE = Text("{here} here · {missing} missing")
FEED = Text("Entries of today")
EXPORT_TODAY = Text("E&xport today…")
CAMERA = Text("&Camera")
NEAR = Text("Near")
FAR = Text("Far")
ALREADY_IN = Text("already in since {time}")
RESOLVE = Text("resolve…")
NOBODY_ENROLLED = Text("Nobody is enrolled yet")
ENROL_FIRST = Text("&Enrol the first person")
FACES = Plural("{n} face", "{n} faces")
