from channels_app.mail.models.polled_boxes import PolledBox
from channels_app.mail.models.used_tokens import UsedToken

__all__ = ["PolledBox", "UsedToken"]
