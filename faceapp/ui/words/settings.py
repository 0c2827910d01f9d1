"""Words of the settings page: for every row what it is, what it does and its default."""

from faceapp.types import EntryPolicy, RangeMode
from faceapp.ui.words.text import Plural, Text

TITLE = Text("Settings")
SUBTITLE = Text("Every change is saved at once.")
DEFAULT = Text("Default: {value}")
SECTIONS = Text("Sections")

CAMERA_SECTION = Text("Camera")
RECOGNITION_SECTION = Text("Recognition")
RULES_SECTION = Text("Attendance rules")
PRIVACY_SECTION = Text("Privacy")
APPEARANCE_SECTION = Text("Appearance and language")
DATA_SECTION = Text("Data")
ABOUT_SECTION = Text("About")

CAMERA = Text("Camera")
CAMERA_WHY = Text("Which camera takes attendance. Changing it restarts the picture.")
CAMERA_FIRST = Text("first camera")
CAMERA_OTHER = Text("Other source…")
CAMERA_ADDRESS = Text("Address or file")
CAMERA_ADDRESS_HINT = Text("rtsp://…, a video file or a camera number")
CAMERA_REFRESH = Text("Look for cameras again")
RANGE = Text("Distance")
RANGE_WHY = Text("Far also finds small faces, a whole class for example, but works harder.")
RANGE_CHOICE: dict[RangeMode, Text] = {
    RangeMode.NEAR: Text("near: up to 2 metres"),
    RangeMode.FAR: Text("far: a room"),
}

ODDS = Text("Wrong names")
ODDS_WHY = Text("Fewer wrong names need better pictures; more people make it harder.")
ODDS_VALUE = Text("At most 1 stranger in {odds} gets a name")
ODDS_SHORT = Text("1 in {odds}")
ODDS_WITH = Plural("with {n} person this needs {picture}", "with {n} people this needs {picture}")
ANY_PICTURE = Text("any usable picture")
GOOD_PICTURE = Text("a good picture")
VERY_GOOD_PICTURE = Text("a very good picture")
HARD_PICTURE = Text("an almost perfect picture: expect many unsure faces")
CONFIRM = Text("Pictures that must agree")
CONFIRM_WHY = Text("A name is given only when this many of the last good pictures agree.")
CONFIRM_VALUE = Text("{votes} of {window}")
CONFIRM_SAID = Text("{votes} of {window} pictures must agree")
CONFIRM_VOTES = Text("Pictures that must agree")
CONFIRM_WINDOW = Text("Out of this many pictures")
CONFIRM_OF = Text("of")
THREADS = Text("Processor cores")
THREADS_WHY = Text("Cores that recognition may use. One is enough for one or two faces.")

COOLDOWN = Text("Seen again")
COOLDOWN_WHY = Text("Within this time a person seen again makes no second entry.")
COOLDOWN_UNIT = Text(" min")
COOLDOWN_OFF = Text("every time")
MINUTES = Plural("{n} minute", "{n} minutes")
POLICY = Text("Coming and going")
POLICY_WHY = Text("How an entry becomes “in” or “out”. Past entries stay as they are.")
POLICY_CHOICE: dict[EntryPolicy, Text] = {
    EntryPolicy.FIRST_IN_LAST_OUT: Text("first is in, last is out"),
    EntryPolicy.ALTERNATING: Text("in and out by turns"),
    EntryPolicy.IN_ONLY: Text("in only"),
}

RETENTION = Text("Keep entries")
RETENTION_WHY = Text(
    "Older entries are deleted for good, at the start and every hour. After a break in which"
    " nothing was recorded, a day later: the computer's date may be wrong."
)
RETENTION_EVER = Text("for ever")
RETENTION_UNIT = Plural(" day", " days")
DAYS = Plural("{n} day", "{n} days")
RETENTION_LOSS_TITLE = Text("Delete older entries?")
RETENTION_LOSS = Plural(
    "{n} entry is older than {days} and will be deleted for ever.",
    "{n} entries are older than {days} and will be deleted for ever.",
)
RETENTION_LOSS_DO = Text("Keep only {days}")
PICTURES = Text("Pictures")
PICTURES_WHY = Text(
    "No picture is ever stored: only numbers that tell faces apart, in the data folder, nowhere"
    " else. Nothing leaves this computer."
)
PICTURES_NEVER = Text("never stored")

THEME = Text("Colours")
THEME_WHY = Text("Light, dark, or as the system says.")
THEME_CHOICE = {
    "system": Text("like the system", "theme or language"),
    "light": Text("light", "colours"),
    "dark": Text("dark", "colours"),
}
LANGUAGE = Text("Language")
LANGUAGE_WHY = Text("Takes effect when the app is started again.")
LANGUAGE_CHOICE = {
    "system": Text("like the system", "theme or language"),
    "en": Text("English"),
    "de": Text("Deutsch"),
}

FOLDER = Text("Data folder")
# U+2060 forbids a new line within the option.
FOLDER_WHY = Text(
    "People, entries and settings. Choose another one with --\u2060data-\u2060dir at the start."
)
OPEN_FOLDER = Text("&Open the folder")
BACKUP = Text("Backup")
BACKUP_WHY = Text(
    "One file with everything, faces and names too: keep it as safe as this computer."
)
BACKUP_DO = Text("&Back up…")
BACKING_UP = Text("Writing the backup…")
BACKED_UP = Text("Backup written to {path}")
RESTORE = Text("Restore")
RESTORE_WHY = Text("Replaces all data by those of a backup; the present data are kept beside it.")
RESTORE_DO = Text("&Restore…")
RESTORE_LOOKING = Text("Checking the backup…")
RESTORE_TITLE = Text("Put this backup back?")
RESTORE_WHAT = Text("All people and entries are replaced by those of {path}.")
RESTORE_HOLDS = Text("It holds {people} and {entries}.")
RESTORE_HOLDS_LAST = Text("It holds {people} and {entries}; the last entry is of {day}.")
RESTORE_DAMAGED = Text("Some of its names, times or samples are damaged; the rest is whole.")
RESTORE_KEPT = Text("The present data are kept beside it. The window closes and opens again.")
RESTORED = Text("The backup {path} was put back. The former data are kept as {kept}.")
RESTORE_CONFIRM = Text("&Replace the data")

PROGRAM = Text("faceapp {version}")
PROGRAM_TITLE = Text("Program")
PROGRAM_WHY = Text("Attendance by face, on this computer alone. Licence: Apache-2.0, no warranty.")
MODEL = Text("Recognition model")
MODEL_WHY = Text("People must be enrolled with the model that recognizes them.")
MODEL_NONE = Text("not readable")
LICENCES = Text("Licences")
LICENCES_WHY = Text("The terms of the model, which limit its use, and of the libraries inside.")
LICENCES_SHOW = Text("&Show the licences…")
LICENCES_LIST = Text("Text of the licences")
