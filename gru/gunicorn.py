"""How the web server runs: few processes that share one loaded product, an event loop and threads inside
each.

Sized for a laptop; GRU_WEB_PROCESSES and GRU_WEB_THREADS size a larger machine.
"""

import gc
import os
from typing import Any

from gru.settings.environment import Environment

env = Environment()
worker_class = "gru.web.worker.BufferedWorker"
workers = env.number("GRU_WEB_PROCESSES", 2, least=1)
threads = env.number("GRU_WEB_THREADS", 4, least=1)
env.refuse_wrong_values()
preload_app = True
graceful_timeout = 8
timeout = 60
max_requests, max_requests_jitter = 20_000, 2_000  # gives back what a long-lived process leaks
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108 - heartbeats, no data
control_socket_disable = True
loglevel = "warning"


def when_ready(_server: Any) -> None:
    """Load what the first request would, once for all processes, and hide it from the garbage collector."""
    from django.urls import get_resolver

    _ = get_resolver().url_patterns
    gc.collect()
    gc.freeze()
