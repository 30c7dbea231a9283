"""Monthly lists of what ends, their visa, and what proves that it went."""

from requests_app.privacy.models.doomed_files import DoomedFile
from requests_app.privacy.models.lines import DisposalLine
from requests_app.privacy.models.schedules import DisposalSchedule

__all__ = ["DisposalLine", "DisposalSchedule", "DoomedFile"]
