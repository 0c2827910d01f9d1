"""Words of the frame around the pages: rail, banner, status line, dialog for our own bugs."""

from faceapp.ui.words.text import Plural, Text

TITLE = Text("FaceApp", "the program's name, as title of a window")
PAGE_TITLE = Text("{page} – FaceApp", "title of the window on a page")

LIVE = Text("Live")
ENROL = Text("Enrol")
PEOPLE = Text("People")
ATTENDANCE = Text("Attendance")
SETTINGS = Text("Settings")
RAIL = Text("Pages")
RAIL_TIP = Text("{page} ({key})", "tooltip: page and its shortcut")

BANNER = Text("Message", "the strip above a page that says what went wrong")
STATUS = Text("Status")

CAMERA_STATUS = Text("{camera}: {state}", "status line")
NO_CAMERA = Text("Camera off")
FPS = Text("{fps} fps")
LATENCY = Text("{ms} ms")
FPS_TIP = Text("Pictures a second that were looked at")
LATENCY_TIP = Text("Time from a picture's arrival to its result")
GALLERY = Plural("{n} person recognizable", "{n} people recognizable", "who has samples")
DATABASE_OPENING = Text("Opening the database…")
DATABASE_READY = Text("Everything saved")
DATABASE_BUSY = Text("Saving…")
DATABASE_WAITING = Plural(
    "{n} entry waits to be saved", "{n} entries wait to be saved", "the disk is full or locked"
)
DATABASE_FAILED = Text("Database not available")

UNSAVED_TITLE = Text("Close without saving?")
UNSAVED = Plural(
    "{n} entry is not saved. Closing now loses it.",
    "{n} entries are not saved. Closing now loses them.",
)
UNSAVED_WHY = Text(
    "The disk is full or another program uses the database. The app keeps trying while the"
    " window is open."
)
UNSAVED_DO = Text("&Close without saving")

BUG_TITLE = Text("Something went wrong")
BUG = Text("This is a fault of the program, not yours. What was saved stays saved.")
BUG_HINT = Text("The log file in the data folder says more: {path}")

OTHER_MODEL = Plural(
    "{n} person was enrolled with another recognition model, or the samples are damaged:"
    " not recognized.",
    "{n} people were enrolled with another recognition model, or their samples are damaged:"
    " not recognized.",
)
OTHER_MODEL_HINT = Text("Choose them on the People page and add new samples: {names}")
OTHER_MODEL_SHOW = Text("See the &people")
PURGE_PUT_OFF = Text("Old entries are not deleted today")
PURGE_PUT_OFF_HINT = Text(
    "On the days before today ({date}) nothing was recorded, so the date of this computer may be"
    " wrong. If it is right, there is nothing to do: they are deleted from tomorrow on.",
    "the date as this computer has it",
)
DAMAGED_ENTRIES = Plural(
    "{n} entry is damaged and in no list and no export: its time or date is not valid",
    "{n} entries are damaged and in no list and no export: their time or date is not valid",
)
DAMAGED_ENTRIES_HINT = Text(
    "The disk may be failing: make a backup on another one (Settings, Data). What is missing can be"
    " added by hand (Attendance, Correct…); an older export or backup may show it. “faceapp doctor”"
    " on the command line says what else is damaged."
)
SETTINGS_ASIDE = Text("The defaults are used. The old file was kept as {file}.")
