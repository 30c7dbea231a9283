"""Where a role is held, as a condition and as an answer."""

from dataclasses import dataclass

from django.db.models import Q


@dataclass(frozen=True)
class Reach:
    """Where a role is held: everywhere, or at these Maisons."""

    everywhere: bool = False
    maisons: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return self.everywhere or bool(self.maisons)

    def __or__(self, other: "Reach") -> "Reach":
        return Reach(self.everywhere or other.everywhere, self.maisons | other.maisons)

    def covers(self, maison_id: int | None) -> bool:
        """Unplaced tickets (no Maison) belong to who holds the role everywhere."""
        return self.everywhere or (maison_id is not None and maison_id in self.maisons)

    def as_q(self, prefix: str = "") -> Q:
        """As a condition on the ``maison`` of a ticket; an empty reach matches nothing."""
        if self.everywhere:
            return Q()
        return Q(**{f"{prefix}maison_id__in": sorted(self.maisons)})
