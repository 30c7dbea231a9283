"""Parse foreign mail in a process of its own, bounded in time and memory (threats M03, M04, N02)."""

import contextlib
import json
import os
import select
import signal
import struct
import subprocess
import sys
import threading
import time
from pathlib import Path

from .model import TooSlow, Understood, Unreadable
from .wire import MAX_HEADER_BYTES, Malformed, blob_sizes, decode

REQUEST, ANSWER = struct.Struct(">Qd"), struct.Struct(">QQ")
CPU_S = 5.0  # that one mail may take
MAX_REFUSAL = 200  # characters of the sentence that says why a mail cannot be read
CHUNK = 1 << 16
ROOT = Path(__file__).resolve().parents[3]
TOO_SLOW = "La lecture de ce courriel prend trop de temps."
CRASHED = "La lecture de ce courriel a échoué."


class _Gone(Exception):
    """The child ended."""


class _Late(Exception):
    """The child exceeded its time."""


class _Spent(Exception):
    """The mail exceeded its CPU time."""


class _Child:
    """One resident parser, with pipes that never block beyond the deadline."""

    def __init__(self, memory_mb: int) -> None:
        self.owner, self.memory_mb = os.getpid(), memory_mb
        argv = [sys.executable, "-m", "channels_app.mail.parsing.child", str(memory_mb), str(self.owner)]
        self.process = subprocess.Popen(
            argv,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # an error would quote the mail in our log
            env={"PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"},
            cwd=ROOT,
            bufsize=0,
        )
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.into, self.out = self.process.stdin.fileno(), self.process.stdout.fileno()
        os.set_blocking(self.into, False)
        os.set_blocking(self.out, False)

    def ask(self, raw: bytes, deadline: float, cpu_s: float) -> tuple[object, bytes]:
        """Send a mail; return the header of the answer, and the bytes that follow it."""
        self._write(REQUEST.pack(len(raw), cpu_s), deadline)
        self._write(raw, deadline)
        words, size = ANSWER.unpack(self._read(ANSWER.size, deadline))
        if words > MAX_HEADER_BYTES or size > 2 * len(raw) + MAX_HEADER_BYTES:
            raise Malformed
        return json.loads(self._read(words, deadline)), self._read(size, deadline)

    def was_stopped(self) -> bool:
        """Return whether the kernel ended it for its CPU; its pipe is closed, so it is about to end."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(2)
        return self.process.returncode in (-signal.SIGVTALRM, -signal.SIGPROF)

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
        """Close our ends; kill the child only if it is ours (a fork also has the pipes)."""
        if self.owner == os.getpid():
            self.process.kill()
            self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            if stream:
                with contextlib.suppress(OSError):
                    stream.close()


_lock = threading.Lock()
_child: _Child | None = None


def understand_safely(
    raw: bytes, *, seconds: float = 30, cpu_s: float = CPU_S, memory_mb: int = 512
) -> Understood:
    """Parse one mail in the resident child; any failure of the child is an Unreadable mail.

    Raises TooSlow, a subclass, when it takes more than ``cpu_s`` of CPU.
    """
    deadline = time.monotonic() + seconds
    with _lock:
        try:
            return _read_answer(*_ask_twice(raw, deadline, cpu_s, memory_mb))
        except _Late as late:
            _drop()
            raise Unreadable(TOO_SLOW) from late
        except _Spent as spent:
            raise TooSlow(TOO_SLOW) from spent
        except (_Gone, Malformed, ValueError, RecursionError) as failure:
            _drop()
            raise Unreadable(CRASHED) from failure


def _read_answer(header: object, data: bytes) -> Understood:
    """Return the mail of an answer, checked; raises Unreadable, or Malformed for a forged answer."""
    told = header if isinstance(header, dict) and len(header) == 1 else {}
    if told.get("late") is True:
        raise _Spent
    if isinstance(refusal := told.get("refused"), str) and refusal.isprintable():
        raise Unreadable(refusal[:MAX_REFUSAL])
    mail = told.get("mail")
    if blob_sizes(mail) != len(data):
        raise Malformed
    return decode(mail, memoryview(data))


def _ask_twice(raw: bytes, deadline: float, cpu_s: float, memory_mb: int) -> tuple[object, bytes]:
    """Ask, then ask a new child once: the first may have died with the thread that started it."""
    try:
        return _ask(raw, deadline, cpu_s, memory_mb)
    except _Gone:
        _drop()
        return _ask(raw, deadline, cpu_s, memory_mb)


def _ask(raw: bytes, deadline: float, cpu_s: float, memory_mb: int) -> tuple[object, bytes]:
    child = _ready(memory_mb)
    try:
        return child.ask(raw, deadline, cpu_s)
    except _Gone as gone:
        if child.was_stopped():
            _drop()
            raise _Spent from gone
        raise


def _ready(memory_mb: int) -> _Child:
    """Return the child of this process; a new one after a fork, its end, or for another memory limit."""
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
    """Replace the lock after a fork: another thread may have held it, and it would never be released."""
    global _lock
    _lock = threading.Lock()


os.register_at_fork(after_in_child=_forget_lock)
