"""What the settings file holds."""

from __future__ import annotations

from faceapp.config import Settings
from tests.ui.rooms import Room


def saved(room: Room) -> Settings:
    """What the settings file holds, after everything that was handed to the clerk."""
    room.wait_for_clerk()
    return room.parts.settings


def kept_when_closed(room: Room) -> Settings:
    """Close the window; what the settings file holds then."""
    room.window.close()
    room.shell.close()
    return room.parts.settings
