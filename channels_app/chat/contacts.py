"""The mail address or the mobile number that a person may leave."""

from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from requests_app.channels.outbound import Address
from requests_app.channels.ways_out import way_out_for, way_to
from requests_app.lib import phones
from requests_app.lib.text import mail_address
from requests_app.people.models import ContactPoint
from requests_app.tickets.errors import Refused

EMAIL, PHONE = ContactPoint.Kind.EMAIL, ContactPoint.Kind.PHONE
MAX_LENGTH = 254


class Given(NamedTuple):
    """A contact as a record would hold it; empty when none was given."""

    kind: str = ""
    value: str = ""


def read_contact(typed: str) -> Given:
    """Normalise what was typed; raises Refused with what to write instead."""
    typed = typed.strip()[:MAX_LENGTH]
    if not typed:
        return Given()
    return _mail(typed) if "@" in typed else _mobile(typed)


def _mail(typed: str) -> Given:
    address = mail_address(typed)
    try:
        validate_email(address)
    except ValidationError as error:
        raise Refused(_("Écrivez une adresse e-mail, par exemple nom@exemple.fr.")) from error
    return Given(EMAIL, address)


def _mobile(typed: str) -> Given:
    """Read a number that our short messages reach (threats: S06)."""
    number = phones.e164(typed)
    if not number:
        words = _(
            "Écrivez une adresse e-mail ou un numéro de mobile, comme nom@exemple.fr ou 06 12 34 56 78."
        )
        raise Refused(words)
    way = way_out_for(PHONE)
    if way and way.outbound and (why_not := way.outbound.why_unreached(number)):
        raise Refused(why_not)
    if way_to(Address(PHONE, number)) is None:
        raise Refused(_("Écrivez un numéro de mobile, par exemple 06 39 98 12 34."))
    return Given(PHONE, number)
