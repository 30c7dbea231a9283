"""How a line of the log looks."""

import logging


class OneLine(logging.Formatter):
    """What refuses a request, in one line: neither a trace of ours nor the words of who sent it."""

    def formatException(self, _info: object) -> str:
        return ""

    def format(self, record: logging.LogRecord) -> str:
        return super().format(record).strip()
