"""The files of a territory: their columns, and the fields that these fill."""

from dataclasses import dataclass

from requests_app.catalog.models import SilenceMonths, Topic
from requests_app.maisons.models import Commune, Maison, SpokenPlace
from requests_app.routing.importing.readers import (
    Reader,
    code,
    degrees,
    email,
    insee_code,
    one_number_of,
    one_of,
    opening_hours,
    postal_code,
    require,
    split_list,
    text,
    website,
    whole_number,
    yes_or_no,
)
from requests_app.routing.models import Coverage
from requests_app.routing.models.coverage import Confidence


@dataclass(frozen=True, slots=True)
class Column:
    """One column; `field` is the model's, an optional column may be absent from the file."""

    name: str
    field: str
    read: Reader
    is_optional: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One file; `key` are the fields that must be unique together.

    A folder may lack an optional one: what its table holds stays.
    """

    file: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    is_optional: bool = False


COORDINATES = (Column("lat", "lat", degrees(90)), Column("lon", "lon", degrees(180)))

COMMUNES = Table(
    "communes.csv",
    ("insee_code",),
    (
        Column("insee_code", "insee_code", require(insee_code)),
        Column("name", "name", text(120, needed=True)),
        Column("level", "level", one_of(Commune.Level.values)),
        Column("parent_insee", "parent", insee_code),
        Column("postal_codes", "postal_codes", require(split_list(postal_code))),
        Column("population", "population", whole_number(2_000_000_000)),
        *COORDINATES,
        Column("aliases", "aliases", split_list(text(120)), is_optional=True),
        Column("note", "note", text(500), is_optional=True),
    ),
)
TOWN_HALLS = Table(
    "mairies.csv",
    ("commune",),
    (
        Column("insee_code", "commune", require(insee_code)),
        Column("address", "address", text(200)),
        Column("postal_code", "postal_code", postal_code),
        Column("phone", "phone", text(30)),
        Column("email", "email", email),
        Column("website", "website", website),
        *COORDINATES,
    ),
)
MAISONS = Table(
    "mdm_sites.csv",
    ("code",),
    (
        Column("site_id", "code", require(code)),
        Column("name", "name", text(200, needed=True)),
        Column("short_name", "short_name", text(80, needed=True)),
        Column("type", "kind", one_of(Maison.Kind.values)),
        Column("address", "address", text(200)),
        Column("address_complement", "address_complement", text(200), is_optional=True),
        Column("postal_code", "postal_code", postal_code),
        Column("insee_code", "commune", require(insee_code)),
        Column("phone", "phone", text(30)),
        Column("email", "email", email),
        Column("opening_hours", "opening_hours", opening_hours),
        Column("opening_note", "opening_note", text(500), is_optional=True),
        *COORDINATES,
        Column("parent_site_id", "parent", code, is_optional=True),
        Column("territory_code", "territory_code", text(20), is_optional=True),
        Column("territory_name", "territory_name", text(120), is_optional=True),
        Column(
            "open_to_public",
            "public_access",
            one_of(Maison.PublicAccess.values, default="unknown"),
            is_optional=True,
        ),
        Column("source", "source", text(120), is_optional=True),
        Column("source_date", "source_date", text(10), is_optional=True),
    ),
)
COVERAGE = Table(
    "mdm_coverage.csv",
    ("commune", "postal_code", "maison"),
    (
        Column("insee_code", "commune", require(insee_code)),
        Column("postal_code", "postal_code", postal_code),
        Column("sector", "sector", text(120), is_optional=True),
        Column("site_id", "maison", require(code)),
        Column("role", "role", one_of(Coverage.Role.values)),
        Column("coverage_source", "source", text(40), is_optional=True),
        Column("basis", "basis", text(40), is_optional=True),
        Column("confidence", "confidence", one_of(Confidence.values)),
        Column("note", "note", text(500), is_optional=True),
    ),
)
TOPICS = Table(
    "topics.csv",
    ("code",),
    (
        Column("code", "code", require(code)),
        Column("theme", "theme", text(80, needed=True)),
        Column("label", "label", text(120, needed=True)),
        Column("description", "description", text(1000)),
        Column("audience", "audience", text(120)),
        Column("mdm_matter", "mdm_matter", one_of(Topic.Matter.values)),
        Column("action", "action", one_of(Topic.Action.values)),
        Column("competent_body", "competent_body", text(250)),
        Column("sensitivity", "sensitivity", one_of(Topic.Sensitivity.values)),
        Column("keywords", "keywords", split_list(text(80))),
        Column("source", "source", text(120), is_optional=True),
        Column("public", "is_public", yes_or_no, is_optional=True),
        Column("delay_days", "delay_days", whole_number(366), is_optional=True),
        Column("regime", "regime", one_of(Topic.Regime.values, default="none"), is_optional=True),
        Column("silence_months", "silence_months", one_number_of(SilenceMonths.values, 2), is_optional=True),
        Column("from_complete_file", "from_complete_file", yes_or_no, is_optional=True),
        Column("appeal", "appeal", one_of(Topic.Appeal.values, default="gracious"), is_optional=True),
        Column("appeal_to", "appeal_to", text(300), is_optional=True),
        Column("appeal_court", "appeal_court", text(300), is_optional=True),
        Column("is_internal", "is_internal", yes_or_no, is_optional=True),
        Column("regime_source", "regime_source", text(300), is_optional=True),
        Column("acceptance_note", "acceptance_note", text(300), is_optional=True),
        Column("acceptance_note_en", "acceptance_note_en", text(300), is_optional=True),
        Column("retention_months", "retention_months", whole_number(1200), is_optional=True),
        Column("archive_months", "archive_months", whole_number(1200), is_optional=True),
        Column("reopen_days", "reopen_days", whole_number(3660), is_optional=True),
        Column("to_validate", "to_validate", split_list(text(40)), is_optional=True),
    ),
)
SPOKEN_PLACES = Table(
    "spoken_places.csv",
    ("name", "insee_code"),
    (
        Column("name", "name", text(120, needed=True)),
        Column("insee_code", "insee_code", require(insee_code)),
        Column("kind", "kind", one_of(SpokenPlace.Kind.values)),
        Column("postal_codes", "postal_codes", split_list(postal_code), is_optional=True),
        Column("source", "source", text(120), is_optional=True),
    ),
    is_optional=True,
)
TABLES = (COMMUNES, TOWN_HALLS, MAISONS, COVERAGE, TOPICS, SPOKEN_PLACES)
