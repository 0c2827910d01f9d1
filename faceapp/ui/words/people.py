"""Words of the people page."""

from faceapp.ui.words.text import Plural, Text

TITLE = Text("People")
SEARCH = Text("Search name, ID or group")
TABLE = Text("People")
EMPTY = Text("Nobody is enrolled yet")
EMPTY_HINT = Text(
    "People are recognized once they are enrolled: by camera in half a minute, or from pictures."
)
NOTHING_FOUND = Text("Nobody matches “{text}”")
NOBODY_CHOSEN = Text("Choose somebody in the table to see more")
ENROL = Text("&Enrol somebody")
ADD = Text("Add &without a face…")

SAMPLES = Text("Samples")
ENROLLED = Text("Enrolled")
LAST_SEEN = Text("Last seen")
SAMPLES_AND_WEAKEST = Text("{n} · {weakest}", "number of samples and how good the weakest is")
NO_SAMPLES = Text("none")
SAMPLES_TIP = Text("The weakest of the samples is {weakest}")
USELESS_TIP = Text("Not recognized: the samples are of another model, or damaged. Add new ones.")
NO_SAMPLES_TIP = Text("Never recognized without samples: add some, or make entries by hand")
GOOD = Text("good", "quality of a sample")
FAIR = Text("fair", "quality of a sample")
WEAK = Text("weak", "quality of a sample")
USELESS = Text("of no use", "samples of another recognition model, or damaged")
SAMPLE_LINE = Text("{quality} · {source}")
FROM_CAMERA = Text("camera")
FROM_PICTURE = Text("picture", "a sample of a file whose name was deleted")
LAST_ENTRIES = Text("Last entries")
NO_ENTRIES = Text("No entries yet")
COUNT = Plural("{n} person", "{n} people")
COUNT_OF = Text("{shown} of {all}")

AGREED = Text("Agreed to face recognition: {day}")
NOT_AGREED = Text("No agreement is recorded")

ADD_SAMPLES = Text("&Add samples")
EDIT = Text("E&dit…")
FORGET = Text("&Forget…")

ADD_TITLE = Text("Add somebody without a face")
ADD_HINT = Text(
    "For whoever is not to be recognized by face: entries are made by hand, under Attendance, "
    "Correct…"
)
ADD_DO = Text("&Add")
ADDED = Text("{name} was added")

EDIT_TITLE = Text("Edit {name}")
EDIT_ID = Text("ID: {person}. It cannot be changed.")
EDITED = Text("Saved as {name}")
EDIT_HINT = Text("Past entries show the new name too.")
NOT_AGREED_AFTER_ALL = Text(
    "Untick it only where it was ticked by mistake. Whoever withdraws the agreement must be"
    " forgotten: the samples stay otherwise."
)

FORGET_TITLE = Text("Forget {name}?")
FORGET_WHAT = Plural(
    "The name, the ID, the groups and {n} sample are deleted for ever, also from the file.",
    "The name, the ID, the groups and {n} samples are deleted for ever, also from the file.",
)
FORGET_ENTRIES = Plural(
    "{n} attendance entry stays, without the name.",
    "{n} attendance entries stay, without the name.",
)
FORGET_NO_ENTRIES = Text("There are no attendance entries of this person.")
FORGET_FINAL = Text("This cannot be undone. Backups and exports made before keep what they hold.")
FORGET_DO = Text("&Forget for ever")
FORGOTTEN = Text("{name} was forgotten")
FORMER_LEFT = Text(
    "A former database kept by a restore still holds this person: {files} in the data folder."
    " Delete it."
)
TRACES_LEFT = Text(
    "The database is being read, or the disk is full: the last traces leave the file when"
    " that is over. The app tries again by itself."
)
