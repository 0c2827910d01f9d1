"""The settings page: what the operator can choose, each with its reason and default."""

from faceapp.ui.pages.settings.page import SettingsPage

__all__ = ["SettingsPage"]
