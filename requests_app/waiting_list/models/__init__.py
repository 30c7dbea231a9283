from requests_app.waiting_list.models.freed_slots import FreedSlot
from requests_app.waiting_list.models.offers import Offer
from requests_app.waiting_list.models.places import Place

__all__ = ["FreedSlot", "Offer", "Place"]
