from channels_app.delivery.services.bouncing import bounced, delivered
from channels_app.delivery.services.receipts import Told, receive_receipt, settle_receipts
from channels_app.delivery.services.sending import send
from channels_app.delivery.services.sweeping import sweep

__all__ = ["Told", "bounced", "delivered", "receive_receipt", "send", "settle_receipts", "sweep"]
