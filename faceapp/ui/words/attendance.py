"""Words of the attendance page."""

from faceapp.types import Confirmation
from faceapp.ui.words.text import Plural, Text

TITLE = Text("Attendance")
TABLE_DAYS = Text("Attendance by day")
TABLE_ENTRIES = Text("All entries")
TABLE_TOTALS = Text("Attendance by person")

RANGE = Text("Range")
TODAY = Text("Today")
YESTERDAY = Text("Yesterday")
THIS_WEEK = Text("This week")
LAST_WEEK = Text("Last week")
THIS_MONTH = Text("This month")
LAST_MONTH = Text("Last month")
ALL_TIME = Text("All time")
CUSTOM = Text("Other days")
FROM = Text("From")
TO = Text("To")
GROUP = Text("Group")
ALL_GROUPS = Text("All groups")
PERSON = Text("Person")
ALL_PEOPLE = Text("All people")
VIEW = Text("View")
DAY_VIEW = Text("&Days")
ENTRY_VIEW = Text("Entr&ies")
TOTAL_VIEW = Text("T&otals")

DATE = Text("Date")
TIME = Text("Time")
KIND = Text("Kind")
FIRST_IN = Text("First in")
LAST_OUT = Text("Last out")
HOURS = Text("Hours")
STATE = Text("State")
DAYS_PRESENT = Text("Days present", "column with a person's number of days")
DAYS_MISSING = Text("Days missing", "column with a person's number of days")
DAYS_INCOMPLETE = Text("Incomplete", "column with a person's number of days")
CAMERA = Text("Camera")
HOW = Text("How")
NOTE = Text("Note")

HERE = Text("here", "state of a person's day: came and has not left")
WAS_HERE = Text("was here", "state of a person's day: came and left")
MISSING = Text("missing", "state of a person's day")
INCOMPLETE = Text("incomplete", "state of a person's day: the coming or the going is missing")
HOURS_TEXT = Text("{hours}:{minutes:02d}", "hours and minutes of a day")
BY: dict[Confirmation, Text] = {
    Confirmation.FACE: Text("by face"),
    Confirmation.MANUAL: Text("by hand"),
}
STRUCK = Text("struck: {reason}")
ADDED = Text("added: {reason}")
MATCH_TIP = Text("similarity {similarity:.2f}, needed {threshold:.2f}, model {model}")
EXACT_TIP = Text("{date} {time} ({zone}, UTC{offset})")

COUNT_ENTRIES = Plural("{n} entry", "{n} entries")
COUNT_STRUCK = Plural("{n} struck", "{n} struck")
COUNT_PRESENT = Text("{here} came · {missing} missing", "people of one day")
COUNT_OF_DAYS = Text("{people} · days present: {present} · days missing: {missing}", "61 people …")
SUM_OF_TOTALS = Text(
    "{people} · hours: {hours} · incomplete: {incomplete} · present: {present}"
    " · missing: {missing}",
    "61 people …; all but the hours are days",
)
NEWEST_ENTRIES = Plural(
    "only the newest of {all} entries; an export has all",
    "only the newest {n} of {all} entries; an export has all",
)
NEWEST_DAYS = Plural(
    "only the newest of {all} days; an export has all",
    "only the newest {n} of {all} days; an export has all",
)

EMPTY = Text("No entries in this range")
EMPTY_HINT = Text("Entries appear when people are recognized, or when you add one by hand.")
GO_LIVE = Text("&Take attendance")

SHOW_DAYS = Text("Show these &days")
CORRECT = Text("&Correct…")
EXPORT = Text("E&xport…")
EXPORTING = Text("Writing rows:")
EXPORTED = Plural("{n} row written to {path}", "{n} rows written to {path}")
EXPORT_ELSEWHERE = Text("Another program is using {path}. The export was saved as {instead}.")
EXPORT_ELSEWHERE_HINT = Text("Close that program before the next export.")
FILE_OF_DAYS = Text("attendance-{dates}.csv", "proposed name of an export of Days")
FILE_OF_ENTRIES = Text("attendance-entries-{dates}.csv", "proposed name of an export of Entries")
FILE_OF_TOTALS = Text("attendance-totals-{dates}.csv", "proposed name of an export of Totals")

CORRECT_TITLE = Text("Correct the attendance")
CORRECT_RULE = Text(
    "Nothing is overwritten: the old row is struck but stays visible, with the reason."
)
STRIKE_FINAL = Text(
    "This cannot be undone. If the entry was right after all, select it and add it again."
)
STRIKE = Text("&Strike an entry")
OTHER = Text("It was somebody &else")
CHANGE = Text("C&hange its time or kind")
ADD = Text("&Add a missing entry")
WHICH_ENTRY = Text("Entry")
NO_ENTRY_TO_STRIKE = Text("To strike an entry, first select its row in the table.")
FORGOTTEN_CHANGE = Text(
    "This person was forgotten. You can strike the entry or give it to somebody else."
)
WHEN_DATE = Text("Day")
WHEN_TIME = Text("Time")
REASON = Text("Reason")
REASON_HINT = Text("for example: wrong person")
REASONS = (
    Text("wrong person"),
    Text("forgot to check in"),
    Text("forgot to check out"),
    Text("worked elsewhere"),
    Text("camera was off"),
)
REASON_MISSING = Text("Enter a reason")
REASON_LONG = Text("The reason is too long")
PERSON_MISSING = Text("Choose a person from the list")
SAME_PERSON = Text("This entry already belongs to this person")
ENTRY_MISSING = Text("Choose an entry from the list")
IN_FUTURE = Text("This time is in the future")
STRIKE_DO = Text("Strike")
OTHER_DO = Text("Change the person")
CHANGE_DO = Text("Change")
ADD_DO = Text("Add")
STRUCK_DONE = Text("The entry was struck")
OTHER_DONE = Text("The entry was struck and added for the right person")
CHANGED_DONE = Text("The entry was struck and the right one added")
ADDED_DONE = Text("The entry was added")
ENTRY_LINE = Text("{date} · {time} · {kind} · {name}", "the end may be cut off")
