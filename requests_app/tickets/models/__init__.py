from requests_app.tickets.models.attachments import LOCKED, Attachment
from requests_app.tickets.models.document_requests import DocumentRequest
from requests_app.tickets.models.events import Event
from requests_app.tickets.models.links import TicketLink
from requests_app.tickets.models.merges import TicketMerge
from requests_app.tickets.models.notes import Note
from requests_app.tickets.models.participants import Participant
from requests_app.tickets.models.person_proposals import PersonProposal
from requests_app.tickets.models.tickets import Mark, Outcome, State, Ticket
from requests_app.tickets.models.todos import ToDo
from requests_app.tickets.models.touchpoints import Touchpoint

__all__ = [
    "LOCKED",
    "Attachment",
    "DocumentRequest",
    "Event",
    "Mark",
    "Note",
    "Outcome",
    "Participant",
    "PersonProposal",
    "State",
    "Ticket",
    "TicketLink",
    "TicketMerge",
    "ToDo",
    "Touchpoint",
]
