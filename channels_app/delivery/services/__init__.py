from channels_app.delivery.services.bouncing import NamedMessage, bounced, delivered, find_bounced, is_among
from channels_app.delivery.services.receipts import Told, receive_receipt, settle_receipts
from channels_app.delivery.services.sending import send
from channels_app.delivery.services.sweeping import sweep

__all__ = [
    "NamedMessage",
    "Told",
    "bounced",
    "delivered",
    "find_bounced",
    "is_among",
    "receive_receipt",
    "send",
    "settle_receipts",
    "sweep",
]
