"""Ten thousand cancellations offered by SMS; `GRU_FAULT_CANCELLATIONS` makes it shorter."""

import os

import pytest

from tests.requests_app.appointments.conftest import follow_up  # noqa: F401
from tests.requests_app.waiting_list.test_simulation import check, simulate

CANCELLATIONS = int(os.environ.get("GRU_FAULT_CANCELLATIONS", "10000"))


@pytest.mark.django_db
def test_nobody_is_booked_twice_or_asked_a_fourth_time(follow_up, lyon_8, chloe):  # noqa: F811
    persons = CANCELLATIONS // 2
    until = simulate(CANCELLATIONS, persons, kind=follow_up, maison=lyon_8, agent=chloe)
    found = check(CANCELLATIONS, until)
    print(found.freed, "freed,", found.refilled, "refilled,", found.days_gained, "days gained")
