"""Words of the settings page: for every row what it is, what it does and its default."""

from faceapp.types import EntryPolicy, RangeMode
from faceapp.ui.words.text import Plural, Text

TITLE = Text("Settings")
SUBTITLE = Text("Changes are saved immediately.")
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
RANGE_WHY = Text(
    "Far also finds small faces, such as a whole class, but needs more computing power."
)
RANGE_CHOICE: dict[RangeMode, Text] = {
    RangeMode.NEAR: Text("near: up to 2 metres"),
    RangeMode.FAR: Text("far: a room"),
}

ODDS = Text("Wrong names")
ODDS_WHY = Text(
    "A larger number means fewer wrong names, but more unsure faces. The more people are"
    " enrolled, the better the pictures must be."
)
ODDS_VALUE = Text("At most 1 stranger in {odds} gets a name")
ODDS_SHORT = Text("1 in {odds}")
ODDS_WITH = Plural("with {n} person this needs {picture}", "with {n} people this needs {picture}")
ANY_PICTURE = Text("a usable picture")
GOOD_PICTURE = Text("a good picture")
VERY_GOOD_PICTURE = Text("a very good picture")
HARD_PICTURE = Text("an almost perfect picture, so expect many unsure faces")
CONFIRM = Text("Pictures that must agree")
CONFIRM_WHY = Text(
    "A name is given only when this many of the last good pictures agree. More of them prevent"
    " mistakes, but it takes longer."
)
CONFIRM_VALUE = Text("{votes} of {window}")
CONFIRM_SAID = Text("{votes} of {window} pictures must agree")
CONFIRM_VOTES = Text("Pictures that must agree")
CONFIRM_WINDOW = Text("Out of this many pictures")
CONFIRM_OF = Text("of")
THREADS = Text("Processor cores")
THREADS_WHY = Text("Cores that recognition may use. One is enough for one or two faces.")

COOLDOWN = Text("Seen again")
COOLDOWN_WHY = Text("Somebody seen again within this time gets no second entry.")
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
    "Older entries are deleted for good when the app starts and every hour. After a break"
    " with no recording, this waits a day in case the computer's date is wrong."
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
    "No picture is ever stored, only numbers that tell faces apart, and only in the data"
    " folder. Nothing leaves this computer."
)
PICTURES_NEVER = Text("never stored")

THEME = Text("Colours")
THEME_WHY = Text("Light, dark, or the same as the system.")
THEME_CHOICE = {
    "system": Text("same as the system", "theme or language"),
    "light": Text("light", "colours"),
    "dark": Text("dark", "colours"),
}
LANGUAGE = Text("Language")
LANGUAGE_WHY = Text("Takes effect the next time you start the app.")
LANGUAGE_CHOICE = {
    "system": Text("same as the system", "theme or language"),
    "en": Text("English"),
    "de": Text("Deutsch"),
}

FOLDER = Text("Data folder")
# U+2060 prevents a line break within the option.
FOLDER_WHY = Text(
    "People, entries and settings. To use another folder, start the app with"
    " --\u2060data-\u2060dir."
)
OPEN_FOLDER = Text("&Open the folder")
BACKUP = Text("Backup")
BACKUP_WHY = Text(
    "One file with all people, samples and entries, but not the settings. Keep it as safe as"
    " this computer."
)
BACKUP_DO = Text("&Back up…")
BACKING_UP = Text("Writing the backup…")
BACKED_UP = Text("Backup written to {path}")
RESTORE = Text("Restore")
RESTORE_WHY = Text(
    "Replaces all people and entries with those of a backup. Your current data is kept in the"
    " data folder."
)
RESTORE_DO = Text("&Restore…")
RESTORE_LOOKING = Text("Checking the backup…")
RESTORE_TITLE = Text("Restore this backup?")
RESTORE_WHAT = Text("All people and entries will be replaced with those in {path}.")
RESTORE_HOLDS = Text("It contains {people} and {entries}.")
RESTORE_HOLDS_LAST = Text("It contains {people} and {entries}; the last entry is from {day}.")
RESTORE_DAMAGED = Text("Some of its names, times or samples are damaged; the rest is fine.")
RESTORE_KEPT = Text(
    "Your current data is kept in the data folder. The window closes and opens again."
)
RESTORED = Text("The backup {path} was restored. Your previous data is kept as {kept}.")
RESTORE_CONFIRM = Text("&Replace the data")

PROGRAM = Text("faceapp {version}")
PROGRAM_TITLE = Text("Program")
PROGRAM_WHY = Text("Attendance by face, on this computer alone. Licence: Apache-2.0, no warranty.")
MODEL = Text("Recognition model")
MODEL_WHY = Text("People must be enrolled with the model that recognizes them.")
MODEL_NONE = Text("not readable")
LICENCES = Text("Licences")
LICENCES_WHY = Text("The terms of the model, which limit its use, and of the included libraries.")
LICENCES_SHOW = Text("&Show the licences…")
LICENCES_LIST = Text("Text of the licences")
