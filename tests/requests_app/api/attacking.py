"""A client made of the schema: `find_violations(described, headers=…, examples=3)` calls each operation."""

import time

import schemathesis
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as bounded
from schemathesis.specs.openapi.checks import positive_data_acceptance

from gru.wsgi import application

# A telephone number may be well written and belong to nobody: no pattern says that.
NOT_SAID = [positive_data_acceptance]
NO_LIMIT_S = 3600


def find_violations(described, *, headers, examples, seconds=NO_LIMIT_S):
    """Return what answers otherwise than the schema says, and how many calls were made.

    Each operation gets an equal share of what is left of the seconds.
    """
    schema = schemathesis.openapi.from_dict(described)
    schema.app = application
    operations = [found.ok() for found in schema.get_all_operations()]
    broken: list[str] = []
    calls: list[str] = []
    ends = time.monotonic() + seconds
    for rank, operation in enumerate(operations):
        left = max(ends - time.monotonic(), 0) / (len(operations) - rank)
        attack(operation, headers, examples, time.monotonic() + left, broken, calls)
    return broken, len(calls)


def attack(operation, headers, examples, until, broken, calls):
    """Call one operation; every finding is told, not only the first."""

    @given(case=operation.as_strategy())
    @bounded(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def call(case):
        if time.monotonic() > until:
            return
        calls.append(case.path)
        try:
            case.call_and_validate(headers=headers, excluded_checks=NOT_SAID)
        except (Exception, BaseExceptionGroup) as error:
            broken.append(f"{case.method} {case.path}: {describe(error)}"[:1500])

    call()


def describe(error):
    each = getattr(error, "exceptions", None) or [error]
    return " | ".join(str(one) for one in each)
