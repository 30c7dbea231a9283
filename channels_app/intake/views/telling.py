"""What became of the selected messages, in sentences; failures are named with their reason."""

from collections.abc import Iterator

from django.contrib.messages import constants as level
from django.utils.translation import ngettext

from channels_app.intake.services import RetryResult

SHOWN = 3


def describe_retried(told: RetryResult) -> Iterator[tuple[int, str]]:
    """Yield one sentence for each outcome, with its level."""
    if told.heard:
        words = ngettext(
            "%(n)s message est lu. Il est joint à la demande %(which)s.",
            "%(n)s messages sont lus. Ils sont joints aux demandes %(which)s.",
            len(told.heard),
        )
        yield level.SUCCESS, words % {"n": len(told.heard), "which": _some(told.heard)}
    if told.discarded:
        words = ngettext(
            "%(n)s message est écarté par une règle : %(why)s",
            "%(n)s messages sont écartés par une règle : %(why)s",
            len(told.discarded),
        )
        yield level.INFO, words % {"n": len(told.discarded), "why": _some(told.discarded)}
    if told.later:
        words = ngettext(
            "%(n)s message repart en lecture.", "%(n)s messages repartent en lecture.", told.later
        )
        yield level.INFO, words % {"n": told.later}
    if told.failed:
        words = ngettext(
            "%(n)s message ne se lit toujours pas : %(why)s",
            "%(n)s messages ne se lisent toujours pas : %(why)s",
            len(told.failed),
        )
        yield level.WARNING, words % {"n": len(told.failed), "why": _some(told.failed)}
    if told.gone:
        yield level.ERROR, describe_gone(told.gone)


def describe_gone(count: int) -> str:
    """Say that a colleague or a worker was quicker."""
    words = ngettext(
        "%(n)s message n’est plus en quarantaine : rien n’a changé pour lui.",
        "%(n)s messages ne sont plus en quarantaine : rien n’a changé pour eux.",
        count,
    )
    return words % {"n": count}


def _some(words: list[str]) -> str:
    """Return the first distinct ones, and how many others."""
    different = list(dict.fromkeys(words))
    rest = len(different) - SHOWN
    more = ngettext("et %(n)s autre", "et %(n)s autres", rest) % {"n": rest} if rest > 0 else ""
    return ", ".join([*different[:SHOWN], *([more] if more else [])])
