"""Subscriptions of other software: addresses of programs, and the ids that were sent to them."""

from requests_app.lib.holdings import exempts

exempts(
    "Of a program and its operator: no word of a ticket, and the last hundred pushes hold ids only.",
    "webhooks.Subscription",
    "webhooks.SingleSend",
    "webhooks.Delivery",
)
