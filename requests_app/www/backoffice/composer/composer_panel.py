"""The composer under a thread: recipients, the draft, what must be read before sending."""

import secrets
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from requests_app.answers.recipients import Recipient, choice_of_other
from requests_app.answers.selectors import DraftContent, drafts_of
from requests_app.channels.outbound import Count
from requests_app.channels.registry import channel_of
from requests_app.channels.ways_out import brief_way_out, outbound_of
from requests_app.lib.direction import isolate
from requests_app.tickets.models import Ticket
from requests_app.tickets.selectors.taking_part import TakingPart
from requests_app.www.backoffice.ticket.forms import ActionForm
from requests_app.www.backoffice.ticket.opening import OpenedTicket
from requests_app.www.backoffice.ticket.presence import Others, others_on

OTHER = "other"


@dataclass(frozen=True, slots=True)
class RecipientOption:
    """One recipient as a choice of the composer; ``name``, ``part``: whose it is, when others take part."""

    value: str
    address: str
    name: str
    part: str
    label: str
    icon: str
    is_brief: bool
    is_chosen: bool
    is_shared: bool
    note: str
    is_closed: bool


@dataclass(frozen=True, slots=True)
class Copy:
    """Somebody who takes part, and whether this answer goes to them too."""

    id: int
    name: str
    address: str
    role: str
    is_proposed: bool
    is_copied: bool
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Composer:
    """What the template shows; ``confirmed`` is the address whose warning has just been shown."""

    url: str
    draft_url: str
    note_draft_url: str
    files_url: str
    remove_url: str
    models_url: str
    token: str
    typed: DraftContent
    note: DraftContent
    ways: list[RecipientOption]
    unreached: str
    count: Count | None
    copies: list[Copy]
    is_other: bool
    other: str
    confirmed: str
    others: Others

    @property
    def starts_with_note(self) -> bool:
        """Tell whether the note was being typed last: its pane is the one the agent left."""
        typed, noted = self.typed.updated_at, self.note.updated_at
        return noted is not None and (typed is None or noted > typed)

    @property
    def is_other_number(self) -> bool:
        """Tell whether the other address typed belongs to a channel for short texts."""
        return is_brief(choice_of_other(self.other))


def composer_of(
    opened: OpenedTicket,
    recipients: list[Recipient],
    participants: list[TakingPart],
    *,
    query: str,
    refused: ActionForm | None = None,
) -> Composer:
    """Build the composer of a ticket: one statement. A refused form keeps its choices."""
    ticket = opened.ticket
    drafts = drafts_of(ticket, opened.user, now=opened.now)
    form = refused if refused is not None and refused.name == "answer" else None
    note = refused if refused is not None and refused.name == "note" else None
    chosen = form.data.get("to", "") if form else drafts.answer.recipient
    ways = _recipient_options(recipients, chosen, ticket.person.full_name if ticket.person else "")

    def address(name: str, *args: str) -> str:
        return reverse(f"backoffice:{name}", args=[ticket.reference, *args]) + (f"?{query}" if query else "")

    return Composer(
        url=address("answer"),
        draft_url=address("draft", "reponse"),
        note_draft_url=address("draft", "note"),
        files_url=address("draft_files"),
        remove_url=address("draft_file_remove"),
        models_url=address("fitting_models"),
        token=form.data.get("token", "") if form else secrets.token_hex(16),
        typed=drafts.answer,
        note=DraftContent(note.data.get("text", "")) if note else drafts.note,
        ways=ways,
        unreached=_warn_unreached(ticket, recipients),
        count=_count(ticket, drafts.answer.text, address("draft", "reponse")),
        copies=_copies(participants, ways, _also(form, drafts.answer)),
        is_other=chosen == OTHER or not any(way.is_chosen for way in ways),
        other=form.data.get("other", "") if form else _other(drafts.answer, ways),
        confirmed=str(getattr(form, "shown_warning", "")),
        others=others_on(ticket, drafts.writers, version=ticket.version, query=query, now=opened.now),
    )


def _warn_unreached(ticket: Ticket, recipients: list[Recipient]) -> str:
    """Warn that the person cannot be written to, before someone else is taken for them."""
    if ticket.person is None or any(each.is_of_person or each.is_mandated for each in recipients):
        return ""
    words = _("Ni e-mail ni mobile utilisable pour %(name)s.")
    return words % {"name": isolate(ticket.person.full_name) or _("la personne")}


def _recipient_options(recipients: list[Recipient], chosen: str, person: str) -> list[RecipientOption]:
    """List the recipients, with the one chosen before, or else the best one open."""
    several = any(each.part for each in recipients)
    usable = [each.choice for each in recipients if not each.why_not]
    if chosen != OTHER and chosen not in usable:
        chosen = usable[0] if usable else ""
    return [
        RecipientOption(
            value=each.choice,
            address=each.address,
            name=each.name or (person if several and each.contact_point_id is not None else ""),
            part=each.part,
            label=_label(each),
            icon=channel_of(each.channel).icon,
            is_brief=is_brief(each.choice),
            is_chosen=each.choice == chosen,
            is_shared=each.is_shared,
            note=each.why_not or each.warning,
            is_closed=bool(each.why_not),
        )
        for each in recipients
    ]


def _also(form: ActionForm | None, typed: DraftContent) -> list[int] | None:
    """Return the copies chosen, in the refused form or in the draft; None when nobody has chosen yet."""
    return form.cleaned_data["also"] if form else typed.also


def _copies(
    participants: list[TakingPart], ways: list[RecipientOption], chosen: list[int] | None
) -> list[Copy]:
    """List those who take part, without the main recipient of the answer."""
    first = {way.address for way in ways if way.is_chosen}
    return [
        Copy(
            id=each.id,
            name=each.name,
            address=each.address,
            role=each.role,
            is_proposed=each.is_proposed,
            is_copied=each.is_copied,
            is_chosen=each.may_receive if chosen is None else each.id in chosen,
        )
        for each in participants
        if each.is_reachable and each.address not in first
    ]


def _label(to: Recipient) -> str:
    out = outbound_of(to.channel)
    return out.label_of(to.address) if out else to.address


def is_brief(choice: str) -> bool:
    """Tell whether this choice uses a channel for short texts, without files."""
    out = outbound_of(choice.partition(":")[0])
    return out is not None and out.is_brief


def _count(ticket: Ticket, text: str, fold_url: str) -> Count | None:
    """Count what the answer costs by a channel for short texts: known numbers, or one that is typed."""
    out = brief_way_out()
    return out.count(reference=ticket.reference, typed=text, fold_url=fold_url) if out else None


def _other(typed: DraftContent, ways: list[RecipientOption]) -> str:
    """Return an address typed in an earlier draft that is none of those offered."""
    address = typed.recipient.partition(":")[2]
    return "" if any(way.address == address for way in ways) else address
