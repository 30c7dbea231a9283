from requests_app.events.services.ordering import place_all
from requests_app.events.services.purging import purge_expired
from requests_app.events.services.recording import Fact, record

__all__ = ["Fact", "place_all", "purge_expired", "record"]
