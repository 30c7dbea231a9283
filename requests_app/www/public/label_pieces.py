"""What the file for the label Services Publics+ holds: only what everybody may already read.

The indicators of a published quarter (nothing under five people), and what was done about what agents said,
in the words written for the public.
"""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from requests_app.feedback.selectors import list_improvements
from requests_app.lib import french
from requests_app.lib.spreadsheets import Cell, as_csv
from requests_app.publication.quarters import Quarter
from requests_app.publication.selectors import read_sheet
from requests_app.tickets.deadlines import midnight
from requests_app.www.public.indicator_words import LABELS, METHODS
from requests_app.www.public.indicators import list_indicators


def list_pieces(quarter: Quarter) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the bytes of each file."""
    yield f"indicateurs-{quarter.code}.csv", as_csv(list_indicators(read_sheet(quarter)))
    yield f"ameliorations-{quarter.code}.csv", as_csv(_list_rows(quarter))
    yield "LISEZMOI.txt", _read_me(quarter).encode()


def _list_rows(quarter: Quarter) -> Iterator[list[Cell]]:
    yield [_("Mois"), _("Lieu"), _("Vous avez dit"), _("Nous avons fait")]
    for each in list_improvements(since=midnight(quarter.first), until=midnight(quarter.after)):
        yield [french.dated_month(each.done_at), each.place or _("Toute la métropole"), each.said, each.done]


def _read_me(quarter: Quarter) -> str:
    """Say what each file holds, how each number is made, and what is not there."""
    lines = [
        _("Indicateurs du %(quarter)s, pour le label Services Publics+.") % {"quarter": quarter.words},
        "",
        _("Rien n’est dit de moins de cinq personnes ; les nombres sont arrondis à cinq près."),
        _("Enquête auprès des usagers : les lignes du ressenti, dans les indicateurs."),
        _("Enquête auprès des agents : elle n’est pas encore dans ce fichier."),
        "",
        *(f"{LABELS[kind]} : {METHODS[kind]}" for kind in LABELS),
    ]
    return "\n".join(lines) + "\n"
