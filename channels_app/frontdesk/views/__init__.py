from channels_app.frontdesk.views.appointments import appointment, record_arrival
from channels_app.frontdesk.views.counter import call_next, queue, say_desk, step
from channels_app.frontdesk.views.desk import erase, keep, switch, undo, visit
from channels_app.frontdesk.views.lookups import person, persons, show_topic, topics
from channels_app.frontdesk.views.receipts import receipt

__all__ = [
    "appointment",
    "call_next",
    "erase",
    "keep",
    "person",
    "persons",
    "queue",
    "receipt",
    "record_arrival",
    "say_desk",
    "show_topic",
    "step",
    "switch",
    "topics",
    "undo",
    "visit",
]
