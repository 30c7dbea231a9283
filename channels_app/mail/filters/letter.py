import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from channels_app.mail.parsing import Understood
from requests_app.lib.no_reply import is_no_reply

# The account that a website's forms send from: nobody reads it, a person filled the form.
FORM = re.compile(
    r"(?:wordpress|drupal|joomla|typo3|spip|www-?data|apache2?|httpd|nginx|nobody|php|(?:web|e-?)?forms?"
    r"|(?:form|web)-?mail(?:er)?|formulaires?(?:[._-]?(?:de[._-]?)?contact)?|contact[._-]?form|modulo|formulario"
    r"|formular|kontaktformular)(?:[._+=-][^@]{0,80})?@"
)


@dataclass(slots=True)
class Letter:
    """A mail on its way to a ticket: its content, the address of ours, and what the filters conclude.

    ``noise`` is why nobody needs to read it, ``teaches`` what it tells us all the same. ``follows`` is the
    reference of the ticket whose seal came back. ``why_no_answer`` is why nothing replies to it
    automatically. An uncertain sender is proposed to an agent, never assumed. ``marks`` are what
    the ticket shows of it (``tickets.models.Mark``), ``answer_addresses`` where its author can be answered
    when that is not simply the sender, and whether only the mail says so.
    """

    mail: Understood
    address: str
    received_at: datetime
    sender: str = ""
    sender_name: str = ""
    is_sender_sure: bool = True
    follows: str = ""
    noise: str = ""
    teaches: Callable[[], object] | None = None
    why_no_answer: str = ""
    why: list[str] = field(default_factory=list)
    crossed: list[int] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    answer_addresses: list[tuple[str, bool]] = field(default_factory=list)

    def conclude(self, sentence: str) -> None:
        self.why.append(sentence)

    def is_noise(self, reason: str, *, teaches: Callable[[], object] | None = None) -> None:
        """Ignore the mail; the reason is also the last sentence."""
        self.noise, self.teaches = reason, teaches
        self.why.append(reason)


def is_program(address: str) -> bool:
    """Return whether no person writes from this address: that of a form, or a no-reply one."""
    return is_no_reply(address) or bool(FORM.match(address))
