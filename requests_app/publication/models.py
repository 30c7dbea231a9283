from django.db import models
from django.db.models import Q

from requests_app.publication.quarters import Quarter


class Publication(models.Model):
    """A quarter made public, once: what comes to be known later changes nothing of it.

    Two versions of one number would tell of the few people between them (threats: P06).
    """

    quarter = models.DateField(unique=True)  # its first day
    published_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.as_quarter.code

    @property
    def as_quarter(self) -> Quarter:
        return Quarter(self.quarter)


class Indicator(models.Model):
    """One number of a quarter: of a Maison, of those too small for one of their own, or of the territory.

    ``n`` people or requests and ``share`` (a percentage) are rounded to five. ``middle`` and ``most`` are
    what half of the people waited at most, and eight or nine in ten: days for a first appointment, minutes at
    the desk. None where nothing can be said.
    """

    class Kind(models.TextChoices):
        ANSWERED = "answered"
        APPOINTMENT = "appointment"
        WAIT = "wait"
        CALLED = "called"
        FELT = "felt"

    class Extent(models.TextChoices):
        MAISON = "maison"
        OTHERS = "others"
        TERRITORY = "territory"

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="indicators")
    kind = models.CharField(max_length=11, choices=Kind.choices)
    extent = models.CharField(max_length=9, choices=Extent.choices)
    maison = models.ForeignKey(
        "maisons.Maison", models.PROTECT, null=True, blank=True, related_name="indicators"
    )
    n = models.PositiveIntegerField()
    share = models.PositiveSmallIntegerField(null=True, blank=True)
    middle = models.PositiveIntegerField(null=True, blank=True)
    most = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "kind", "extent", "maison"],
                nulls_distinct=False,
                name="indicator_once",
            ),
            models.CheckConstraint(
                name="indicator_of_a_maison_names_it",
                condition=Q(extent="maison", maison__isnull=False) | ~Q(extent="maison") & Q(maison=None),
            ),
            models.CheckConstraint(name="indicator_of_five_people", condition=Q(n__gte=5)),
        ]

    def __str__(self) -> str:
        return f"indicator {self.pk}"
