"""Dialogs: questions that the operator must answer before going on."""
