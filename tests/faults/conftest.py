"""What the started products leave outside of their data folders."""

import shutil
from pathlib import Path

import pytest

from tests.faults.running import Running, free_port


@pytest.fixture(scope="session", autouse=True)
def _no_servers_left(tmp_path_factory):
    """Root's servers keep their files in /var/lib: remove those of the data folders that these tests made."""
    yield
    for marker in tmp_path_factory.getbasetemp().rglob("servers"):
        if marker.is_file():
            shutil.rmtree(Path(marker.read_text().splitlines()[1]), ignore_errors=True)


@pytest.fixture(scope="module")
def product(tmp_path_factory):
    """The whole product as `bin/serve` starts it, without tickets; `demo_port` shows what it sent."""
    running = Running(tmp_path_factory.mktemp("product") / "var")
    running.demo_port = free_port()
    running.start("--empty", "--demo-port", str(running.demo_port))
    yield running
    running.stop()
