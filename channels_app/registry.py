"""Key of a channel → its adapter; requests_app/channels holds what each app registered."""

from typing import cast

from channels_app.contract import Adapter, Arrived, Exporting, Glance, Glancing, Salvaging, Unreadable
from requests_app.channels.registry import registered
from requests_app.tickets.said import Said


def _adapters() -> dict[str, Adapter]:
    return {each.key: cast(Adapter, each.inbound) for each in registered() if each.inbound is not None}


def adapter_for(kind: str) -> Adapter:
    """The adapter of a kind; KeyError when no app has registered it."""
    return _adapters()[kind]


def kinds() -> list[str]:
    """The doors that are open, in the order of the settings’ apps."""
    return list(_adapters())


def glance_at(kind: str, arrived: Arrived) -> Glance | None:
    """What a raw input says in words; None when its channel cannot tell, or is closed."""
    adapter = _adapters().get(kind)
    return adapter.glance(arrived) if isinstance(adapter, Glancing) else None


def salvage_from(kind: str, arrived: Arrived, *, is_brief: bool = False) -> Said | None:
    """What can be read of an input that became no ticket; None when its channel reads nothing of it."""
    adapter = _adapters().get(kind)
    if not isinstance(adapter, Salvaging):
        return None
    try:
        return adapter.salvage(arrived, is_brief=is_brief)
    except Unreadable:
        return None


def exporter_of(kind: str) -> Exporting | None:
    """The channel that tells its arrivals in a shape of its own; None when the common one does."""
    adapter = _adapters().get(kind)
    return adapter if isinstance(adapter, Exporting) else None
