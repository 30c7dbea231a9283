"""A purge in a process of its own, on the tests' database and files, killed for real (`kill -9`)."""

import subprocess
import sys
import time

from django.conf import settings

from channels_app.mail.tests.doors import ROOT, our_world

PURGE = """
import sys
from datetime import datetime
import django
django.setup()
from django.core.files.storage import FileSystemStorage
from django.db import connection
from requests_app.privacy.services import purge
connection.ensure_connection()
print("ready", flush=True)
sys.stdin.readline()
purge(at=datetime.fromisoformat(sys.argv[1]), storage=FileSystemStorage(sys.argv[2]))
"""
KILLED = -9


def start_purge(*, at, **environment):
    """The process, ready to begin."""
    argv = [sys.executable, "-c", PURGE, at.isoformat(), str(settings.FILES_ROOT)]
    process = subprocess.Popen(
        argv, cwd=ROOT, env=our_world(**environment), stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdout.readline() == b"ready\n"
    return process


def begin(process):
    process.stdin.write(b"\n")
    process.stdin.flush()


def end_of(process):
    """How it ended; nothing of it is left open."""
    code = process.wait(60)
    process.stdin.close()
    process.stdout.close()
    return code


def purge_killed_at(point, *, at):
    """Let it die at a failpoint."""
    process = start_purge(at=at, FAILPOINT=f"{point}:kill")
    begin(process)
    return end_of(process)


def purge_killed_after(seconds, *, at):
    """Let it work for so long, then kill it; how it ended says whether it was quicker."""
    process = start_purge(at=at)
    begin(process)
    time.sleep(seconds)
    process.kill()
    return end_of(process)
