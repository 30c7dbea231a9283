"""Whatever is added or subtracted of what is published, five people remain, or nobody (threats: P06)."""

from collections import Counter
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from requests_app.publication.tallies import part, tally

PEOPLE_BY_PLACE = st.lists(st.integers(0, 8), max_size=6)


def sightings_of(people_by_place):
    return [
        (place, f"{place}-{who}", who % 3 == 0)
        for place, people in enumerate(people_by_place)
        for who in range(people)
    ]


class TestParts:
    @given(PEOPLE_BY_PLACE)
    def test_P06_no_subtraction_leaves_one_to_four_people(self, people_by_place):
        parts = part(tally(sightings_of(people_by_place)))
        published = [*parts.maisons.values(), *([parts.others] if parts.others else [])]
        for size in range(len(published) + 1):
            for taken in combinations(published, size):
                left = (parts.whole.n if parts.whole else 0) - sum(each.n for each in taken)
                assert left == 0 or left >= 5 or parts.whole is None

    @given(PEOPLE_BY_PLACE)
    def test_the_parts_are_the_whole(self, people_by_place):
        parts = part(tally(sightings_of(people_by_place)))
        seen = Counter(row[2] for row in sightings_of(people_by_place))
        joined = sum((each.seen for each in parts.maisons.values()), Counter())
        joined += parts.others.seen if parts.others else Counter()
        assert joined == (seen if parts.whole else Counter())

    def test_one_person_who_comes_ten_times_is_one(self):
        assert part(tally((1, 7, number) for number in range(10))).whole is None

    def test_nobody_known_is_one_person_at_most(self):
        assert part(tally((1, 0, number) for number in range(10))).whole is None

    def test_the_smallest_joins_those_too_small_for_a_line(self):
        rows = [
            (place, f"{place}-{who}", True)
            for place, people in ((1, 9), (2, 6), (3, 2))
            for who in range(people)
        ]
        parts = part(tally(rows))
        assert (sorted(parts.maisons), parts.others.n, parts.whole.n) == ([1], 8, 17)
