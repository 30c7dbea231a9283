"""Check the files against each other: references, and the rules of coverage."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from requests_app.maisons.models import SpokenPlace
from requests_app.routing.importing import outlines
from requests_app.routing.importing.files import Problem, Territory
from requests_app.routing.importing.tables import (
    COMMUNES,
    COVERAGE,
    MAISONS,
    SPOKEN_PLACES,
    TOPICS,
    TOWN_HALLS,
)

REFERENCES = (
    (COMMUNES, "parent", "parent_insee", COMMUNES, "insee_code"),
    (TOWN_HALLS, "commune", "insee_code", COMMUNES, "insee_code"),
    (MAISONS, "commune", "insee_code", COMMUNES, "insee_code"),
    (MAISONS, "parent", "parent_site_id", MAISONS, "code"),
    (COVERAGE, "commune", "insee_code", COMMUNES, "insee_code"),
    (COVERAGE, "maison", "site_id", MAISONS, "code"),
)


def check(territory: Territory) -> list[Problem]:
    """List what is wrong between files; rows may lack the cells that could not be read."""
    return [
        *_unknown_references(territory),
        *_own_parents(territory),
        *_strange_postal_codes(territory),
        *_double_primaries(territory),
        *_unknown_columns_to_validate(territory),
        *_strange_outlines(territory),
        *_misplaced_names(territory),
    ]


def _unknown_references(territory: Territory) -> Iterator[Problem]:
    for table, field, column, target, target_field in REFERENCES:
        known = {row.values.get(target_field) for row in territory.rows[target.file]}
        for row in territory.rows[table.file]:
            code = row.values.get(field)
            if code and code not in known:
                words = {"code": code, "file": target.file}
                sentence = _("« %(code)s » n’est pas dans %(file)s") % words
                yield Problem(table.file, row.line, column, sentence)


def _own_parents(territory: Territory) -> Iterator[Problem]:
    for table, key, column in ((COMMUNES, "insee_code", "parent_insee"), (MAISONS, "code", "parent_site_id")):
        rows = [row for row in territory.rows[table.file] if row.values.get("parent")]
        parents = {row.values.get(key): row.values["parent"] for row in rows}
        for row in rows:
            if _turns_in_circles(row.values.get(key), parents):
                yield Problem(table.file, row.line, column, _("cette chaîne de rattachements tourne en rond"))


def _turns_in_circles(start: Any, parents: dict[Any, Any]) -> bool:
    seen, code = {start}, parents.get(start)
    while code:
        if code in seen:
            return True
        seen.add(code)
        code = parents.get(code)
    return False


def _strange_postal_codes(territory: Territory) -> Iterator[Problem]:
    codes = {
        row.values.get("insee_code"): row.values.get("postal_codes") for row in territory.rows[COMMUNES.file]
    }
    for row in territory.rows[COVERAGE.file]:
        asked, commune = row.values.get("postal_code"), row.values.get("commune")
        if asked and asked not in (codes.get(commune) or [asked]):
            words = {"asked": asked, "commune": commune}
            sentence = _("%(asked)s n’est pas un code postal de %(commune)s") % words
            yield Problem(COVERAGE.file, row.line, "postal_code", sentence)


def _double_primaries(territory: Territory) -> Iterator[Problem]:
    """Yield each commune, or postal code of it, that has two principal Maisons: only one can be proposed."""
    seen: Counter[tuple[Any, Any]] = Counter()
    for row in territory.rows[COVERAGE.file]:
        place = (row.values.get("commune"), row.values.get("postal_code"))
        if row.values.get("role") != "primary" or None in place:
            continue
        seen[place] += 1
        if seen[place] == 2:
            sentence = _("deux Maisons « primary » pour la même commune : elles sont « candidate »")
            yield Problem(COVERAGE.file, row.line, "role", sentence)


def _unknown_columns_to_validate(territory: Territory) -> Iterator[Problem]:
    names = {column.name for column in TOPICS.columns}
    for row in territory.rows[TOPICS.file]:
        for name in row.values.get("to_validate", []):
            if name not in names:
                sentence = _("« %(name)s » n’est pas une colonne du fichier") % {"name": name}
                yield Problem(TOPICS.file, row.line, "to_validate", sentence)


def _misplaced_names(territory: Territory) -> Iterator[Problem]:
    """Yield districts that are not part of our communes, and neighbours that are."""
    known = {row.values.get("insee_code") for row in territory.rows[COMMUNES.file]}
    for row in territory.rows.get(SPOKEN_PLACES.file, []):
        code, is_outside = row.values.get("insee_code"), row.values.get("kind") == SpokenPlace.Kind.OUTSIDE
        if code and (code in known) == is_outside:
            sentence = (
                _("« %(code)s » est dans %(file)s")
                if is_outside
                else _("« %(code)s » n’est pas dans %(file)s")
            )
            words = {"code": code, "file": COMMUNES.file}
            yield Problem(SPOKEN_PLACES.file, row.line, "insee_code", sentence % words)


def _strange_outlines(territory: Territory) -> Iterator[Problem]:
    """Yield outlines that belong to no known commune, or to one that has another."""
    known = {row.values.get("insee_code") for row in territory.rows[COMMUNES.file]}
    seen = Counter(row.values["commune"] for row in territory.rows[outlines.FILE])
    for code, times in seen.items():
        if code not in known:
            words = {"code": code, "file": COMMUNES.file}
            yield Problem(outlines.FILE, 0, "insee", _("« %(code)s » n’est pas dans %(file)s") % words)
        elif times > 1:
            sentence = _("« %(code)s » a plusieurs contours") % {"code": code}
            yield Problem(outlines.FILE, 0, "insee", sentence)
