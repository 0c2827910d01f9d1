"""Words of every table, and of the dialogs that choose files."""

from faceapp.ui.words.text import Plural, Text

SORT_BY = Text("Sort by")
LOADING = Text("Loading…")

CHOOSE_EXPORT = Text("Where to write the attendance")
CHOOSE_BACKUP = Text("Where to write the backup")
CHOOSE_RESTORE = Text("Which backup to put back")
CHOOSE_PICTURES = Text("Pictures or videos of one person")
CSV_FILES = Text("Table for any spreadsheet (*.csv)")
XLSX_FILES = Text("Excel workbook (*.xlsx)")
BACKUP_FILES = Text("Backup (*.db)")
PICTURE_FILES = Text("Pictures and videos ({patterns})")
ALL_FILES = Text("All files (*)")

PROGRESS = Text("{what} {done} of {total}")
TIME_LEFT = Plural("about {n} second left", "about {n} seconds left")
MINUTES_LEFT = Plural("about {n} minute left", "about {n} minutes left")
CANCELLING = Text("Cancelling…")
CANCELLED = Text("Cancelled")
