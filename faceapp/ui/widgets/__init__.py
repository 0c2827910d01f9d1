"""Small parts that every page uses. They display; they decide nothing."""

from faceapp.ui.widgets.buttons import button, danger_button, icon_button, primary_button
from faceapp.ui.widgets.empty import EmptyState
from faceapp.ui.widgets.labels import ElidedLabel, label
from faceapp.ui.widgets.search_field import SearchField

__all__ = [
    "ElidedLabel",
    "EmptyState",
    "SearchField",
    "button",
    "danger_button",
    "icon_button",
    "label",
    "primary_button",
]
