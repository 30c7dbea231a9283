from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Func


class NameWords(Func):
    """``people_name_words``: the words of a name, and two that follow each other written as one."""

    function = "people_name_words"
    output_field = ArrayField(models.TextField())


class NameWord(models.Model):
    """A word that some name holds, once however many bear it; the database adds them (trigger).

    A town has a hundred times fewer of them than persons: a wrong letter is looked for here.
    """

    word = models.TextField(primary_key=True)

    class Meta:
        indexes = [GinIndex(OpClass(F("word"), name="gin_trgm_ops"), name="nameword_alike")]

    def __str__(self) -> str:
        return self.word
