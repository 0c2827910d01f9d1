"""Words of the people page."""

from faceapp.ui.words.text import Plural, Text

TITLE = Text("People")
SEARCH = Text("Search name, ID or group")
TABLE = Text("People")
EMPTY = Text("Nobody is enrolled yet")
EMPTY_HINT = Text(
    "Enrol people so that they are recognized: by camera in half a minute, or from pictures."
)
NOTHING_FOUND = Text("Nobody matches “{text}”")
NOBODY_CHOSEN = Text("Choose somebody in the table to see more")
CHOSEN = Text("{people} selected", "“12 people selected”")
OTHERS = Text("and {n} others", "after the names of some people")
ENROL = Text("&Enrol somebody")
ADD = Text("Add &without a face…")

SAMPLES = Text("Samples")
ENROLLED = Text("Enrolled")
LAST_SEEN = Text("Last seen")
SAMPLES_AND_WEAKEST = Text("{n} · {weakest}", "number of samples and how good the weakest is")
COUNT_SAMPLES = Plural("{n} sample", "{n} samples")
NO_SAMPLES = Text("none")
SAMPLES_TIP = Text("The weakest sample is {weakest}")
USELESS_TIP = Text(
    "Not recognized: the samples belong to another model or are damaged. Add new ones."
)
NO_SAMPLES_TIP = Text("Not recognized without samples: add some, or add entries by hand")
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
CHANGE_GROUPS = Text("&Groups…", "of several people")

ADD_TITLE = Text("Add somebody without a face")
ADD_HINT = Text(
    "For people who are not to be recognized by face. Add their entries by hand under"
    " Attendance, Correct…"
)
ADD_DO = Text("&Add")
ADDED = Text("{name} was added")

EDIT_TITLE = Text("Edit {name}")
EDIT_ID = Text("ID: {person}. It cannot be changed.")
EDITED = Text("Saved as {name}")
EDIT_HINT = Text("Past entries show the new name too.")
NOT_AGREED_AFTER_ALL = Text(
    "Untick this only if it was ticked by mistake. If somebody withdraws their agreement,"
    " forget them; otherwise their samples stay."
)

REGROUP_TITLE = Text("Groups of {people}", "“Groups of 12 people”")
REGROUP_SOME = Text(
    "A count means that only some are in the group. Type its name to add the others."
)
LEAVE = Plural("{n} person leaves {group}", "{n} people leave {group}")
JOIN = Plural("{n} person joins {group}", "{n} people join {group}")
MORE_MOVES = Text("and {n} more changes", "after some people's leaving and joining of groups")
NO_MOVES = Text("Nothing changes yet.")
REGROUPED = Text("The groups of {people} were changed", "“The groups of 12 people …”")
GROUPS_BACK = Plural(
    "{n} person is in the former groups again", "{n} people are in their former groups again"
)
NOT_BACK = Plural(
    "{n} person was put into other groups or forgotten since, and that stays so.",
    "{n} people were put into other groups or forgotten since, and that stays so.",
)

FORGET_TITLE = Text("Forget {name}?", "a name, or “12 people”")
FORGET_WHAT = Plural(
    "The name, ID, groups and {n} sample will be deleted for ever, from the database file too.",
    "The name, ID, groups and {n} samples will be deleted for ever, from the database file too.",
)
FORGET_WHAT_OF_ALL = Plural(
    "The names, IDs, groups and {n} sample will be deleted for ever, from the database file too.",
    "The names, IDs, groups and {n} samples will be deleted for ever, from the database file too.",
)
FORGET_ENTRIES = Plural(
    "{n} attendance entry will be kept, without a name.",
    "{n} attendance entries will be kept, without a name.",
)
FORGET_NO_ENTRIES = Text("There are no attendance entries to keep.")
FORGET_FINAL = Text(
    "This cannot be undone. Whatever is in earlier backups and exports stays there."
)
FORGET_DO = Text("&Forget for ever")
FORGOTTEN = Text("{name} was forgotten")
ALL_FORGOTTEN = Text("{people} were forgotten", "“12 people were forgotten”")
FORMER_LEFT = Text(
    "An old database kept by a restore still contains what was forgotten: {files} in the data"
    " folder. Delete it."
)
TRACES_LEFT = Text(
    "The database is in use or the disk is full, so the last traces are still in the file."
    " The app keeps trying to remove them."
)
