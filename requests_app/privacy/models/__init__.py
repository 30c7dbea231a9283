"""Monthly lists of what ends, their visa, what a person asked to erase, and what proves that it went."""

from requests_app.privacy.models.doomed_files import DoomedFile
from requests_app.privacy.models.erasures import ErasureAsked
from requests_app.privacy.models.lines import DisposalLine
from requests_app.privacy.models.schedules import DisposalSchedule

__all__ = ["DisposalLine", "DisposalSchedule", "DoomedFile", "ErasureAsked"]
