"""Words of the enrol page."""

from faceapp.recognition.capture import Offered, Pose
from faceapp.recognition.selection import Refusal
from faceapp.types import PoorReason
from faceapp.ui.words.text import Plural, Text

TITLE = Text("Enrol somebody")
TITLE_ADD = Text("Add samples to {name}")
SUBTITLE = Text(
    "By camera or from pictures. Pictures are not kept, only the numbers that tell faces apart."
)

NAME_HINT = Text("as it should appear")
ID_CAPTION = Text("ID: your own code; it cannot be changed later")
GROUPS_HINT = Text("type a group and press Enter")
REMOVE_GROUP = Text("Remove the group {group}")
CONSENT = Text("This person a&greed to face recognition")
CONSENT_MISSING = Text("Ask the person, then tick the box if they agree.")

SAMPLES = Text("Samples")
SAMPLES_NONE = Text("None yet. Use the camera or choose pictures.")
SAMPLES_TAKEN = Plural("{n} sample taken", "{n} samples taken")
SAMPLES_REFUSED = Plural("{n} refused", "{n} refused")
REFUSED_MORE = Plural("{n} more not shown", "{n} more not shown")
REMOVE_SAMPLE = Text("Remove this sample")
SAMPLE_NUMBER = Text("Sample {n}")
REFUSED_FILE = Text("{file}: {reason}")

CHOOSE = Text("C&hoose pictures…")
CHOOSE_FOLDER = Text("Choose a &folder…")
DROP = Text("or drop pictures, videos or folders here")
DROP_NOW = Text("Let go to add them")
READING = Text("Looking at pictures:")
STAFF = Text(
    "{folder} seems to hold several people: more than one of its folders contains pictures"
)
STAFF_HINT = Text(
    "If it is only one person, choose the pictures instead. Otherwise this command enrols them"
    " all at once, one folder per person, named with the ID: {command}"
)
STAFF_COPY = Text("Cop&y the command")
READ_NOTHING = Text("There are no pictures or videos in what you chose")

SAVE = Text("&Save")
SAVE_ADD = Text("Add &samples")
START_OVER = Text("Start &over")
SAVED = Text("{name} is enrolled")
ADDED = Plural("{n} sample added to {name}", "{n} samples added to {name}")
FINISH = Text("That is e&nough")

LOOKS_LIKE = Text("This looks like {name} ({person}).")
TWIN_OPEN = Text("First say who this is")
OPEN_THAT_PERSON = Text("Open &that person")
SOMEONE_ELSE = Text("It is someone &else")

UNLIKE = Text("This does not look like the earlier samples of {name}.")
UNLIKE_OPEN = Text("First say whether it is the same person")
SAME_PERSON = Text("It is the sa&me person")

DRAFT_TITLE = Text("Begin with {name}?")
DRAFT = Text("The details and samples here are not saved yet. If you go on, they will be lost.")
DRAFT_DO = Text("&Discard and begin")
DRAFT_OVER_TITLE = Text("Start over?")
DRAFT_OVER_DO = Text("&Discard")
DRAFT_CLOSE_TITLE = Text("Close without saving?")
DRAFT_CLOSE_DO = Text("&Discard and close")
DRAFT_FORGOTTEN = Text("The unsaved samples were discarded because the person was forgotten")

IS_THIS_YOU = Text("Is this you?")
TEST_WAITING = Text("Look into the camera once more for a quick test.")
TEST_KNOWN = Text("Recognized as {name}")
TEST_OTHER = Text("Recognized as {other} instead. Check who this is.")
TEST_UNKNOWN = Text("Not recognized yet. More samples, or better light, will help.")
TEST_PICTURES = Text("{known} of {all} pictures match the others")
TEST_FEW = Text("Only one sample. Add more so that the person is recognized reliably.")

PAUSED = Text("No attendance is taken while you are enrolling somebody")

NAME_EMPTY = Text("Enter a name")
ID_EMPTY = Text("Enter an ID")
ID_TAKEN = Text("{name} already has this ID")
NEED_SAMPLES = Text("Add at least one sample")
REMOVE_OTHERS = Text("Remove the pictures of other people")
SAMPLES_MANY = Text("About 5 samples make recognition more reliable")

RING = Text("Progress through the poses")
RING_STATE = Text("{done} of {all} poses")
ASK: dict[Pose, Text] = {
    Pose.FRONT: Text("Look straight into the camera"),
    Pose.LEFT: Text("Turn your head a little to your left"),
    Pose.RIGHT: Text("Turn your head a little to your right"),
    Pose.UP: Text("Lift your chin a little"),
    Pose.DOWN: Text("Lower your chin a little"),
}
COACH: dict[Offered, Text] = {
    Offered.NOBODY: Text("Look into the camera"),
    Offered.SEVERAL_FACES: Text("One person at a time, please"),
    Offered.SPOOF: Text("This does not look like a live face"),
    Offered.FRONT_FIRST: Text("Look straight into the camera"),
    Offered.OTHER_FACE: Text("This is a different face from before"),
    Offered.FINISHED: Text("All poses done, thank you"),
}
ASK_MORE = Text("Move your head a little")
CAMERA_OFF = Text("The camera is off")
BY_CAMERA = Text("By camera")
BY_CAMERA_HINT = Text("Takes half a minute: the person looks into the camera and turns their head.")
BY_DEMO_HINT = Text(
    "In the demo, one person turns their head as asked; next time it is somebody else."
)
START_CAMERA = Text("Use the &camera")
OTHER_CAMERA = Text("Choose another &camera…")
GO_ON = Text("Go on with the &camera")
NO_FACE = Text("no face found")
SEVERAL_FACES = Text("several faces")
NOT_LIVE = Text("not a live face")
REFUSED: dict[Refusal, Text] = {
    Refusal.OTHER_FACE: Text("different face"),
    Refusal.FACES_DIFFER: Text("faces differ"),
    Refusal.TOO_SIMILAR: Text("same as another"),
    Refusal.SURPLUS: Text("enough of these"),
}
POOR: dict[PoorReason, Text] = {
    PoorReason.CUT_OFF: Text("face cut off"),
    PoorReason.TOO_SMALL: Text("face too small"),
    PoorReason.TURNED_AWAY: Text("turned away"),
    PoorReason.TILTED: Text("head tilted"),
    PoorReason.TOO_DARK: Text("too dark"),
    PoorReason.TOO_BRIGHT: Text("too bright"),
    PoorReason.BACKLIT: Text("light behind"),
    PoorReason.LOW_CONTRAST: Text("hazy"),
    PoorReason.BLURRED: Text("blurred"),
}
TAKEN = Text("taken")
UNREADABLE = Text("not readable")
HEIC = Text("HEIC: save as JPEG", "a photo in a format that the app cannot read")
TOO_LARGE = Text("file too large")
NOT_USABLE = Text("not usable")
