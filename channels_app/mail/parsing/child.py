"""The resident process that parses mail: `python -m channels_app.mail.parsing.child MEMORY_MB PARENT`.

It speaks over its own stdin and stdout: a length, the CPU seconds it may take, and the raw mail one way;
a JSON header and the bytes of files the other way. It has no Django, no database, no secret, no file and
no network, and dies with its parent.
"""

import contextlib
import ctypes
import json
import os
import signal
import struct
import sys
from types import FrameType
from typing import BinaryIO

from . import Unreadable, understand
from .lockdown import lock_down
from .wire import encode

REQUEST, ANSWER = struct.Struct(">Qd"), struct.Struct(">QQ")
PR_SET_PDEATHSIG = 1
GRACE_S = 0.5  # of CPU, for a call that ignores signals; then the kernel ends this process
TOO_BIG = "La lecture de ce courriel demande trop de mémoire."


class _OutOfTime(BaseException):
    """The mail used up its CPU; a BaseException, so that no handler of ordinary errors catches it."""


def main() -> None:
    """Answer until the parent closes the pipe."""
    _bind_to_parent()
    signal.signal(signal.SIGPROF, _stop)
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    lock_down(int(sys.argv[1]) * 1024 * 1024)
    while header := requests.read(REQUEST.size):
        size, seconds = REQUEST.unpack(header)
        if not _answer(answers, requests.read(size), seconds):
            return


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise _OutOfTime


def _answer(answers: BinaryIO, raw: bytes, seconds: float) -> bool:
    """Send what was parsed; after running out of memory this process is no longer trusted."""
    is_sound, blobs = True, list[bytes]()
    try:
        words, blobs = _read(raw, seconds)
    except _OutOfTime:
        words = b'{"late": true}'
    except Unreadable as refusal:
        words = json.dumps({"refused": str(refusal)}).encode()
    except (MemoryError, RecursionError):
        is_sound, words = False, json.dumps({"refused": TOO_BIG}).encode()
    answers.write(ANSWER.pack(len(words), sum(map(len, blobs))))
    for piece in (words, *blobs):
        answers.write(piece)
    answers.flush()
    return is_sound


def _read(raw: bytes, seconds: float) -> tuple[bytes, list[bytes]]:
    """Parse within N seconds of CPU; SIGVTALRM has no handler and kills what would not stop."""
    try:
        signal.setitimer(signal.ITIMER_VIRTUAL, seconds + GRACE_S)
        signal.setitimer(signal.ITIMER_PROF, seconds)
        return encode(understand(raw))
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def _bind_to_parent() -> None:
    """Ask the kernel to kill this process when its parent dies; Linux only, elsewhere the pipe ends it."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which then closes the pipe
    if len(sys.argv) > 2 and os.getppid() != int(sys.argv[2]):
        raise SystemExit(0)


if __name__ == "__main__":
    main()
