"""The local telephone: what the demo sends by SMS arrives there, and answers leave from it.

It implements Twilio's API (create, list, fetch) and its calls to us (signed inbound messages, status
callbacks), so that the real client and the real webhooks are used. It fails on command; its own list is
the truth.
"""

from gru.demo.telephone.desk import Telephone
from gru.demo.telephone.exchange import Exchange, Subscriber

__all__ = ["Exchange", "Subscriber", "Telephone"]
