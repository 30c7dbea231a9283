from requests_app.first_delay.models.announced_delays import AnnouncedDelay
from requests_app.first_delay.models.searches import SlotOffer, SlotSearch
from requests_app.first_delay.models.third_next import ThirdNext

__all__ = ["AnnouncedDelay", "SlotOffer", "SlotSearch", "ThirdNext"]
