"""What a process caches of the territory, until the territory changes."""

from collections.abc import Callable
from typing import Generic, TypeVar
from uuid import UUID

from requests_app.maisons.models import TerritoryVersion

T = TypeVar("T")


class Remembered(Generic[T]):
    """Call it: reads once per process and after each change of the territory, one statement otherwise."""

    def __init__(self, read: Callable[[], T]) -> None:
        self._read = read
        self._kept: tuple[UUID, T] | None = None

    def __call__(self) -> T:
        version = TerritoryVersion.objects.values_list("token", flat=True).first()
        if version is None:
            return self._read()
        if self._kept is None or self._kept[0] != version:
            self._kept = (version, self._read())
        return self._kept[1]
