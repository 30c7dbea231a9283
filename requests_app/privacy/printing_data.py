"""« Mes données » printed: the same content as the JSON, in words."""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from requests_app.lib import french, phones
from requests_app.privacy.own_data import Data
from requests_app.tickets.letters.drawable import replace_unprintable
from requests_app.tickets.letters.typesetting import tagged_pdf

TEMPLATE = Path(__file__).resolve().parent / "own_data.typ"


def render_pdf(data: Data) -> bytes:
    """Render a tagged PDF with a part for the record, and one per ticket."""
    return tagged_pdf(TEMPLATE, {"data": json.dumps(_sheet(data))})


def parts_of(data: Data) -> list[tuple[str, list[str]]]:
    """Return titles and lines, in words: the same on paper and on the page where the agent checks them."""
    return [_record(data), *(_request(request) for request in data["requests"])]


def _sheet(data: Data) -> Data:
    return {
        "title": replace_unprintable(
            _("Ce que nous avons sur vous, le %(day)s") % {"day": _day(data["made_at"])}
        ),
        "author": replace_unprintable(data["authority"]),
        "parts": [_part(title, lines) for title, lines in parts_of(data)],
    }


def _part(title: str, lines: list[str]) -> Data:
    return {
        "title": replace_unprintable(title),
        "lines": [replace_unprintable(line) for line in lines if line],
    }


def _record(data: Data) -> tuple[str, list[str]]:
    who = data["person"]
    name = " ".join(part for part in (who["given_name"], who["family_name"]) if part)
    lines = [
        _("Nom : %(name)s") % {"name": name},
        _("Nom d’usage : %(name)s") % {"name": who["usage_name"]} if who["usage_name"] else "",
        _("Naissance : %(when)s") % {"when": who["birth_date"] or who["birth_year"] or _("non dite")},
        *(
            _("Contact : %(value)s") % {"value": phones.format_national(each["value"])}
            for each in data["contacts"]
        ),
        *(" : ".join(part for part in (each["what"], each["detail"]) if part) for each in data["needs"]),
        *(f"{each['kind']} : {each['who']}" for each in data["representatives"]),
        *(f"{each['what']}, {_day(each['at'])}" for each in data["corrections"]),
    ]
    return _("Votre fiche"), lines


def _request(request: Data) -> tuple[str, list[str]]:
    lines = [
        ", ".join(part for part in (request["topic"], request["place"], request["state"]) if part),
        _("Reçue le %(day)s.") % {"day": _day(request["received_at"])},
        _("Conservée %(n)s mois après le dernier contact.") % {"n": request["stored_months"]},
        *_messages(request["messages"]),
        *(_("Fichier : %(name)s") % {"name": each["name"]} for each in request["files"]),
        *(_("Note des agents, %(day)s : %(text)s") % _date_row(each) for each in request["notes"]),
        *(_appointment(each) for each in request["appointments"]),
        *(_opinion(each) for each in request["opinions"]),
    ]
    return _("Demande %(ref)s") % {"ref": request["reference"]}, lines


def _appointment(row: Data) -> str:
    return f"{_('Rendez-vous')}, {_day(row['at'])}, {row['place']} : {row['state']}"


def _opinion(row: Data) -> str:
    return _("Votre avis : %(text)s") % {"text": row["sentence"] or row["level"]}


def _messages(rows: list[Data]) -> Iterator[str]:
    who = {"you": _("vous"), "us": _("nous")}
    for row in rows:
        head = f"{_day(row['at'])}, {row['channel']}, {who.get(row['from'], row['from'])}"
        yield f"{head} : {row['subject']}" if row["subject"] else head
        yield row["text"]


def _date_row(row: Data) -> dict[str, Any]:
    return {"day": _day(row["at"]), "text": row["text"]}


def _day(written: str) -> str:
    """Format with the year, since the sheet is read in other years."""
    return french.full_date(timezone.localdate(datetime.fromisoformat(written)))
