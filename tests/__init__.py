"""Tests mirror the package; helpers/ is shared, flow/ holds whole journeys."""
