"""All operations on the data, and their rules. No windows, no threads, no SQL, no sentences."""

from faceapp.service.core import Service
from faceapp.service.groups import regrouped
from faceapp.service.identity import checked_person
from faceapp.service.roster import Roster, RosterRow, parse_folder_name, read_roster
from faceapp.service.zones import local_zone

__all__ = [
    "Roster",
    "RosterRow",
    "Service",
    "checked_person",
    "local_zone",
    "parse_folder_name",
    "read_roster",
    "regrouped",
]
