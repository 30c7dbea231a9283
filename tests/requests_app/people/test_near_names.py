import pytest
from django.utils import timezone

from requests_app.people.models import NameWord, Person
from requests_app.people.near_names import NEAREST, near_words

pytestmark = pytest.mark.django_db


def words():
    return set(NameWord.objects.values_list("word", flat=True))


def named(given, family, usage=""):
    return Person(given_name=given, family_name=family, usage_name=usage, created_at=timezone.now())


class TestWords:
    def test_each_word_of_a_name_is_kept_once_without_accents(self):
        Person.objects.bulk_create([named("Zoé", "Durand-Lévy"), named("Zoé", "D’Almeida", "Durand")])

        assert words() == {"zoe", "durand", "levy", "durandlevy", "d", "almeida", "dalmeida"}

    def test_a_new_name_brings_its_words(self):
        person = Person.objects.create(given_name="Zoé", family_name="Durand", created_at=timezone.now())
        Person.objects.filter(pk=person.pk).update(family_name="Ben Ali")

        assert {"ben", "ali", "benali"} <= words()

    def test_nobody_named_brings_nothing(self):
        Person.objects.create(created_at=timezone.now())

        assert words() == set()


class TestNear:
    def test_the_nearest_letter_by_letter_come_first(self):
        names = ("Benali", "Benoit", "Benoliel", "Bernard", "Zidane")
        Person.objects.bulk_create(named("", name) for name in names)

        near = near_words(["benali", "zidnae"])

        assert near["benali"][0] == "benali"
        assert near["zidnae"] == ["zidane"]
        assert "zidane" not in near["benali"]

    def test_a_few_are_kept_of_many(self):
        Person.objects.bulk_create(named("", f"Benali{end}") for end in "abcdefghijklmnopqrstuvwxyz")

        assert len(near_words(["benali"])["benali"]) == NEAREST

    @pytest.mark.parametrize("typed", ["%", "_", "' OR 1=1", "é"])
    def test_what_is_no_name_finds_none(self, typed):
        Person.objects.create(given_name="Zoé", family_name="Durand", created_at=timezone.now())

        assert near_words([typed])[typed] == []
