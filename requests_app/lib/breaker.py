"""Leave a server alone for a while once it failed: nobody who waits for an answer waits for it twice."""

import logging
import time
from collections.abc import Callable
from typing import TypeVar

logger = logging.getLogger(__name__)
Value = TypeVar("Value")


class Breaker:
    """Asks one server; after one of ``failures``, not again for ``silence_s`` seconds of this process."""

    def __init__(self, *failures: type[Exception], silence_s: float = 5.0) -> None:
        self.failures, self.silence_s = failures, silence_s
        self._silent_until = 0.0

    def ask(self, question: Callable[[], Value], otherwise: Value, *, lost: str) -> Value:
        """Return the answer of the server, else ``otherwise``; ``lost`` says in the log what is missing."""
        if time.monotonic() < self._silent_until:
            return otherwise
        try:
            return question()
        except self.failures as error:
            self._silent_until = time.monotonic() + self.silence_s
            logger.warning("%s (%s)", lost, type(error).__name__)
            return otherwise
