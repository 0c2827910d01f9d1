"""Attendance by face, offline. The rooms and their order: see CONTRIBUTING.md."""

__version__ = "0.1.0"
