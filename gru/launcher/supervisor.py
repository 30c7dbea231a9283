"""Keep the product's processes alive, and stop them all."""

import os
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from gru.launcher.refusal import Refusal
from gru.launcher.steps import say

_MAX_PAUSE = 30.0
_STEADY_SECONDS = 60  # seconds of life after which a process restarts without delay
_HOPELESS_DEATHS = 4
_PATIENCE = 10.0  # seconds given to running requests and tasks when stopping


@dataclass
class Child:
    """One process: how to start it, where it writes, and what became of it."""

    name: str
    launch: Callable[[], subprocess.Popen[bytes]]
    log: Path
    process: subprocess.Popen[bytes] | None = None
    deaths: int = 0
    started_at: float = 0.0
    due_at: float = 0.0  # when it restarts; 0 while it runs

    def start(self) -> None:
        """Start it now."""
        self.started_at, self.due_at = time.monotonic(), 0.0
        self.process = self.launch()

    def has_died(self) -> bool:
        """Tell whether it ran and ended by itself."""
        return self.process is not None and self.process.poll() is not None


class Supervisor:
    """Watches children; restarts one that dies, sooner or later depending on how long it lived."""

    def __init__(self) -> None:
        self.children: list[Child] = []

    def add(self, child: Child) -> None:
        """Watch a child from now on, starting it if it does not run yet."""
        self.children.append(child)  # before its start, so that a stop in between finds it
        if child.process is None:
            child.start()

    def tick(self) -> None:
        """Look once at every child: note the deaths, restart those whose delay is over."""
        for child in self.children:
            if child.due_at:
                self._restart_when_due(child)
            elif child.has_died():
                self._note_death(child)

    def _note_death(self, child: Child) -> None:
        now = time.monotonic()
        if now - child.started_at > _STEADY_SECONDS:
            child.deaths = 0
        child.deaths += 1
        pause = min(0.5 * 2 ** (child.deaths - 1), _MAX_PAUSE)
        child.due_at = now + pause
        code = child.process.returncode if child.process else "?"
        say(f"{child.name} s’est arrêté (code {code}) : nouveau départ dans {pause:g} s, journal {child.log}")

    def _restart_when_due(self, child: Child) -> None:
        if time.monotonic() < child.due_at:
            return
        try:
            child.start()
        except (Refusal, OSError) as error:
            child.deaths += 1
            child.due_at = time.monotonic() + _MAX_PAUSE
            say(f"{child.name} ne repart pas ({error}) : nouvel essai dans {_MAX_PAUSE:g} s")

    def hopeless(self) -> Child | None:
        """Return a crash-looping child: while starting, waiting longer is no use."""
        return next((child for child in self.children if child.deaths >= _HOPELESS_DEATHS), None)

    def stop(self) -> None:
        """Ask every child to end, then kill those that remain."""
        living = [child.process for child in self.children if child.process and child.process.poll() is None]
        for process in living:
            process.send_signal(signal.SIGTERM)
        _wait(living, _PATIENCE)
        for signum in (signal.SIGQUIT, signal.SIGKILL):  # a worker hands its task back on SIGQUIT
            for process in living:
                if process.poll() is None:
                    _signal_group(process, signum)
            _wait(living, 2.0)


def _wait(processes: list[subprocess.Popen[bytes]], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    for process in processes:
        try:
            process.wait(max(0.05, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            continue


def _signal_group(process: subprocess.Popen[bytes], signum: int) -> None:
    try:
        os.killpg(process.pid, signum)
    except ProcessLookupError:
        process.send_signal(signum)
