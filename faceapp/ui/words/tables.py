"""Words of every table, and of the dialogs that choose files."""

from faceapp.ui.words.text import Plural, Text

SORT_BY = Text("Sort by")
LOADING = Text("Loading…")

CHOOSE_EXPORT = Text("Save the attendance as")
CHOOSE_BACKUP = Text("Save the backup as")
CHOOSE_RESTORE = Text("Choose a backup to restore")
CHOOSE_PICTURES = Text("Pictures or videos of one person")
CSV_FILES = Text("Table for other programs (*.csv)")
XLSX_FILES = Text("Excel workbook (*.xlsx)")
BACKUP_FILES = Text("Backup (*.db)")
PICTURE_FILES = Text("Pictures and videos ({patterns})")
ALL_FILES = Text("All files (*)")

PROGRESS = Text("{what} {done} of {total}")
TIME_LEFT = Plural("about {n} second left", "about {n} seconds left")
MINUTES_LEFT = Plural("about {n} minute left", "about {n} minutes left")
CANCELLING = Text("Cancelling…")
CANCELLED = Text("Cancelled")
