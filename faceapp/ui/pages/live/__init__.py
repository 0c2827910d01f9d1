"""The live page: the camera's picture, who was recorded today, who is here and who is missing."""

from faceapp.ui.pages.live.page import LivePage

__all__ = ["LivePage"]
