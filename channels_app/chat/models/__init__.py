"""Conversations on a page of ours, and their lines in order."""

from channels_app.chat.models.lines import Line, LineQuerySet
from channels_app.chat.models.threads import Thread, ThreadQuerySet

__all__ = ["Line", "LineQuerySet", "Thread", "ThreadQuerySet"]
