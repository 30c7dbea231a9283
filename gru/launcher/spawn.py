"""Start child processes that die with the launcher, even when it is killed."""

import ctypes
import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Any

_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None)


def spawn(
    argv: Sequence[str | Path],
    *,
    env: Mapping[str, str],
    output: IO[bytes] | int | None,
    cwd: Path | str = "/",
    death_signal: int = signal.SIGTERM,
    **popen: Any,
) -> subprocess.Popen[bytes]:
    """Start `argv`, by default in its own session and without input.

    `death_signal` reaches it when the launcher ends. Call it from the main thread: the kernel watches the
    thread that forked, not the process.
    """
    me = os.getpid()
    options: dict[str, Any] = {"stdin": subprocess.DEVNULL, "start_new_session": True, **popen}

    def prepare_child() -> None:  # after setuid, which would clear the death signal
        _LIBC.prctl(_PR_SET_PDEATHSIG, death_signal)
        if os.getppid() != me:
            os._exit(1)

    return subprocess.Popen(
        [str(word) for word in argv],
        stdout=output,
        stderr=None if output is None else subprocess.STDOUT,
        env=dict(env),
        cwd=cwd,
        preexec_fn=prepare_child,
        **options,
    )


def open_log(path: Path, *, keep_bytes: int = 5_000_000) -> IO[bytes]:
    """Open a log for appending; one larger than `keep_bytes` becomes the `.1` file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists() and path.stat().st_size > keep_bytes:
        path.rename(path.with_name(path.name + ".1"))
    return path.open("ab")


def tail(path: Path, *, size: int = 2000) -> str:
    """Return the end of a log, for a message; nothing when it cannot be read."""
    try:
        return path.read_bytes()[-size:].decode(errors="replace")
    except OSError:
        return ""
