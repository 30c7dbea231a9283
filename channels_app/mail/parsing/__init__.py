"""Understanding raw mail: bytes in, plain data out. No model, no network, no Django."""

from .model import MailFile, Understood, Unreadable
from .reading import glimpse, opening, understand

__all__ = ["MailFile", "Understood", "Unreadable", "glimpse", "opening", "understand"]
