"""What a portal's request becomes: the words, who wrote them, where they belong."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from channels_app.contract import Parsed, RawMessage, Unreadable
from channels_app.intake.models import Arrival
from channels_app.partner.key import KEY
from channels_app.partner.publik.formdata import MAX_TEXT, FormData, read_formdata
from requests_app.lib import phones
from requests_app.lib.text import is_blank
from requests_app.maisons.models import Maison
from requests_app.people.models import ContactPoint
from requests_app.routing.territory import current
from requests_app.tickets.inbound import InboundMessage, SaidFile
from requests_app.tickets.models.touchpoint_facts import TouchpointFacts
from requests_app.tickets.services.repeats import GIVEN

PORTAL, FIRST = "signed_by", "first"  # facts of an arrival: which portal, and the one that came first


def parse(arrived: RawMessage) -> Parsed:
    """Understand a request of a portal; raises Unreadable."""
    filled = read_formdata(arrived.raw)
    facts = {"from": _contact(filled)[1], PORTAL: arrived.facts.get(PORTAL, ""), "foreign": filled.url}
    return Parsed(_message(filled, arrived, follows=_known_ticket(arrived)), facts=facts)


def salvage(arrived: RawMessage, *, is_brief: bool) -> InboundMessage:
    """Read what can be read of one that became no ticket; raises Unreadable."""
    filled = read_formdata(arrived.raw)
    return _message(filled, arrived, is_sender_sure=False, is_brief=is_brief)


def _message(
    filled: FormData,
    arrived: RawMessage,
    *,
    follows: str = "",
    is_sender_sure: bool = True,
    is_brief: bool = False,
) -> InboundMessage:
    kind, value = _contact(filled)
    text = _text_of(filled)
    if is_blank(text):
        raise Unreadable(_("Cette demande de portail ne dit rien."))
    topic, maison = filled.own("topic"), _maison_id(filled)
    return InboundMessage(
        channel=KEY,
        occurred_at=arrived.received_at,
        text=text,
        reply_text=text,
        subject=(filled.own("subject") or filled.title)[:300],
        sender_kind=kind,
        sender_value=value,
        sender_name=_name(filled)[:200],
        is_sender_sure=is_sender_sure,
        follows=follows,
        topic_code=topic if topic in current().topics else "",
        maison_id=maison,
        language=_language(filled),
        address=filled.own("address")[:200],
        insee=filled.own("insee")[:5],
        postal_code=filled.own("postal_code")[:5],
        files=() if is_brief else tuple(_files(filled)),
        facts={**_facts(filled), GIVEN: [filled.url, topic]},
        remarks=tuple(_remarks(filled, maison)),
    )


def _text_of(filled: FormData) -> str:
    """Return our own text of the call, or every field; a second contact is said in words, not lost."""
    lines = [f"{name} : {value}" if name else value for name, value in filled.lines]
    said = filled.own("text") or "\n".join(lines)
    other = _other_contacts(filled) if filled.own("text") else ""
    return "\n\n".join(filter(None, [said, other]))[:MAX_TEXT]


def _other_contacts(filled: FormData) -> str:
    _kind, used = _contact(filled)
    others = [each for each in (*_mails(filled), *_phones(filled)) if each != used]
    shown = ", ".join(phones.format_national(each) for each in others)
    return _("Autre contact donné : %(contacts)s.") % {"contacts": shown} if shown else ""


def _contact(filled: FormData) -> tuple[str, str]:
    """Return where they are written to: an e-mail first, as a portal's account has one."""
    if mail := next(_mails(filled), ""):
        return ContactPoint.Kind.EMAIL, mail
    phone = next(_phones(filled), "")
    return (ContactPoint.Kind.PHONE, phone) if phone else ("", "")


def _mails(filled: FormData) -> Iterator[str]:
    for each in (*_list(filled.person("mails")), filled.user_mail):
        mail = each.strip().lower()[:254]
        try:
            validate_email(mail)
        except ValidationError:
            continue
        yield mail


def _phones(filled: FormData) -> Iterator[str]:
    yield from filter(None, (phones.e164(each[:40]) for each in _list(filled.person("phones"))))


def _list(value: Any) -> list[str]:
    given = value if isinstance(value, list) else [value]
    return [each for each in given if isinstance(each, str)][:10]


def _language(filled: FormData) -> str:
    code = filled.own("language").lower()
    return code if code in dict(settings.LANGUAGES) else ""


def _name(filled: FormData) -> str:
    parts = (filled.person("given_name"), filled.person("family_name"))
    named = " ".join(part.strip() for part in parts if isinstance(part, str))
    return named.strip() or filled.user_name


def _maison_id(filled: FormData) -> int | None:
    code = filled.own("maison")
    found = Maison.objects.current().filter(code=code[:20]) if code else Maison.objects.none()
    return found.values_list("pk", flat=True).first()


def _files(filled: FormData) -> Iterator[SaidFile]:
    for file in filled.files:
        if file.data is not None:
            yield SaidFile(name=file.name, declared_type=file.declared_type, data=file.data)


def _facts(filled: FormData) -> TouchpointFacts:
    """Return what the log of the ticket says of where it came from, and the way back to it."""
    came = _("Demande n° %(number)s du portail : %(url)s")
    there = filled.backoffice_url or filled.url
    log = [came % {"number": filled.number or "?", "url": there}] if there else []
    return {"foreign": filled.url, "log": log}


def _remarks(filled: FormData, maison: int | None) -> Iterator[str]:
    """Yield what was not understood: nothing is dropped in silence."""
    for file in filled.files:
        if file.data is None:
            yield _("Le portail n’a pas donné le contenu de ce fichier : %(name)s.") % {"name": file.name}
    unknown = list(filled.unknown)
    if (topic := filled.own("topic")) and topic not in current().topics:
        unknown.append(f"topic = {topic[:60]}")
    if (code := filled.own("maison")) and maison is None:
        unknown.append(f"maison = {code[:60]}")
    if unknown:
        yield _("Le portail a donné ce que nous ne connaissons pas : %(names)s.") % {
            "names": ", ".join(unknown)
        }


def _known_ticket(arrived: RawMessage) -> str:
    """Return the reference of the ticket that this request of the portal already is, "" when it is new."""
    first = arrived.facts.get(FIRST)
    if not isinstance(first, int):
        return ""
    found = Arrival.objects.filter(pk=first).values_list("touchpoint__ticket__reference", flat=True).first()
    return str(found or "")
