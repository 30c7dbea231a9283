from requests_app.waiting_list.services.answering import accept, decline
from requests_app.waiting_list.services.joining import join, leave, restore, take_back
from requests_app.waiting_list.services.sweeping import sweep

__all__ = ["accept", "decline", "join", "leave", "restore", "sweep", "take_back"]
