"""Verbs: make the list of a month, decide on it, destroy what is under a visa."""

from requests_app.privacy.services.archiving import archive
from requests_app.privacy.services.deciding import give_visa, keep, undo_keep
from requests_app.privacy.services.listing import list_month
from requests_app.privacy.services.purging import purge
from requests_app.privacy.services.sweeping import sweep

__all__ = ["archive", "give_visa", "keep", "list_month", "purge", "sweep", "undo_keep"]
