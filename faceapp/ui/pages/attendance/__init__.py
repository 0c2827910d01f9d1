"""The attendance page: who came when, corrections, and files for others."""

from faceapp.ui.pages.attendance.page import AttendancePage

__all__ = ["AttendancePage"]
