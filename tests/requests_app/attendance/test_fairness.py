"""Whatever is subtracted on « Venir au rendez-vous », five people remain, or nobody (threats: P06)."""

from itertools import chain, combinations

from hypothesis import given
from hypothesis import strategies as st

from requests_app.attendance.selectors.fairness import COLUMNS, group
from requests_app.www.dashboards.attendance import _group_rows

KINDS = ("interpreter", "step_free", "call")
NEEDS = st.lists(st.frozensets(st.sampled_from(KINDS)), min_size=12, max_size=12)
ROWS = st.lists(
    st.tuples(
        st.integers(0, 11),
        st.sampled_from(["Lyon 8e", "Bron", "Vaulx-en-Velin", "Givors"]),
        st.sampled_from(["came", "absent", "booked"]),
    ),
    max_size=40,
)


def grouped(rows, needs):
    known = {person: sorted(kinds) for person, kinds in enumerate(needs)}
    full = [
        dict(zip(COLUMNS, (0.4, "", state, who or None, None, where), strict=True))
        for who, where, state in rows
    ]
    found = group(full, known)
    return [found.communes, found.needs]


def subsets(parts):
    return chain.from_iterable(combinations(parts, size) for size in range(len(parts) + 1))


def shown(groups):
    return [int(row.count.replace("\u202f", "")) for row in _group_rows(groups, {})]


@given(ROWS, NEEDS)
def test_P06_the_whole_less_the_groups_shown_is_of_five_people_or_nobody(rows, needs):
    for groups in grouped(rows, needs):
        for taken in subsets(groups.by_name):
            left = [each.persons for name, each in groups.by_name.items() if name not in taken]
            assert len(set().union(*left)) >= 5 or not left
        assert sum(each.count for each in groups.by_name.values()) == (0 if groups.is_of_few else len(rows))


@given(ROWS, NEEDS)
def test_P06_no_subtraction_of_shown_numbers_leaves_one_to_four(rows, needs):
    communes, by_need = (shown(groups) for groups in grouped(rows, needs))
    sums = {sum(each) for numbers in (communes, by_need) for each in subsets(numbers)}
    assert not {abs(one - other) for one in sums for other in sums} & {1, 2, 3, 4}


@given(ROWS, NEEDS)
def test_P06_the_outcomes_untold_are_of_five_people_or_nobody(rows, needs):
    for groups in grouped(rows, needs):
        untold = [groups.by_name[name].outcomes for name in groups.untold]
        of_all = set().union(*(each.outcomes for each in groups.by_name.values()))
        assert len(set().union(*untold)) not in range(1, 5) or len(of_all) < 5
        assert all(
            len(each.outcomes) >= 5 for name, each in groups.by_name.items() if name not in groups.untold
        )
