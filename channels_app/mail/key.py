"""The stored value that names this channel."""

KEY = "mail"
