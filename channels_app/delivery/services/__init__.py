from channels_app.delivery.services.bouncing import (
    NamedMessage,
    find_bounced,
    is_among,
    record_bounce,
    record_delivery,
)
from channels_app.delivery.services.receipts import StatusReport, receive_receipt, settle_receipts
from channels_app.delivery.services.sending import send
from channels_app.delivery.services.sweeping import sweep

__all__ = [
    "NamedMessage",
    "StatusReport",
    "find_bounced",
    "is_among",
    "receive_receipt",
    "record_bounce",
    "record_delivery",
    "send",
    "settle_receipts",
    "sweep",
]
