"""Where a role is held, as a condition and as an answer."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q


@dataclass(frozen=True)
class MaisonScope:
    """Where a role is held: everywhere, or at these Maisons."""

    everywhere: bool = False
    maisons: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return self.everywhere or bool(self.maisons)

    def __or__(self, other: "MaisonScope") -> "MaisonScope":
        return MaisonScope(self.everywhere or other.everywhere, self.maisons | other.maisons)

    def covers(self, maison_id: int | None, shared_with: Collection[int] = ()) -> bool:
        """Tell whether a ticket is covered; unplaced ones belong to roles held everywhere, or are shared."""
        if self.everywhere or maison_id is not None:
            return self.everywhere or maison_id in self.maisons
        return not self.maisons.isdisjoint(shared_with)

    def as_q(self, prefix: str = "") -> Q:
        """Build the condition on a ticket: placed here, or shared until it is; an empty one matches none."""
        placed = self.placed_q(prefix)
        if self.everywhere or not self.maisons:
            return placed
        held = {f"{prefix}maison": None, f"{prefix}shared_with__overlap": sorted(self.maisons)}
        return placed | Q(**held)

    def placed_q(self, prefix: str = "") -> Q:
        """Build the condition on a ticket's ``maison`` alone: what statistics count."""
        if self.everywhere:
            return Q()
        return Q(**{f"{prefix}maison_id__in": sorted(self.maisons)})
