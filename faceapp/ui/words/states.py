"""Words for what the camera and the decisions say."""

from faceapp.types import CameraState, Decision, EntryKind, PoorReason
from faceapp.ui.words import common
from faceapp.ui.words.text import Text

CAMERA: dict[CameraState, Text] = {
    CameraState.OPENING: Text("opening…"),
    CameraState.OK: Text("ready", "the camera works"),
    CameraState.SLOW: Text("slow"),
    CameraState.BLACK: Text("black picture"),
    CameraState.FROZEN: Text("frozen"),
    CameraState.LOST: Text("disconnected"),
    CameraState.BUSY: Text("in use or blocked"),
    CameraState.MISSING: Text("not found"),
    CameraState.ENDED: Text("ended", "a video is over"),
    CameraState.STOPPED: Text("off", "the camera is off"),
}

DECISION: dict[Decision, Text] = {
    Decision.WAITING: Text("looking…"),
    Decision.POOR: Text("not clear"),
    Decision.SPOOF: Text("not a live face"),
    Decision.UNKNOWN: Text("unknown"),
    Decision.UNSURE: Text("unsure"),
    Decision.KNOWN: Text("recognized"),
}

COACHING: dict[PoorReason, Text] = {
    PoorReason.CUT_OFF: Text("Move into the picture"),
    PoorReason.TOO_SMALL: Text("Come a little closer"),
    PoorReason.TURNED_AWAY: Text("Turn to the camera"),
    PoorReason.TILTED: Text("Hold your head straight"),
    PoorReason.TOO_DARK: Text("More light, please"),
    PoorReason.TOO_BRIGHT: Text("Too much light on the face"),
    PoorReason.BACKLIT: Text("The light is behind you"),
    PoorReason.LOW_CONTRAST: Text("The picture is hazy"),
    PoorReason.BLURRED: Text("Hold still for a moment"),
}

KIND: dict[EntryKind, Text] = {
    EntryKind.IN: common.IN,
    EntryKind.OUT: common.OUT,
}
