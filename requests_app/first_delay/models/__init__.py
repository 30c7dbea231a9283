from requests_app.first_delay.models.searches import SlotOffer, SlotSearch
from requests_app.first_delay.models.third_next import ThirdNext

__all__ = ["SlotOffer", "SlotSearch", "ThirdNext"]
