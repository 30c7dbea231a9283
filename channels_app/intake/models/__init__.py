from channels_app.intake.models.arrivals import Arrival, ArrivalRaw

__all__ = ["Arrival", "ArrivalRaw"]
