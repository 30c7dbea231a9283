from channels_app.delivery.services.bouncing import bounced
from channels_app.delivery.services.circuits import Health, health
from channels_app.delivery.services.sending import send
from channels_app.delivery.services.sweeping import sweep

__all__ = ["Health", "bounced", "health", "send", "sweep"]
