from channels_app.delivery.services.bouncing import bounced
from channels_app.delivery.services.sending import send
from channels_app.delivery.services.sweeping import sweep

__all__ = ["bounced", "send", "sweep"]
