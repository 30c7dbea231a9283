from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Func, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _

from requests_app.people.models.name_words import NameWords


class Unaccent(Func):
    """``f_unaccent``: the immutable wrapper, usable in indexes and generated columns."""

    function = "f_unaccent"
    output_field = models.TextField()


class Spaced(Func):
    """Hyphens, apostrophes and dots become spaces; only migrations still name it."""

    function = "translate"
    template = "%(function)s(%(expressions)s, '-''’.', '    ')"
    output_field = models.TextField()


class PlainName(Func):
    """``people_plain_name``: as plain_names.py writes it, « Jean-Pierre Işık » → « jean pierre isik »."""

    function = "people_plain_name"
    output_field = models.TextField()


class Person(models.Model):
    """A person who turns to the authority; nothing is compulsory, not even a name.

    ``merged_into``: two files were one person, and this number leads to the other one.
    """

    given_name = models.CharField(_("Prénom"), max_length=80, blank=True)
    family_name = models.CharField(_("Nom"), max_length=80, blank=True)
    usage_name = models.CharField(_("Nom d’usage"), max_length=80, blank=True)
    birth_year = models.SmallIntegerField(_("Année de naissance"), null=True, blank=True)
    birth_date = models.DateField(_("Date de naissance"), null=True, blank=True)
    language = models.CharField(max_length=5, blank=True, default="", db_default="")  # last written in
    created_at = models.DateTimeField()
    created_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, blank=True, related_name="+")
    merged_into = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="+")
    # « samira benali benali » behind a space: what a name search reads, kept by the database in the same
    # statement. The space lets « every word that begins with ben » be one pattern: '% ben%'.
    search_name = models.GeneratedField(
        expression=PlainName(
            Concat(Value(" "), F("given_name"), Value(" "), F("family_name"), Value(" "), F("usage_name"))
        ),
        output_field=models.TextField(),
        db_persist=True,
    )

    class Meta:
        indexes = [
            GinIndex(OpClass(F("search_name"), name="gin_trgm_ops"), name="person_search_name"),
            GinIndex(NameWords(F("given_name"), F("family_name"), F("usage_name")), name="person_name_words"),
            models.Index(fields=["birth_date"], name="person_birth_date"),
            models.Index(fields=["birth_year"], name="person_birth_year"),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """Return how to call the person: « Samira Benali », or "" when nobody said."""
        return f"{self.given_name} {self.usage_name or self.family_name}".strip()
