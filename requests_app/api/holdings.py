"""Answers given to programs: they hold what a program read or wrote, and leave after two days."""

from requests_app.lib.holdings import exempts

exempts("Leaves alone after two days (api.purge_answers).", "api.StoredAnswer")
