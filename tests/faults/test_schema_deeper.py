"""The schema of the interface tried deeper than in `bin/test`: a client made of it finds no violation."""

import os
import time

import pytest

from tests.requests_app.api.attacking import find_violations
from tests.requests_app.api.test_schema import described, headers, one_connection

__all__ = ["described", "headers", "one_connection"]  # its fixtures
pytestmark = pytest.mark.django_db
EXAMPLES, MAX_SECONDS = int(os.environ.get("GRU_FAULT_CALLS", "40")), 240


def test_no_violation_is_found_by_more_calls(described, one_connection, headers):
    start = time.monotonic()
    broken, calls = find_violations(described, headers=headers, examples=EXAMPLES, seconds=MAX_SECONDS)
    print(f"\n{calls} calls in {time.monotonic() - start:.0f} s, {len(broken)} violations")
    assert broken == []
