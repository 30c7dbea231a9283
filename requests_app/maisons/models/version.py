"""Which state of the territory is in the database."""

from django.db import models


class TerritoryVersion(models.Model):
    """One row whose token changes with every write to the territory, by a trigger, whatever writes.

    Processes that cache the territory in memory compare tokens instead of reading the tables again.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    token = models.UUIDField()

    class Meta:
        constraints = [models.CheckConstraint(name="territoryversion_is_one_row", condition=models.Q(id=1))]

    def __str__(self) -> str:
        return str(self.token)
