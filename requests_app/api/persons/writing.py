"""A contact added to a person, by the service that agents use."""

from typing import Any

from requests_app.api.idempotency import Reply
from requests_app.api.persons.opening import PersonView, show_person
from requests_app.api.persons.shapes import ContactIn
from requests_app.api.problems import invalid
from requests_app.api.views import ActionView
from requests_app.people.errors import NotAnAddress, NotANumber
from requests_app.people.models import Person
from requests_app.people.services import add_point


class ContactList(PersonView, ActionView):
    """Ways to reach one person."""

    In, created = ContactIn, 201

    def act(self, data: dict[str, Any], **kwargs: Any) -> Reply:
        """Add a telephone or an e-mail to a person of whom the key handles a ticket."""
        person = self.open_handled(kwargs["person"])
        try:
            add_point(person=person, kind=data["kind"], typed=data["value"], by=self.agent, at=self.now)
        except (NotANumber, NotAnAddress) as error:
            raise invalid("#/value", str(error)) from error
        return Reply(201, show_person(Person.objects.get(pk=person.pk)))
