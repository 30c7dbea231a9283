"""The entries of a thread, rendered in one pass as the rows of a list are (see rows_markup).

Every value is escaped.
"""

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from requests_app.channels.templatetags.channel_tags import channel_tile
from requests_app.lib import french
from requests_app.lib.templatetags.ui import delivery_tag, icon
from requests_app.tickets.selectors.steps import Step
from requests_app.tickets.selectors.thread import Item
from requests_app.www.backoffice.ticket.files import LinkedFile
from requests_app.www.backoffice.words import paragraphs

KNOT = '<span class="knot"></span>'
FOLD = (
    '<li class="fil-event fil-fold">{knot}<details class="more-lines" data-prints>'
    '<summary>{summary}</summary><ol class="fil-inner">\n{lines}</ol></details></li>\n'
)
EVENT = '<li class="fil-event">{knot}<div><p>{text}{delivery} · {time}</p>{details}</div></li>\n'
ITEM = (
    '<li class="fil-{way}" id="{way}{id}">{tile}<div>'
    '<p class="fil-head mb-0"><b><bdi>{who}</bdi></b> {what}{signs} {time}</p>\n'
    '<div class="bubble">{subject}{text}{whole}{files}{remarks}{details}{split}</div></div></li>\n'
)
# The form itself, with its token, is the page's.
SPLIT = (
    '<button class="btn btn-ghost btn-sm no-print" form="autre-demande" name="which" value="{id}">'
    "{icon}{words}</button>"
)
MORE = '<details class="more-lines laid-out"><summary>{words}</summary>{text}{layout}</details>'
LAYOUT = '<iframe sandbox loading="lazy" src="{url}" title="{title}"></iframe>'
DETAILS = '<details class="more-lines log" data-prints><summary>{words}</summary>{parts}</details>'


def thread_markup(
    lines: Iterable[tuple[Item, list[LinkedFile]]], *, reference: str, now: datetime, can_split: bool = False
) -> SafeString:
    """Render the thread of a ticket, oldest first; ``can_split``: a message may become another ticket."""
    page = reverse("backoffice:ticket", args=[reference])
    written = []
    for can_fold, run in groupby(lines, key=lambda line: line[0].can_fold):
        found = list(run)
        each = [
            _event(item, now)
            if item.way == "event"
            else _render_message(item, files, page, now, can_split=can_split)
            for item, files in found
        ]
        written += [_fold(each, found[-1][0], now)] if can_fold and len(each) > 1 else each
    return mark_safe("".join(written))  # noqa: S308 - every value is escaped below


def _fold(written: list[str], last: Item, now: datetime) -> str:
    """Fold automatic messages into one line."""
    count = len(written)
    words = ngettext("%(n)s message automatique", "%(n)s messages automatiques", count) % {"n": count}
    return FOLD.format(knot=KNOT, summary=f"{escape(words)} · {_time(last.at, now)}", lines="".join(written))


def files_markup(files: Iterable[LinkedFile]) -> SafeString:
    """Render the files of a message, each to be saved, pictures also to be viewed."""
    written = "".join(_file(file) for file in files)
    return mark_safe(f'<div class="files">{written}</div>' if written else "")  # noqa: S308 - escaped below


def _event(item: Item, now: datetime) -> str:
    return EVENT.format(
        knot=KNOT,
        text=_typo(item.text),
        delivery=f" {delivery_tag(item.delivery)}" if item.delivery else "",
        time=_time(item.at, now),
        details=_render_details(item, now, text=paragraphs(item.whole_text)),
    )


def _render_message(item: Item, files: list[LinkedFile], page: str, now: datetime, *, can_split: bool) -> str:
    delivery = f" {delivery_tag(item.delivery)}" if item.delivery else ""
    return ITEM.format(
        way=item.way,
        id=item.id,
        tile=channel_tile(item.channel) if item.channel else f'<span class="ch">{icon("lock-fill")}</span>',
        who=escape(item.who),
        what=_typo(item.what) + delivery,
        signs="".join(f' <span class="tag">{escape(sign)}</span>' for sign in item.badges),
        time=_time(item.at, now),
        subject=f'<p dir="auto"><strong>{escape(item.subject)}</strong></p>' if item.subject else "",
        text=paragraphs(item.text),
        whole=_render_full(item, f"{page}html/{item.id}/"),
        files=files_markup(files) if files else "",
        remarks=_remarks(item.remarks) if item.remarks else "",
        details=_render_details(item, now),
        split=_split(item.id) if can_split and item.way == "in" else "",
    )


def _split(pk: int) -> str:
    return SPLIT.format(id=pk, icon=icon("signpost-split"), words=escape(_("En faire une autre demande")))


def _typo(words: str) -> str:
    return french.typo(escape(words))


def _time(at: datetime, now: datetime) -> str:
    return f'<time datetime="{at.isoformat()}">{french.near(at, now)}</time>'


def _render_full(item: Item, url: str) -> str:
    """Render the full message, text and layout, behind one title."""
    if not item.whole_text and not item.has_html:
        return ""
    words = _("Voir tout le message") if item.whole_text else _("Voir la mise en page d’origine")
    title = escape(_("Message d’origine, sans images venues d’ailleurs"))
    layout = LAYOUT.format(url=url, title=title) if item.has_html else ""
    return MORE.format(words=escape(words), text=paragraphs(item.whole_text), layout=layout)


def _render_details(item: Item, now: datetime, text: str = "") -> str:
    """Render how a message came or left, and why it is here, behind one title; "" when unknown."""
    way = _("Parcours du message") if item.way == "in" else _("Suivi de l’envoi")
    parts = [text]
    parts += [_part(way, (_step(step, now) for step in item.steps))] if item.steps else []
    parts += [_part(_("Pourquoi ce message est ici"), map(_typo, item.why))] if item.why else []
    written = "".join(parts)
    return DETAILS.format(words=escape(_("Détails")), parts=written) if written else ""


def _step(step: Step, now: datetime) -> str:
    return f"{_time(step.at, now)} – {_typo(step.text)}" if step.at else _typo(step.text)


def _part(title: str, lines: Iterable[str]) -> str:
    written = "".join(f"<li>{line}</li>" for line in lines)
    return f'<p class="log-title">{escape(title)}</p><ol>{written}</ol>'


def _file(file: LinkedFile) -> str:
    size = french.size(file.size) + (f", {escape(file.word)}" if file.word else "")
    name = escape(file.name)
    shown = f"<bdi>{name}</bdi>"
    if not file.url:
        return f'<span class="file">{icon(file.icon)}<b class="no-link">{shown}</b><span>{size}</span></span>'
    saved = (
        f'<a class="file" href="{escape(file.url)}">{icon(file.icon)}<b>{shown}</b><span>{size}</span></a>'
    )
    if not file.view_url:
        return saved
    hidden = f'<span class="visually-hidden"> {name} {escape(_("(nouvel onglet)"))}</span>'
    seen = f'target="_blank" rel="noopener">{escape(_("Voir"))}{hidden}</a>'
    return (
        f'<span class="row-flex">{saved}<a class="btn btn-ghost" href="{escape(file.view_url)}" {seen}</span>'
    )


def _remarks(remarks: list[str]) -> str:
    lines = "".join(f"<li>{_typo(remark)}</li>" for remark in remarks)
    return f'<ul class="hint mb-0">{lines}</ul>'
