"""An estimate goes with its appointment; the weights of a Maison name nobody."""

from requests_app.lib.holdings import Holding, exempts, holds

holds(Holding("attendance.Estimate", points_to=(("appointment", "appointments.Appointment"),)))
exempts("Weights and counts of a Maison's appointments: no person.", "attendance.RiskFit")
