"""The rows of the triage list, rendered in one pass.

Rendering is what a list costs (design/performance.md): 25 rows took 7 ms as a template, 0.4 ms here. Every
value is escaped.
"""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from requests_app.channels.templatetags.channel_tags import channel_tile, channel_word
from requests_app.lib import french
from requests_app.lib.templatetags.ui import icon
from requests_app.tickets.models import Mark
from requests_app.tickets.selectors.rows import TicketRow
from requests_app.www.backoffice.triage.listing import Listing

ROW = (
    '<li class="trow{on}" id="d{id}" data-row>'
    '<label class="pick"><input class="form-check-input" type="checkbox" name="pick" value="{id}-{version}">'
    '<span class="visually-hidden">{choose}</span></label>{tile}\n'
    '<div><div class="trow-l1"><a class="trow-name" dir="auto" href="{url}" hx-get="{url}"'
    ' hx-target="#apercu-zone" hx-push-url="true"{current}>{name}</a>'
    "{danger}{urgent}{answered}{topic}</div>\n"
    '<div class="trow-l2"><span class="ch-name">{channel}</span>{machine}'
    '<span class="trow-text"><bdi>{text}</bdi></span></div>'
    '</div>\n<div class="trow-side"><span class="wait{level}">'
    '<span class="visually-hidden">{waits_since} </span>{late}{waits}</span>'
    '<span class="trow-place">{tasks}{files}{place}</span></div></li>\n'
)


def rows_markup(rows: Iterable[TicketRow], *, listing: Listing, chosen_id: int | None) -> SafeString:
    """Render the rows; ``chosen_id`` is the ticket shown beside the list."""
    base, query = reverse("backoffice:triage"), escape(listing.query)
    choose = escape(_("Choisir la demande de %(name)s, %(reference)s"))
    urgent = f'<span class="tag tag-bad">{icon("flag-fill")}{escape(_("Urgent"))}</span>'
    danger = (
        f'<span class="tag tag-bad">{icon("exclamation-triangle-fill")}{escape(Mark.DANGER.label)}</span>'
    )
    answered = f'<span class="tag tag-info">{icon("chat-left-text")}{escape(_("A répondu"))}</span>'
    machine = f'<span class="tag">{escape(Mark.MACHINE.label)}</span>'
    files = f'{icon("paperclip")}<span class="visually-hidden">{escape(_("avec fichiers,"))} </span>'
    tasks = f'{icon("list-check")}<span class="visually-hidden">{escape(_("quelque chose à faire,"))} </span>'
    late, lock = f"{icon('clock-history')} ", icon("lock-fill")
    same = {"waits_since": escape(_("Attend depuis"))}
    written = []
    for row in rows:
        name, topic, is_chosen = escape(row.name), escape(row.topic), row.id == chosen_id
        reserved = f'<span class="tag">{lock}{topic}</span>'
        written.append(
            ROW.format(
                on=" trow-on" if is_chosen else "",
                current=' aria-current="true"' if is_chosen else "",
                id=row.id,
                version=row.version,
                choose=french.elide(choose % {"name": name, "reference": row.reference}),
                tile=channel_tile(row.channel),
                url=f"{base}{row.reference}/?{query}",
                name=name,
                urgent=urgent if row.is_urgent else "",
                danger=danger if row.is_in_danger else "",
                machine=machine if row.is_by_machine else "",
                answered=answered if row.has_new_words else "",
                topic=reserved if row.is_sensitive else f'<span class="trow-topic"><bdi>{topic}</bdi></span>',
                channel=escape(channel_word(row.door)),
                text=escape(row.text),
                level=f" wait-{row.level}" if row.level else "",
                late=late if row.level == "late" else "",
                waits=escape(row.waits),
                tasks=tasks if row.has_tasks else "",
                files=files if row.has_files else "",
                place=escape(row.place),
                **same,
            )
        )
    return mark_safe("".join(written))  # noqa: S308 - every value was escaped above
