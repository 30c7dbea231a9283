"""Stores mails in a few threads, each with its own connection, and enqueues them afterwards."""

import asyncio
import ctypes
import logging
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from queue import SimpleQueue
from threading import Barrier, BrokenBarrierError, Thread
from typing import Any

from django.db import InterfaceError, OperationalError, connection, connections
from django.utils import timezone

from channels_app.intake import services as intake
from channels_app.mail.door import answers
from channels_app.mail.key import KEY
from channels_app.mail.mailboxes import mailbox_of
from requests_app.lib.enqueue import enqueue_now
from requests_app.lib.failpoints import failpoint

logger = logging.getLogger(__name__)

THREADS = 4  # concurrent commits; more did not give more mails per second
BIG = 1024 * 1024  # the driver copies such a mail several times in memory: one at a time
STATEMENT_TIMEOUT_MS = 30_000  # threats: F11
DISK_FULL = "53100"
M_MMAP_THRESHOLD = -3  # malloc.h


def give_big_blocks_back() -> None:
    """Let glibc return the memory of big mails at once: by default it holds hundreds of megabytes."""
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).mallopt(M_MMAP_THRESHOLD, BIG)


class MailWriter:
    """A small pool; `close` waits for what is being written."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="writer")
        self._pool_of_big = ThreadPoolExecutor(1, thread_name_prefix="big-writer")
        self._stored_ids: SimpleQueue[int | None] = SimpleQueue()
        self._enqueuer = Thread(target=self._enqueue_for_ever, name="enqueuer", daemon=True)
        self._enqueuer.start()

    async def store(self, raw: bytes, to: Iterable[str], source: str, facts: dict[str, Any]) -> list[str]:
        """Store one mail for each of its recipients; returns their replies, in order.

        A mailbox given twice, even with another +detail, is stored once; the bytes go with the first.
        """
        loop = asyncio.get_running_loop()
        pool = self._pool_of_big if len(raw) > BIG else self._pool
        boxes = [mailbox_of(address) for address in to]
        addresses = dict(zip(reversed(boxes), reversed([address.lower() for address in to]), strict=True))
        first, *others = dict.fromkeys(boxes)
        store = partial(self._store_for, raw, source, facts)
        answer, holder = await loop.run_in_executor(pool, store, addresses[first], None)
        running = [loop.run_in_executor(pool, store, addresses[box], holder) for box in others]
        said = [answer, *(answer for answer, _id in await asyncio.gather(*running))]
        ended = dict(zip([first, *others], said, strict=True))
        return [ended[box] for box in boxes]

    def _store_for(
        self, raw: bytes, source: str, facts: dict[str, Any], address: str, same_as: int | None
    ) -> tuple[str, int | None]:
        """Store it for one address; returns the reply and the arrival."""
        failpoint("door.before_store")
        try:
            stored = _store(raw, address, source, facts, same_as)
        except (OperationalError, InterfaceError) as error:
            logger.error("mail door: the database refused (%s)", type(error).__name__)
            return answers.NO_ROOM if _is_disk_full(error) else answers.LATER, None
        except Exception as error:  # the sender will try again: a crash here must not lose the mail
            logger.error("mail door: not stored (%s)", type(error).__name__)
            connection.close()
            return answers.LATER, None
        failpoint("door.after_store")
        if stored.is_new:
            self._stored_ids.put(stored.arrival_id)
        return answers.KEPT, stored.arrival_id

    def _enqueue_for_ever(self) -> None:
        """Enqueue in a thread of its own: a broker that hangs makes no sender wait."""
        while (arrival_id := self._stored_ids.get()) is not None:
            enqueue_now("intake.process", arrival_id=arrival_id)

    def run(self, work: Any) -> Any:
        """Run something that needs the database outside the event loop."""
        return asyncio.get_running_loop().run_in_executor(self._pool, work)

    def close(self) -> None:
        """Finish what is being written, enqueue what can be within two seconds."""
        all_here = Barrier(THREADS)  # each thread closes its own connection, and none closes twice
        for _ in range(THREADS):
            self._pool.submit(_leave, all_here)
        self._pool_of_big.submit(connections.close_all)
        self._pool_of_big.shutdown()
        self._pool.shutdown()
        self._stored_ids.put(None)
        self._enqueuer.join(2)


def _leave(all_here: Barrier) -> None:
    with suppress(BrokenBarrierError):
        all_here.wait(5)
    connections.close_all()


def _store(
    raw: bytes, address: str, source: str, facts: dict[str, Any], same_as: int | None
) -> intake.Stored:
    """Store it; when the connection was lost, once more on a new one (the key makes that harmless)."""
    keep = partial(
        intake.store_unqueued,
        channel=KEY,
        address=address,
        raw=raw,
        source=source,
        facts=facts,
        same_as=same_as,
    )
    try:
        return keep(at=timezone.now())
    except (OperationalError, InterfaceError):
        connection.close()
    try:
        return keep(at=timezone.now())
    except (OperationalError, InterfaceError):
        connection.close()
        raise


def _is_disk_full(error: Exception) -> bool:
    return getattr(error.__cause__, "pgcode", None) == DISK_FULL
