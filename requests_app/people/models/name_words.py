from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Func


class NameWords(Func):
    """``people_name_words``: the words of a name, and each two consecutive ones joined."""

    function = "people_name_words"
    output_field = ArrayField(models.TextField())


class NameWord(models.Model):
    """A word of some name, once however many have it; a database trigger adds them.

    A town has a hundred times fewer of them than persons: typos are searched for here.
    """

    word = models.TextField(primary_key=True)

    class Meta:
        indexes = [GinIndex(OpClass(F("word"), name="gin_trgm_ops"), name="nameword_alike")]

    def __str__(self) -> str:
        return self.word
