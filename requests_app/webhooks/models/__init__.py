from requests_app.webhooks.models.deliveries import Delivery
from requests_app.webhooks.models.single_sends import SingleSend
from requests_app.webhooks.models.subscriptions import Subscription

__all__ = ["Delivery", "SingleSend", "Subscription"]
