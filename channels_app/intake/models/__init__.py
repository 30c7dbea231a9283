from channels_app.intake.models.arrivals import Arrival, ArrivalRaw
from channels_app.intake.models.watches import Watch

__all__ = ["Arrival", "ArrivalRaw", "Watch"]
