"""A laptop: embedded servers, readable errors."""

from gru.settings.base import *  # noqa: F403
