"""What the appointments app stores about a ticket."""

from requests_app.lib.holdings import TICKET, Holding, exempts, holds

holds(
    Holding("appointments.Appointment", points_to=(("ticket", TICKET),)),
    Holding("appointments.Hold", points_to=(("ticket", TICKET),)),
)
exempts("Kinds of appointments: no person.", "appointments.AppointmentType")
exempts("Goes with its appointment or its hold, by the foreign key.", "appointments.BusyTime")
exempts(
    "Who interprets at appointments: no person served.",
    "appointments.Interpreter",
    "appointments.Interpreter_maisons",
)
