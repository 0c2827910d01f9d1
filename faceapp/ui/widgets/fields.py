"""Fields that say by themselves when something is wrong with what was typed."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget


def mark_wrong(field: QLineEdit, problem: str) -> None:
    """Frame the field as wrong and let screen readers say why; an empty ``problem`` clears it."""
    field.setAccessibleDescription(problem)
    if field.property("wrong") != bool(problem):
        field.setProperty("wrong", bool(problem))
        restyle(field)


def restyle(widget: QWidget) -> None:
    """Apply the style sheet anew after a property it looks at has changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
