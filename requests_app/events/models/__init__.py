from requests_app.events.models.log import DomainEvent, DomainEventQuerySet, EventCounter, Kind

__all__ = ["DomainEvent", "DomainEventQuerySet", "EventCounter", "Kind"]
