"""Parsing raw mail: bytes in, plain data out. No model, no network, no Django."""

from .model import MailFile, TooSlow, Understood, Unreadable
from .reading import glimpse, opening, understand

__all__ = ["MailFile", "TooSlow", "Understood", "Unreadable", "glimpse", "opening", "understand"]
