"""Actions: make a month's list, decide on it, destroy what is approved."""

from requests_app.privacy.services.archiving import archive
from requests_app.privacy.services.deciding import give_visa, keep, undo_keep
from requests_app.privacy.services.listing import list_month
from requests_app.privacy.services.purging import purge
from requests_app.privacy.services.sweeping import sweep

__all__ = ["archive", "give_visa", "keep", "list_month", "purge", "sweep", "undo_keep"]
