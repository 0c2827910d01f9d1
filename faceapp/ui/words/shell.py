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
FPS_TIP = Text("Pictures per second")
LATENCY_TIP = Text("Time from a picture's arrival to its result")
GALLERY = Plural("{n} person can be recognized", "{n} people can be recognized", "who has samples")
DATABASE_OPENING = Text("Opening the database…")
DATABASE_READY = Text("Everything saved")
DATABASE_BUSY = Text("Saving…")
DATABASE_WAITING = Plural(
    "{n} entry waiting to be saved", "{n} entries waiting to be saved", "the disk is full or locked"
)
DATABASE_FAILED = Text("Database not available")

UNSAVED_TITLE = Text("Close without saving?")
UNSAVED = Plural(
    "{n} entry is not saved yet. If you close now, it will be lost.",
    "{n} entries are not saved yet. If you close now, they will be lost.",
)
UNSAVED_WHY = Text(
    "The disk is full or another program is using the database. The app keeps trying as"
    " long as the window is open."
)
UNSAVED_DO = Text("&Close without saving")

BUG_TITLE = Text("Something went wrong")
BUG = Text("This is an error in the app; you did nothing wrong. What was saved stays saved.")
BUG_HINT = Text("The log has details, without names and pictures: {path}")
COPY_DETAILS = Text("Cop&y the details", "of an error in the app, for whoever can mend it")

OTHER_MODEL = Plural(
    "{n} person cannot be recognized: enrolled with another recognition model, or the"
    " samples are damaged.",
    "{n} people cannot be recognized: enrolled with another recognition model, or their"
    " samples are damaged.",
)
OTHER_MODEL_HINT = Text("Choose them on the People page and add new samples: {names}")
OTHER_MODEL_SHOW = Text("See the &people")
PURGE_PUT_OFF = Text("Old entries will not be deleted today")
PURGE_PUT_OFF_HINT = Text(
    "Nothing was recorded on the days before today ({date}), so this computer's date may"
    " be wrong. If it is right, there is nothing to do: they will be deleted from tomorrow.",
    "the date as this computer has it",
)
DAMAGED_ENTRIES = Plural(
    "{n} damaged entry is left out of lists and exports",
    "{n} damaged entries are left out of lists and exports",
)
DAMAGED_ENTRIES_HINT = Text(
    "The disk may be failing: make a backup on another one (Settings, Data). You can add"
    " what is missing by hand (Attendance, Correct…); an older export or backup may show"
    " it. “faceapp doctor” on the command line lists any other damage."
)
DATABASE_DAMAGED = Text("The database is damaged")
DATABASE_DAMAGED_HINT = Text(
    "The disk may be failing. Restore your last backup (Settings, Data) soon: part of the data can"
    " no longer be read. “faceapp doctor” on the command line says more."
)
SETTINGS_ASIDE = Text("The app is using the default settings. The old file was kept as {file}.")
