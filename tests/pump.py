"""Pump patterns: texts made from a pattern's own parts, longer and longer (threats: N02).

A pattern is linear when twice the text costs twice the time. What makes one explode is a repetition that
is tried from many places, or in many ways, before it fails: so each repetition of the parse tree is fed
with what it takes, after what leads to it and before what it refuses.
"""

import gc
import re
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise, product, starmap
from re import _constants as sre
from re import _parser
from typing import Any

SIZES = tuple(1024 * 2**n for n in range(6))  # 1 to 32 kB
MAX_RATIO = 2.5
FLOOR_S = 0.004  # below, a clock measures itself
MAX_S = 0.9  # of CPU for 32 kB: linear, and too slow all the same
GIVE_UP_S = 1.0
SEEN_S = 0.001
ALPHABET = " \n0aé_-.@<>;:\"'\\,/\t\r&=+*|([!?#’\xa0"
TAILS = ("", "\n\x01")
ANYWAY = (*" \na0-<.@>", "a.", "a@", "a ", " \n", "\r\n", "1.", "> ", "- ", "=?", "<a", '\\"')
LONG = 50  # a repetition that may be longer than this is pumped

Measure = Callable[[Any], object]


@dataclass(frozen=True, slots=True)
class Shape:
    """A text of any size: a beginning, something over and over, an end."""

    head: str
    body: str
    tail: str

    def of(self, size: int) -> str:
        room = max(1, size - len(self.head) - len(self.tail))
        return self.head + (self.body * (room // len(self.body) + 1))[:room] + self.tail

    def text(self, size: int, *, encode: bool) -> Any:
        return self.of(size).encode("latin-1", "replace") if encode else self.of(size)


@dataclass(frozen=True, slots=True)
class Slow:
    """What was found: how the time grew, and on what."""

    shape: Shape
    times: tuple[float, ...]

    def __str__(self) -> str:
        grown = " ".join(f"{1000 * each:.1f}" for each in self.times)
        return f"{grown} ms on {self.shape.head[:40]!r} + {self.shape.body[:40]!r}… + {self.shape.tail!r}"


def slowness(pattern: re.Pattern[Any]) -> Slow | None:
    """The first shape on which a pattern is not linear, whichever way it is called.

    ``match`` is the first step of ``finditer``.
    """
    is_bytes = isinstance(pattern.pattern, bytes)
    calls: tuple[Measure, ...] = (lambda text: sum(1 for _ in pattern.finditer(text)), pattern.fullmatch)
    for shape, call in product(dict.fromkeys(shapes_of(pattern)), calls):
        if looks_steep(call, shape, encode=is_bytes) and (slow := grows(call, shape, encode=is_bytes)):
            return slow
    return None


def looks_steep(call: Measure, shape: Shape, *, encode: bool) -> bool:
    """A first look that costs little: most patterns are innocent of most shapes.

    An exponential pattern would never come back from a long text, so a very short one comes first.
    """
    if any(cpu(call, shape.text(size, encode=encode)) > FLOOR_S for size in (24, 400)):
        return True
    most = cpu(call, shape.text(8192, encode=encode))
    return most > SEEN_S and (
        most > MAX_S / 4 or most > 5.5 * cpu(call, shape.text(2048, encode=encode), tries=2)
    )


def grows(
    call: Measure, shape: Shape, *, encode: bool = False, sizes: tuple[int, ...] = SIZES, max_s: float = MAX_S
) -> Slow | None:
    """Whether time more than doubles and a half with the size, or is long all the same."""
    give_up_s = max(GIVE_UP_S, max_s)

    def cost(size: int, tries: int = 1) -> float:
        return cpu(call, shape.text(size, encode=encode), tries=tries, give_up_s=give_up_s)

    times, steep = [cost(sizes[0], 2)], 0
    for size in sizes[1:]:
        times.append(cost(size, 2))
        steep = steep + 1 if _is_steep(*times[-2:]) else 0
        if steep == 2 or times[-1] >= give_up_s:  # twice in a row is no accident
            return Slow(shape, tuple(times))
    is_slow = times[-1] > max_s or (
        any(starmap(_is_steep, pairwise(times))) and _is_steep_again(cost, sizes, times)
    )
    return Slow(shape, tuple(times)) if is_slow else None


def _is_steep(before: float, after: float) -> bool:
    return after > MAX_RATIO * before and before > FLOOR_S / 2 and after > FLOOR_S


def _is_steep_again(cost: Callable[[int, int], float], sizes: tuple[int, ...], times: list[float]) -> bool:
    """Measure the steepest step again, best of five: another process may have had our core, or our cache."""
    step = max(range(1, len(times)), key=lambda n: times[n] / max(times[n - 1], FLOOR_S / 2))
    return _is_steep(cost(sizes[step - 1], 5), cost(sizes[step], 5))


def cpu(call: Measure, text: Any, *, tries: int = 1, give_up_s: float = GIVE_UP_S) -> float:
    """CPU seconds of a call, best of some; ``give_up_s`` when it had to be stopped."""
    best = give_up_s
    for _ in range(tries):
        began = time.thread_time()
        try:
            with _no_collection(), _stopped_after(give_up_s):
                call(text)
        except _Stopped:
            return give_up_s
        best = min(best, time.thread_time() - began)
    return best


@contextmanager
def _no_collection() -> Iterator[None]:
    """Late in a run, walking all that the other tests left alive costs more than what is measured."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


class _Stopped(BaseException):
    """The call would not end."""


@contextmanager
def _stopped_after(seconds: float) -> Iterator[None]:
    """Patterns look at signals while they work; so this ends what would take for ever."""

    def stop(*_: object) -> None:
        raise _Stopped

    former = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, former)


# --- what a pattern is fed with ------------------------------------------------------------------
def shapes_of(pattern: re.Pattern[Any]) -> Iterator[Shape]:
    """Shapes made from the parse tree, then some that are bad for many patterns."""
    tree = _parser.parse(pattern.pattern, pattern.flags)
    found = list(_repeats(list(tree), ""))
    eaten = list(dict.fromkeys(item for _head, content in found for item in _items(content)))
    for head, content in found:
        for item, tail in product(_items(content), TAILS):
            yield Shape(head, item, tail)
            if head:
                yield Shape("", head + item, tail)
                yield Shape("", head + item * 40, tail)
        if head:
            yield Shape("", head, "\x01")
    singles = [item for item in eaten if len(item) == 1][:5]
    for first, second in product(singles, singles):
        yield Shape("", first + second, "\x01")
    for body in (*ANYWAY, *(body for body in eaten if len(body) > 1)):
        yield Shape("", body, "\x01")


def _repeats(tree: list[Any], head: str) -> Iterator[tuple[str, list[Any]]]:
    """Each repetition that may be long, with a text that leads to it."""
    for op, argument in tree:
        if op in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
            _least, most, content = argument
            if most > LONG:
                yield head, list(content)
            yield from _repeats(list(content), head)
        for branch in _inside(op, argument):
            yield from _repeats(branch, head)
        head += _sample([(op, argument)])


def _inside(op: Any, argument: Any) -> list[list[Any]]:
    if op is sre.BRANCH:
        return [list(branch) for branch in argument[1]]
    if op is sre.SUBPATTERN:
        return [list(argument[3])]
    if op in (sre.ASSERT, sre.ASSERT_NOT):
        return [list(argument[1])]
    if op is sre.ATOMIC_GROUP:
        return [list(argument)]
    return []


def _sample(tree: list[Any]) -> str:
    """The shortest text that a tree takes, more or less."""
    return "".join(_sample_of(op, argument) for op, argument in tree)


def _sample_of(op: Any, argument: Any) -> str:
    if op in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
        least, _most, content = argument
        return _sample(list(content)) * least
    if op is sre.BRANCH:
        return min((_sample(list(branch)) for branch in argument[1]), key=len)
    if op in (sre.SUBPATTERN, sre.ATOMIC_GROUP):
        return _sample(_inside(op, argument)[0])
    if op is sre.AT and argument is sre.AT_BEGINNING_LINE:
        return "\n"
    return (_signs_of(op, argument) or [""])[0]


def _items(content: list[Any]) -> list[str]:
    """Some texts that one turn of a repetition takes."""
    if len(content) == 1 and (taken := _signs_of(*content[0])):
        return taken[:6]
    branches = [branch for op, argument in content for branch in _inside(op, argument)]
    texts = [_sample(content), *(_sample(branch) for branch in branches)]
    longer = [_sample(list(argument[2])) for op, argument in content if op is sre.MAX_REPEAT]
    return list(dict.fromkeys(text for text in (*texts, *longer, _sample(content) + "".join(longer)) if text))


def _signs_of(op: Any, argument: Any) -> list[str]:
    """The signs that one node takes, those of its own first."""
    if op is sre.LITERAL:
        return [chr(argument)]
    if op is sre.NOT_LITERAL:
        return [sign for sign in ALPHABET if ord(sign) != argument]
    if op is sre.ANY:
        return list("a 0.-é")
    if op is not sre.IN:
        return []
    own = [chr(value) for kind, value in argument if kind is sre.LITERAL and argument[0][0] is not sre.NEGATE]
    return list(dict.fromkeys(sign for sign in (*own[:3], *ALPHABET) if _is_in(sign, argument)))


def _is_in(sign: str, members: list[Any]) -> bool:
    is_negated = bool(members) and members[0][0] is sre.NEGATE
    return any(_is_one_of(sign, kind, value) for kind, value in members) != is_negated


def _is_one_of(sign: str, kind: Any, value: Any) -> bool:
    if kind is sre.LITERAL:
        return ord(sign) == value
    if kind is sre.RANGE:
        return value[0] <= ord(sign) <= value[1]
    if kind is sre.CATEGORY:
        classes = {"DIGIT": r"\d", "SPACE": r"\s", "WORD": r"\w"}
        name = str(value).removeprefix("CATEGORY_")
        return bool(re.match(classes[name.removeprefix("NOT_")], sign)) != name.startswith("NOT_")
    return False
