"""Monthly lists of what ends, their approval, requests for erasure, and proof of destruction."""

from requests_app.privacy.models.doomed_files import DoomedFile
from requests_app.privacy.models.erasures import ErasureAsked
from requests_app.privacy.models.lines import DisposalLine
from requests_app.privacy.models.schedules import DisposalSchedule

__all__ = ["DisposalLine", "DisposalSchedule", "DoomedFile", "ErasureAsked"]
