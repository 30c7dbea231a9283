"""Sharp tools have named hands: who may write SQL, call a text safe, or catch every error, and why."""

import ast
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings

ROOT: Path = settings.BASE_DIR
ROOMS = ("gru", "requests_app", "channels_app")
FILES = sorted(
    file
    for room in ROOMS
    for file in (ROOT / room).rglob("*.py")
    if not {"tests", "migrations"} & set(file.parts)
)

SQL = {
    "gru/demo/management/commands/seed_demo.py": "tells the planner about a million new rows",
    "channels_app/intake/services/storing.py": "one statement stores the arrival and its bytes, once per key",
    "channels_app/sms/door/calls.py": "an upsert of the count of a day",
    "gru/doctor.py": "asks the server about itself",
    "gru/metrics/values.py": "asks the server about its connections",
    "gru/probes.py": "asks the server whether it answers",
    "gru/roles.py": "rights of database accounts are not in the ORM",
    "requests_app/access/searches.py": "counts a search in one statement, whoever searches meanwhile",
    "requests_app/answers/selectors.py": "several short reads of one page in one statement",
    "requests_app/answers/services/presence.py": "inserts or refreshes who reads in one statement",
    "requests_app/api/idempotency.py": "advisory locks are not in the ORM",
    "requests_app/appointments/services/holding.py": "advisory locks are not in the ORM",
    "requests_app/casefile/person_search.py": "trigram similarity, which the ORM cannot order by an index",
    "requests_app/casefile/sidebar.py": "seven short reads of the ticket page in one statement",
    "requests_app/events/services/ordering.py": "numbers the log by a window, in one statement",
    "requests_app/indicators/rolling.py": "a lock of the day that is written again",
    "requests_app/indicators/writing.py": "a day is written again from the tickets by INSERT … SELECT",
    "requests_app/lib/alone.py": "advisory locks are not in the ORM",
    "requests_app/lib/copying.py": "COPY, for many rows at once",
    "requests_app/people/near_names.py": "trigram similarity of single words",
    "requests_app/people/services/name_words.py": "an anti-join that deletes in one statement",
    "requests_app/tickets/messages/limits.py": "four counts of automatic messages in one statement",
    "requests_app/tickets/selectors/contact_info.py": "one statement for the tickets of several persons",
    "requests_app/tickets/selectors/counts.py": "capped counts of all views in one statement",
    "requests_app/tickets/selectors/thread_rows.py": "the thread and what hangs on it in one statement",
    "requests_app/tickets/selectors/word_search.py": "full-text conditions on expressions that have an index",
    "requests_app/tickets/services/speakers.py": "a lock of the contact: two mails make one person",
    "requests_app/visits/services.py": "an advisory lock of the queue: numbers follow each other",
}
SAFE = {
    "requests_app/lib/templatetags/formats.py": "escaped just before",
    "requests_app/lib/templatetags/ui.py": "an empty drawing",
    "requests_app/www/backoffice/fields.py": "written by Django's own widgets",
    "requests_app/www/backoffice/ticket/choices.py": "written by Django's own widgets",
    "requests_app/www/backoffice/ticket/thread_markup.py": "a hundred messages; each value is escaped there",
    "requests_app/www/backoffice/triage/rows_markup.py": "the rows of triage; each value is escaped there",
    "requests_app/www/backoffice/words.py": "escaped just before",
    "requests_app/www/dashboards/plot.py": "an empty drawing",
    "requests_app/www/dashboards/plots.py": "numbers of ours; words are escaped there",
}
CATCH_ALL = {
    "channels_app/delivery/services/sending.py": "a message that breaks our code must not hold up the others",
    "channels_app/intake/services/glimpsing.py": "the quarantine: the one home of errors nobody foresaw",
    "channels_app/intake/services/processing.py": "the quarantine: the one home of errors nobody foresaw",
    "channels_app/intake/services/making.py": "the quarantine: what broke its parsing may break this too",
    "channels_app/mail/door/writer.py": "the sender tries again: a crash must not lose its mail",
    "channels_app/mail/sending/connections.py": "closes the connection, then raises again",
    "gru/launcher/servers.py": "stops what was started, then raises again",
    "gru/launcher/steps.py": "removes what is half written, then raises again",
    "requests_app/answers/files.py": "removes the files of a failed transaction, then raises again",
    "requests_app/reminders/services/batches.py": "one appointment that breaks our code holds up no other",
    "requests_app/tickets/files.py": "removes the files of a failed transaction, then raises again",
}


def name(file: Path) -> str:
    return str(file.relative_to(ROOT))


def writes_sql(node: ast.AST) -> bool:
    if isinstance(node, ast.Name):
        return node.id == "RawSQL"
    is_call = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    return is_call and (node.func.attr in {"cursor", "extra"} and ast.unparse(node.func.value) != "self")


def calls_safe(node: ast.AST) -> bool:
    return isinstance(node, ast.Name | ast.Attribute) and ast.unparse(node).split(".")[-1] == "mark_safe"


def catches_all(node: ast.AST) -> bool:
    if not isinstance(node, ast.ExceptHandler):
        return False
    kinds = {ast.unparse(each) for each in ast.walk(node.type)} if node.type else {"BaseException"}
    return bool(kinds & {"Exception", "BaseException"})


@pytest.mark.parametrize(
    ("does", "allowed"), [(writes_sql, SQL), (calls_safe, SAFE), (catches_all, CATCH_ALL)]
)
def test_only_these_modules(does: Callable[[ast.AST], bool], allowed: dict[str, str]):
    found = {name(file) for file in FILES if any(map(does, ast.walk(ast.parse(file.read_text()))))}
    assert found == set(allowed)
