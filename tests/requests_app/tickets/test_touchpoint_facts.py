"""Facts of touchpoints: every key that the product reads or writes is declared, with its type."""

import re

from django.conf import settings

from requests_app.tickets.models.touchpoint_facts import TouchpointFacts

ASKED = re.compile(
    r"\bfacts__(?!has_key|contains)([a-z]+(?:_[a-z]+)*)|facts__has_key=\"([a-z_]+)\"|KT\(\"facts__([a-z_]+)\""
)
OF_ARRIVALS = {"subject", "words"}  # of what became no ticket (intake)


def asked() -> set[str]:
    """The keys that queries name, which the type checker does not see."""
    files = (settings.BASE_DIR / "requests_app").rglob("*.py")
    found = (ASKED.findall(path.read_text()) for path in files if "migrations" not in path.parts)
    return {key for matches in found for match in matches for key in match if key}


def test_queries_name_declared_keys():
    assert len(asked()) > 5
    assert asked() <= set(TouchpointFacts.__annotations__) | OF_ARRIVALS


def test_a_wrong_key_is_found(tmp_path):
    assert ASKED.findall('rows.exclude(facts__has_key="copy_off")') == [("", "copy_off", "")]
    assert ASKED.findall("filter(facts__promise=1)") == [("promise", "", "")]
