"""Words that more than one page uses."""

from faceapp.ui.words.text import Text

CANCEL = Text("Cancel")
CLOSE = Text("Close")
SAVE = Text("Save")
UNDO = Text("&Undo")
OPEN_FOLDER = Text("Open the fo&lder", "with the file that was written")
DISMISS = Text("Dismiss", "closes the banner")
SEARCH = Text("Search")
NAME = Text("Name")
PERSON_ID = Text("ID", "the operator's own code of a person")
GROUPS = Text("Groups")

REPLACE_TITLE = Text("Replace the file?")
REPLACE = Text("{file} already exists. If you replace it, its contents are lost.")
REPLACE_DO = Text("&Replace")

CAME_WITH_PROGRAM = Text("{path} cannot be read. It is part of the app: install the app again.")

IN = Text("in")
OUT = Text("out")

YESTERDAY_AT = Text("yesterday {time}")
NEVER = Text("never")
LONG_DAY = Text("dddd d MMMM", "Qt's date format: Monday 23 November")
FORGOTTEN = Text("forgotten person", "stands for a name that was deleted")


def or_forgotten(text: str) -> str:
    """Return a name or reason, or the placeholder for one that was deleted with its person."""
    return text or FORGOTTEN()
