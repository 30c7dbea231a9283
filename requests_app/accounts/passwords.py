"""Passwords given by an administrator: said aloud once, changed at the first sign-in."""

import secrets

EASY = "abcdefghjkmnpqrstuvwxyz23456789"  # no letter that one takes for a figure


def temporary_password() -> str:
    """« k7pd-3xwm-9hqt »: 60 bits, easy to dictate."""
    return "-".join("".join(secrets.choice(EASY) for _ in range(4)) for _ in range(3))
