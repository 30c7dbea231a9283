"""How long a mail is read before fresh ones go first (threats: N02)."""

FULL_S, LEAST_S = 1.0, 0.2  # of CPU; a common mail takes a fiftieth of a second


class FirstTry:
    """The CPU of a first try in this process: each mail that spends it all halves it for the next.

    So a row of poisoned mails costs the good one behind them two or three seconds, however long it is.
    """

    def __init__(self) -> None:
        self.seconds = FULL_S

    def was_spent(self) -> None:
        self.seconds = max(LEAST_S, self.seconds / 2)

    def was_enough(self) -> None:
        self.seconds = FULL_S


first_try = FirstTry()
