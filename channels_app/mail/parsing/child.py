"""The resident process that reads foreign mail: `python -m channels_app.mail.parsing.child MEMORY_MB`.

It speaks over its own stdin and stdout: eight bytes of length, then the raw mail one way and a pickled
answer the other way. It has no Django, no database and no secret, and dies with its parent.
"""

import contextlib
import ctypes
import os
import pickle
import resource
import signal
import struct
import sys
from typing import BinaryIO

from . import Unreadable, understand

LENGTH = struct.Struct(">Q")
PR_SET_PDEATHSIG = 1
TOO_BIG = "La lecture de ce courriel demande trop de mémoire."


def main() -> None:
    """Answer until the parent closes the pipe."""
    _bind_to_parent()
    memory = int(sys.argv[1]) * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    while header := requests.read(LENGTH.size):
        raw = requests.read(LENGTH.unpack(header)[0])
        if not _answer(answers, raw):
            return


def _answer(answers: BinaryIO, raw: bytes) -> bool:
    """Send what was understood; after a lack of memory this process is no longer trusted."""
    is_sound, answer = True, b""
    try:
        answer = pickle.dumps(understand(raw), protocol=pickle.HIGHEST_PROTOCOL)
    except Unreadable as refusal:
        answer = pickle.dumps(str(refusal))
    except (MemoryError, RecursionError):
        is_sound, answer = False, pickle.dumps(TOO_BIG)
    answers.write(LENGTH.pack(len(answer)))
    answers.write(answer)
    answers.flush()
    return is_sound


def _bind_to_parent() -> None:
    """Ask the kernel to kill this process when its parent dies; Linux only, elsewhere the pipe ends it."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which then closes the pipe
    if len(sys.argv) > 2 and os.getppid() != int(sys.argv[2]):
        raise SystemExit(0)


if __name__ == "__main__":
    main()
