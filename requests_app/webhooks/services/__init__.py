from requests_app.webhooks.services.pushing import announce, push, sweep
from requests_app.webhooks.services.subscribing import (
    change_subscription,
    pause,
    position_before,
    replay,
    resume,
    rotate,
    send_again,
    send_test,
    subscribe,
)

__all__ = [
    "announce",
    "change_subscription",
    "pause",
    "position_before",
    "push",
    "replay",
    "resume",
    "rotate",
    "send_again",
    "send_test",
    "subscribe",
    "sweep",
]
