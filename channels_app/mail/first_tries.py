"""How long a mail is parsed before fresh ones go first (threats: N02)."""

FULL_S, LEAST_S = 1.0, 0.2  # of CPU; a typical mail takes 20 ms


class FirstTry:
    """The CPU limit of a first try in this process: each mail that uses it up halves it for the next.

    So any number of poisoned mails delays the good one behind them by two or three seconds.
    """

    def __init__(self) -> None:
        self.seconds = FULL_S

    def was_spent(self) -> None:
        self.seconds = max(LEAST_S, self.seconds / 2)

    def was_enough(self) -> None:
        self.seconds = FULL_S


first_try = FirstTry()
