"""The worker threads: pages, providers' calls and probes never wait for one another (threats: F11)."""

from typing import Any

from waitress.task import ThreadedTaskDispatcher

INTAKE_THREADS, PROBE_THREADS = 2, 2
INTAKE, PROBES = "/entree/", ("/healthz", "/metrics")


class Pools:
    """Hands each request to its own group of threads."""

    def __init__(self, threads: int) -> None:
        self.pages, self.intake, self.probes = (ThreadedTaskDispatcher() for _ in range(3))
        self.pages.set_thread_count(threads)
        self.intake.set_thread_count(INTAKE_THREADS)
        self.probes.set_thread_count(PROBE_THREADS)
        self.served = 0

    def add_task(self, channel: Any) -> None:
        """Queue the first request of a connection."""
        self.served += 1
        self._pool_of(str(getattr(channel.requests[0], "path", ""))).add_task(channel)

    def shutdown(self, cancel_pending: bool = True, timeout: float = 5) -> None:
        """Stop the threads once they are free."""
        for pool in (self.pages, self.intake, self.probes):
            pool.shutdown(cancel_pending, timeout)

    def _pool_of(self, path: str) -> ThreadedTaskDispatcher:
        if path in PROBES:
            return self.probes
        return self.intake if path.startswith(INTAKE) else self.pages
