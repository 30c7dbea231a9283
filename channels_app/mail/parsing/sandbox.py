"""Read foreign mail in a process of its own, bounded in time and memory (threats M03, M04)."""

import contextlib
import os
import pickle
import select
import struct
import subprocess
import sys
import threading
import time
from pathlib import Path

from .model import Understood, Unreadable

LENGTH = struct.Struct(">Q")
CHUNK = 1 << 16
ROOT = Path(__file__).resolve().parents[3]
TOO_SLOW = "La lecture de ce courriel prend trop de temps."
CRASHED = "La lecture de ce courriel a échoué."


class _Gone(Exception):
    """The child ended."""


class _Late(Exception):
    """The child passed its time."""


class _Child:
    """One resident reader, with pipes that never block for longer than the deadline."""

    def __init__(self, memory_mb: int) -> None:
        self.owner, self.memory_mb = os.getpid(), memory_mb
        argv = [sys.executable, "-m", "channels_app.mail.parsing.child", str(memory_mb), str(self.owner)]
        environment = {"PATH": os.environ.get("PATH", ""), "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"}
        self.process = subprocess.Popen(
            argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, cwd=ROOT, bufsize=0
        )
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.into, self.out = self.process.stdin.fileno(), self.process.stdout.fileno()
        os.set_blocking(self.into, False)
        os.set_blocking(self.out, False)

    def ask(self, raw: bytes, deadline: float) -> bytes:
        self._write(LENGTH.pack(len(raw)) + raw, deadline)
        return self._read(LENGTH.unpack(self._read(LENGTH.size, deadline))[0], deadline)

    def _write(self, data: bytes, deadline: float) -> None:
        rest = memoryview(data)
        while rest:
            self._wait(deadline, writes=True)
            try:
                rest = rest[os.write(self.into, rest[:CHUNK]) :]
            except BlockingIOError:
                continue
            except OSError as error:
                raise _Gone from error

    def _read(self, size: int, deadline: float) -> bytes:
        pieces, missing = [], size
        while missing:
            self._wait(deadline, writes=False)
            try:
                piece = os.read(self.out, min(missing, 1 << 20))
            except BlockingIOError:
                continue
            if not piece:
                raise _Gone
            pieces.append(piece)
            missing -= len(piece)
        return b"".join(pieces)

    def _wait(self, deadline: float, *, writes: bool) -> None:
        poll = select.poll()
        poll.register(self.into if writes else self.out, select.POLLOUT if writes else select.POLLIN)
        left = deadline - time.monotonic()
        if left <= 0 or not poll.poll(left * 1000):
            raise _Late

    def end(self) -> None:
        """Close our ends; kill only a child that is ours (a fork also holds the pipes)."""
        if self.owner == os.getpid():
            self.process.kill()
            self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            if stream:
                with contextlib.suppress(OSError):
                    stream.close()


_lock = threading.Lock()
_child: _Child | None = None


def understand_safely(raw: bytes, *, seconds: float = 30, memory_mb: int = 512) -> Understood:
    """Read one mail in the resident child; any failure of the child is an Unreadable mail."""
    deadline = time.monotonic() + seconds
    with _lock:
        try:
            answer = _asked(raw, deadline, memory_mb)
        except _Late as late:
            _drop()
            raise Unreadable(TOO_SLOW) from late
        except _Gone as gone:
            _drop()
            raise Unreadable(CRASHED) from gone
    if isinstance(answer, Understood):
        return answer
    raise Unreadable(str(answer))


def _asked(raw: bytes, deadline: float, memory_mb: int) -> object:
    """Ask, and ask a new child once: the first may have died of age, with the thread that started it."""
    try:
        answer = _ready(memory_mb).ask(raw, deadline)
    except _Gone:
        _drop()
        answer = _ready(memory_mb).ask(raw, deadline)
    return pickle.loads(answer)  # noqa: S301 - written by our own child


def _ready(memory_mb: int) -> _Child:
    """Give the child of this process; another one after a fork, an end, or for another memory limit."""
    global _child
    if _child and (
        _child.owner != os.getpid() or _child.memory_mb != memory_mb or _child.process.poll() is not None
    ):
        _drop()
    if _child is None:
        _child = _Child(memory_mb)
    return _child


def _drop() -> None:
    global _child
    if _child:
        _child.end()
    _child = None


def _forget_lock() -> None:
    """A fork while another thread reads would leave the lock taken for ever."""
    global _lock
    _lock = threading.Lock()


os.register_at_fork(after_in_child=_forget_lock)
