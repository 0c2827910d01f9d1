"""Words of the live page."""

from faceapp.types import CameraState
from faceapp.ui.words.text import Plural, Text

START = Text("&Start taking")
STOP = Text("&Stop taking")
START_TIP = Text("Switch the camera on and record everybody it recognizes")
STOP_TIP = Text("Stop recording and switch the camera off")
TAKING = Text("Taking attendance")
PREVIEW = Text("Preview: nothing is recorded")
SHOW_PREVIEW = Text("Preview", "button: look at the camera without recording")
PREVIEW_TIP = Text("See the camera picture without recording anybody")
PREVIEW_NOT_NOW = Text("Not while attendance is being taken", "why the button Preview is disabled")

HERE_MISSING = Text("{here} here · {missing} missing")
HERE_LEFT_MISSING = Text("{here} here · {left} left · {missing} missing")
GROUP = Text("Group")
EVERYBODY = Text("Everybody", "of all groups")
ENTRIES = Text("Entries")
HERE = Text("Here", "list of the people who are here today")
MISSING = Text("Missing", "list of the people who are missing today")
NO_ENTRIES = Text("No entries yet today")
NOBODY_HERE = Text("Nobody is here yet")
NOBODY_MISSING = Text("Nobody is missing")
EXPORT_TODAY = Text("E&xport today…")
EXPORTED = Text("Saved as {file}")

CAMERA = Text("Camera")
CAMERA_REFRESH = Text("Look for cameras again")
RANGE = Text("Distance")
NEAR = Text("Near", "range: up to two metres")
FAR = Text("Far", "range: a class or a hall")
NEAR_TIP = Text("People come up to the camera, within about two metres")
FAR_TIP = Text("Also finds small faces, as in a class or a hall. Needs more computing power")
DEMO_CAMERA = Text("Demo camera")
NUMBERED_CAMERA = Text("Camera {number}")
FIRST_CAMERA = Text("First camera", "whatever camera the machine has")

PICTURE = Text("Camera picture")
FACES = Plural("{n} face", "{n} faces")

GREETING_IN = Text("in · {time}")
GREETING_OUT = Text("out · {time}")
ALREADY_IN = Text("already in since {time}")
ALREADY_OUT = Text("already out since {time}")

ENTRY_TIP = Text("{name} ({person})\n{exact}")
PERSON_TIP = Text("{name} ({person})")
SINCE = Text("since {time}")
LEFT_AT = Text("left at {time}")
BY_HAND = Text("{kind} · by hand")
STRUCK = Text("struck: {reason}")
UNSURE = Text("unsure")
RESOLVE = Text("resolve…")
UNSURE_TIP = Text("Perhaps {name}. Click to say who it is")

RESOLVE_TITLE = Text("Who is this?")
RESOLVE_QUESTION = Text("Seen {when}. Is this {name}?", "{when}: 09:02, yesterday 17:31, a day")
IT_IS = Text("&It is {name}")
SOMEBODY_ELSE = Text("Somebody &else:")
WHO_ELSE = Text("choose a person", "in an empty field, after: somebody else")
RECORD = Text("&Record")
NOBODY_KNOWN = Text("&None of these")
DIRECTION = Text("Direction")
BY_RULES = Text("by the rules", "direction: in or out as the attendance rules say")
RESOLVE_REASON = Text("Recognized by the operator")
RESOLVED = Text("Recorded {name}")
RESOLVED_ALREADY = Text("Already recorded: {name}, {kind} · {when}")

OFF_TITLE = Text("The camera is off")
OFF = Text("Press “Start taking” to switch it on and record everybody it recognizes.")
OPENING_TITLE = Text("Opening the camera…")
NOBODY_TITLE = Text("Nobody is enrolled yet")
NOBODY = Text("You can take attendance as soon as the first person is enrolled.")
ENROL_FIRST = Text("&Enrol the first person")
NO_CAMERA_TITLE = Text("No camera was found")
NO_CAMERA = Text("Plug one in and look again, or try everything with the demo camera.")
USE_DEMO = Text("Use the &demo camera")

TROUBLE: dict[CameraState, tuple[Text, Text]] = {
    CameraState.BLACK: (
        Text("The picture is black"),
        Text("Open the camera's shutter or switch on the light. The app keeps watching."),
    ),
    CameraState.FROZEN: (
        Text("The picture is frozen"),
        Text(
            "The camera keeps sending the same picture, so nobody is recorded. The app is reopening"
            " it."
        ),
    ),
    CameraState.LOST: (
        Text("The camera is disconnected"),
        Text("Check its cable. The app tries again every few seconds."),
    ),
    CameraState.BUSY: (
        Text("The camera is in use or blocked"),
        Text(
            "Close other programs that use it. If there are none, allow camera access in the"
            " system settings (Linux: group video). The app tries again every few seconds."
        ),
    ),
    CameraState.MISSING: (
        Text("The camera was not found"),
        Text("Plug it in or choose another one. The app tries again every few seconds."),
    ),
    CameraState.ENDED: (
        Text("The video is over"),
        Text("Start again to play it once more, or choose a camera."),
    ),
}

STREAM_TROUBLE: dict[CameraState, tuple[Text, Text]] = {
    CameraState.LOST: (
        Text("The network camera is disconnected"),
        Text(
            "Check the network and whether the camera is on. The app tries again every few seconds."
        ),
    ),
    CameraState.MISSING: (
        Text("The network camera cannot be reached"),
        Text(
            "Check its address, user name and password under Settings, the network, and whether"
            " the camera is on. The app tries again every few seconds."
        ),
    ),
}

FILE_TROUBLE: dict[CameraState, tuple[Text, Text]] = {
    CameraState.LOST: (
        Text("The file cannot be played"),
        Text("It is damaged, or is not a video or picture. Choose another file, or a camera."),
    ),
    CameraState.MISSING: (
        Text("The file was not found"),
        Text("Choose it again under Settings, or choose a camera."),
    ),
}

FAULT = Text("The camera was stopped because the app failed twice while processing pictures")
FAULT_HINT = Text("Start it again. If that does not help, restart the app. The log has details.")
START_AGAIN = Text("Start again")
