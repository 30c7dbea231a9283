from requests_app.events.models.log import DomainEvent, EventCounter, Kind

__all__ = ["DomainEvent", "EventCounter", "Kind"]
