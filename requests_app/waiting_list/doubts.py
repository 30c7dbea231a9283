"""« OUI » while two questions are open at that number: ask which one, once, then act on the digit.

Nothing is stored beside the message that asks: its key names the word and the questions, in their order.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from django.utils.translation import gettext as _

from requests_app.lib import short_words
from requests_app.lib.short_words import Meaning
from requests_app.outbox.models import Outgoing
from requests_app.reminders import answers as reminders
from requests_app.reminders.models import Reminder
from requests_app.reminders.services.meant import ASKS
from requests_app.tickets.models import Ticket
from requests_app.tickets.services.number_matching import is_shared
from requests_app.waiting_list import answers as offers
from requests_app.waiting_list.doubt_texts import CANCEL, NO, YES, Choice
from requests_app.waiting_list.models import Offer
from requests_app.waiting_list.services.asking import Doubt, ask_which

OPEN_FOR = timedelta(days=3)  # an older message is no longer what they answer
ANSWERED_WITHIN = timedelta(days=1)
MAX_CHOICES = 3  # what one segment holds
PREFIX = "which:"
WORDS = {YES: offers.TAKES, NO: offers.LEAVES, CANCEL: reminders.NO}


@dataclass(frozen=True, slots=True)
class Question:
    """One question sent to the number: a reminder to confirm or cancel, or a freed hour to take or leave."""

    asked: Reminder | Offer

    @property
    def code(self) -> str:
        return f"{'o' if isinstance(self.asked, Offer) else 'r'}{self.asked.pk}"

    @property
    def ticket(self) -> Ticket:
        asked = self.asked
        return asked.place.ticket if isinstance(asked, Offer) else asked.appointment.ticket

    @property
    def choice(self) -> Choice:
        asked = self.asked
        if isinstance(asked, Offer):
            return Choice(asked.slot.starts_at, is_offer=True)
        return Choice(asked.appointment.starts_at, is_offer=False)

    def mean(self, verb: str) -> Meaning:
        """Return what the word means about it."""
        if isinstance(self.asked, Offer):
            return offers.mean_yes(self.asked) if verb == YES else offers.mean_no(self.asked)
        return reminders.mean_yes(self.asked.appointment) if verb == YES else reminders.mean_no(self.asked)


def register() -> None:
    """Register the words that may answer two questions, and the digits that choose one."""
    for verb, spelled in WORDS.items():
        short_words.register_doubt(spelled, HANDLERS[verb])
    for digit in range(1, MAX_CHOICES + 1):
        spelled = (f"{digit}", f"le {digit}", f"OUI {digit}", f"NON {digit}", f"ANNULER {digit}")
        short_words.register(spelled, read_choice)


def _read_doubt(verb: str, number: str, word: str, at: datetime) -> Meaning | None:
    """Read a word that answers two open questions as a doubt: it is asked about, once a day at most."""
    questions = list_questions(verb, number, at)[:MAX_CHOICES]
    if len(questions) < 2 or _is_answer_last(number, at):
        return None
    ticket = questions[0].ticket
    if _last_asked(number, at):
        said = _("Plusieurs questions sont ouvertes à ce numéro, et le SMS ne dit pas laquelle : demandez.")
        return Meaning(ticket.reference, said, is_settled=True)
    said = _("Plusieurs questions sont ouvertes à ce numéro : un SMS demande laquelle.")
    return Meaning(ticket.reference, said, partial(_ask, verb, questions), is_settled=True)


HANDLERS = {verb: partial(_read_doubt, verb) for verb in WORDS}


def list_questions(verb: str, number: str, at: datetime) -> list[Question]:
    """List the questions that the word may answer, latest first.

    From a shared number, a no to appointments is for an agent, and so is a yes to several of them.
    """
    since = at - OPEN_FOR
    about_hours = [] if verb == CANCEL else offers.list_open(number, since=since)
    told = reminders.list_open(number, since=since, at=at)
    if told and is_shared(number):
        told = told if verb == YES and about_hours else []
    found: Sequence[Reminder | Offer] = [*about_hours, *told]
    latest = sorted(found, key=lambda each: (each.outgoing.sent_at, each.pk), reverse=True)
    return [Question(each) for each in latest]


def _is_answer_last(number: str, at: datetime) -> bool:
    """Tell whether the last thing asked there is an agent's own message: an agent reads what answers it."""
    asked = Outgoing.objects.filter(
        recipient=number, kind__in=ASKS, state__in=Outgoing.HANDED_OVER, sent_at__gt=at - OPEN_FOR
    )
    last = asked.order_by("-sent_at", "-pk").values_list("kind", flat=True).first()
    return last == Outgoing.Kind.ANSWER


def _last_asked(number: str, at: datetime) -> Outgoing | None:
    asked = Outgoing.objects.filter(
        recipient=number,
        kind=Outgoing.Kind.NOTICE,
        key__startswith=PREFIX,
        created_at__gt=at - ANSWERED_WITHIN,
    )
    return asked.exclude(state__in=Outgoing.NOT_RECEIVED).order_by("-created_at", "-pk").first()


def _ask(verb: str, questions: list[Question], touchpoint_id: int, at: datetime) -> None:
    codes = ".".join(each.code for each in questions)
    doubt = Doubt(
        key=f"{PREFIX}{verb}:{codes}:{touchpoint_id}",
        verb=verb,
        choices=[each.choice for each in questions],
        answered=questions[0].asked.outgoing,
        ticket=questions[0].ticket,
    )
    ask_which(doubt, at)


def read_choice(number: str, word: str, at: datetime) -> Meaning | None:
    """Read a digit as the question that our last « which one? » gave that number, for a day."""
    asked = _last_asked(number, at)
    if asked is None:
        return None
    _prefix, verb, codes, _touchpoint = asked.key.split(":")
    given, chosen = codes.split("."), int(word[-1])
    if chosen > len(given):
        return None
    question = _find(given[chosen - 1], number, at)
    return replace(question.mean(verb), is_settled=True) if question else None


def _find(code: str, number: str, at: datetime) -> Question | None:
    """Return the question as it is now; None when its date has changed: an agent reads the answer."""
    pk = int(code[1:])
    if code[0] == "o":
        offer = offers.find_offer(pk, number)
        return Question(offer) if offer else None
    reminder = reminders.find_open(pk, at)
    return Question(reminder) if reminder else None
