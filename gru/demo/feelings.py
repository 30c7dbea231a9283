"""What people say of how it felt, once their ticket is closed: the longer the answer took, the worse."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from gru.demo.lives import Life
from gru.demo.rows import Batch
from requests_app.feedback.models import FeltExperience

DATA = Path(__file__).parent / "data" / "feelings.json"
ANSWERED = 0.28  # of those whose ticket is closed say something; real ones are rarely that many
WORDY = 0.35
SLOW = timedelta(days=5)
LEVELS = (None, 1, 2, 3, 4, 5)  # None: « je préfère ne pas répondre »
QUICK_WEIGHTS, SLOW_WEIGHTS = (3, 4, 8, 15, 42, 28), (3, 16, 27, 28, 20, 6)


class Feelings:
    """Has a random generator of its own, so that the rest of a run does not change."""

    def __init__(self, batch: Batch, *, seed: int, until: datetime) -> None:
        self.batch, self.until = batch, until
        self.random = Random(f"feelings {seed}")  # noqa: S311 (stories, no secret)
        self.sentences: dict[str, list[str]] = json.loads(DATA.read_text())

    def say(self, ticket_id: int, life: Life, at: datetime) -> None:
        """Record how it felt, for some closed tickets; never after now."""
        draw = self.random
        if life.closed_at is None or draw.random() > ANSWERED:
            return
        said_at = life.closed_at + timedelta(hours=draw.uniform(2, 70))
        is_slow = (life.answered_at or life.closed_at) - at > SLOW
        level = draw.choices(LEVELS, SLOW_WEIGHTS if is_slow else QUICK_WEIGHTS)[0]
        sentence = draw.choice(self.sentences[str(level)]) if level and draw.random() < WORDY else ""
        if said_at > self.until:
            return
        values = {"level": level, "sentence": sentence, "said_at": said_at, "counted_at": None}
        self.batch.add(FeltExperience, ticket_id=ticket_id, **values)
