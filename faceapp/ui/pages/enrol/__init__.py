"""The enrol page: one person, by camera or from pictures, with a look at what came of it."""

from faceapp.ui.pages.enrol.page import EnrolPage

__all__ = ["EnrolPage"]
