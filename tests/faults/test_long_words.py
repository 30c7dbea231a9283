"""What strangers write has words of any length: pages keep their width, and short words stay whole."""

import pytest
from django.utils import timezone

from channels_app.intake.models import Arrival
from requests_app.people.models import ContactPoint, Person
from requests_app.tickets.models import Attachment, Note, Ticket, Touchpoint
from requests_app.tickets.services import add_note
from tests.browser import TOO_WIDE
from tests.walk import measures

pytestmark = [pytest.mark.browser, pytest.mark.timeless, pytest.mark.django_db(transaction=True)]

LONG = "A" * 300
WIDTHS = (360, 1280)
# Short words that stand on two lines: a column was squeezed below what is read in it.
BROKEN = r"""() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = []
  while (walker.nextNode()) {
    const node = walker.currentNode
    if (!node.parentElement.checkVisibility() || node.parentElement.closest(".visually-hidden")) continue
    for (const word of node.data.matchAll(/(?<![\w@.-])[A-Za-zÀ-ÿ]{3,12}(?![\w@.-])/g)) {
      const range = document.createRange()
      range.setStart(node, word.index)
      range.setEnd(node, word.index + word[0].length)
      const lines = new Set([...range.getClientRects()].filter(r => r.width > 1).map(r => Math.round(r.top)))
      if (lines.size > 1) found.push(word[0])
    }
  }
  return found.slice(0, 5)
}"""


@pytest.fixture
def long_stage(stage, settings):
    """The stage, with a word of hundreds of letters wherever somebody outside may write one."""
    settings.LIMITS_ON = False
    add_note(ticket=stage.ticket, text="Bonjour", by=stage.users["chloe"], at=timezone.now())
    Ticket.objects.update(subject=LONG, excerpt=LONG[:200], sender=LONG[:200])
    Touchpoint.objects.update(subject=LONG, text=LONG * 3, reply_text=LONG * 3, sender=LONG)
    Note.objects.update(text=LONG * 2)
    Attachment.objects.update(name=f"{LONG[:200]}.pdf")
    Person.objects.update(given_name=LONG[:80], family_name=LONG[:80])
    ContactPoint.objects.filter(kind="email").update(value=f"{LONG[:180]}@{LONG[:60]}.example")
    Arrival.objects.update(facts={"from": f"{LONG[:200]}@exemple.fr", "subject": LONG}, reason=LONG[:200])
    return stage


def test_no_page_is_wider_than_its_window(browse, long_stage):
    assert measures(browse, long_stage, TOO_WIDE, WIDTHS) == {}


def test_no_short_word_is_broken(browse, stage, settings):
    settings.LIMITS_ON = False
    assert measures(browse, stage, BROKEN, WIDTHS) == {}


ARABIC = "أريد موعدا (RSA) يوم 5 ديسمبر."
DIRECTIONS = """words => [...document.querySelectorAll("h1, .msg p, .bubble p")]
  .filter(block => block.textContent.includes(words) && block.checkVisibility())
  .map(block => getComputedStyle(block).direction)"""


def test_what_is_written_from_right_to_left_is_shown_so(browse, stage):
    ticket = stage.ticket
    Ticket.objects.filter(pk=ticket.pk).update(subject=ARABIC)
    Touchpoint.objects.filter(ticket=ticket).update(
        subject=ARABIC, text=f"{ARABIC}\n- ابني مريض.", reply_text=""
    )
    pages = (f"/demandes/{ticket.reference}/", f"/tri/{ticket.reference}/", f"/personnes/{ticket.person_id}/")
    for address in pages:
        page = browse(stage.users["chloe"], address)
        assert set(page.evaluate(DIRECTIONS, ARABIC)) == {"rtl"}, address
