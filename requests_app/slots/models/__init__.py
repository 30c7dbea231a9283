from requests_app.slots.models.absences import Absence
from requests_app.slots.models.closures import Closure
from requests_app.slots.models.interpreter_times import InterpreterTime
from requests_app.slots.models.openings import Opening

__all__ = ["Absence", "Closure", "InterpreterTime", "Opening"]
