"""The people page: who is enrolled, and what can be done about it."""

from faceapp.ui.pages.people.page import PeoplePage

__all__ = ["PeoplePage"]
