"""The enrol page: one person, by camera or from pictures, with a test of the result."""

from faceapp.ui.pages.enrol.page import EnrolPage

__all__ = ["EnrolPage"]
