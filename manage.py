#!/usr/bin/env python
"""The door for every command."""

import os
import sys


def main() -> None:
    """Run a management command in the project's settings."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gru.settings.base")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
