"""How a line of the log looks: what happened and where, never the words it happened with (threats: P01)."""

import logging
import traceback
from collections.abc import Iterator
from types import TracebackType

Info = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class RedactingFormatter(logging.Formatter):
    """Names errors and their lines only: a database quotes what it refuses, Python what it cannot read."""

    def formatException(self, ei: Info) -> str:
        return "\n".join(line for error in _chain(ei[1]) for line in _trace_lines(error))

    def formatMessage(self, record: logging.LogRecord) -> str:
        """Format the sentence without the error's text, which Celery puts in it."""
        if isinstance(record.args, dict) and "exc" in record.args:
            error = record.exc_info[1] if record.exc_info else None
            record.message = record.msg % {**record.args, "exc": type(error).__name__}
        return super().formatMessage(record)


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """Yield an error's causes first."""
    if error is not None:
        yield from _chain(error.__cause__ or (None if error.__suppress_context__ else error.__context__))
        yield error


def _trace_lines(error: BaseException) -> Iterator[str]:
    yield from (line.rstrip() for line in traceback.format_tb(error.__traceback__))
    yield f"{type(error).__module__}.{type(error).__qualname__}"


class OneLine(logging.Formatter):
    """Logs what refuses a request in one line: neither a traceback nor the words of its sender."""

    def formatException(self, _info: object) -> str:
        return ""

    def format(self, record: logging.LogRecord) -> str:
        return super().format(record).strip()
