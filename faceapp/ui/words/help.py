"""Words of the help window. Its content is the guides, one per language: docs/user-guide.md."""

from faceapp.ui.page import PageKey
from faceapp.ui.words.text import Text

HELP = Text("Help", "button, and title of the window with the user guide")
GUIDE = Text("User guide")
CHAPTERS = Text("Chapters")
SEARCH = Text("Search the guide")
FOUND = Text("{number} of {all}", "which of the places where a word was found")
FOUND_NOWHERE = Text("Nothing found")

CHAPTER_OF: dict[PageKey, Text] = {
    PageKey.LIVE: Text("Take attendance", "chapter of the user guide, as it is headed there"),
    PageKey.ENROL: Text("Enrol people", "chapter of the user guide, as it is headed there"),
    PageKey.PEOPLE: Text("People"),
    PageKey.ATTENDANCE: Text(
        "Look, correct, export", "chapter of the user guide, as it is headed there"
    ),
    PageKey.SETTINGS: Text("Settings"),
}
