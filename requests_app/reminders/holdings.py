"""What the reminders app stores about an appointment."""

from requests_app.lib.holdings import Holding, exempts, holds

APPOINTMENT = "appointments.Appointment"

holds(
    Holding("reminders.Reminder", points_to=(("appointment", APPOINTMENT),)),
    Holding("reminders.Planned", points_to=(("appointment", APPOINTMENT),)),
)
exempts("When to remind: no person.", "reminders.ReminderRule")
