"""Failures on command: when a message is created, or when its receipts come."""

from gru.demo.post_office.smtp import Trouble

# When a message is created: what the client gets, or does not get.
SENDING = ("429", "500", "503", "hang", "close_before", "close_after", "21610", "21614", "outage")
# Its outcome: the receipts that come back, and in which order.
RECEIPTS = ("unreachable", "landline", "silent", "twice", "backwards", "late", "unknown", "sent_only")
# When a picture is fetched: the provider's server refuses it.
PICTURES = ("no_pictures", "pictures_gone")
OFF = "off"
MODES = (*SENDING, *RECEIPTS, *PICTURES, OFF)

Step = tuple[str, str]  # the provider's status, its error code
SENT, DELIVERED = ("sent", ""), ("delivered", "")
PLANS: dict[str, list[Step]] = {
    OFF: [SENT, DELIVERED],
    "unreachable": [SENT, ("undelivered", "30003")],
    "landline": [("undelivered", "30006")],
    "silent": [],
    "twice": [SENT, SENT, DELIVERED, DELIVERED],
    "backwards": [DELIVERED, SENT],
    "late": [SENT, DELIVERED],
    "unknown": [SENT, DELIVERED],
    "sent_only": [SENT],
}
LATE_S = 5.0


class Troubles:
    """Three independent failure modes."""

    def __init__(self) -> None:
        self.sending, self.receipts, self.pictures = Trouble(), Trouble(), Trouble()

    def set(self, mode: str, count: int) -> bool:
        """Make the next ``count`` messages fail this way; False when the mode is unknown."""
        if mode in SENDING:
            self.sending.set(mode, count)
        elif mode in RECEIPTS:
            self.receipts.set(mode, count)
        elif mode in PICTURES:
            self.pictures.set(mode, count)
        elif mode == OFF:
            for each in (self.sending, self.receipts, self.pictures):
                each.set(OFF, 0)
        return mode in MODES

    @property
    def is_outage(self) -> bool:
        """Return whether nothing at all answers."""
        return self.sending.mode == "outage" and self.sending.count > 0
