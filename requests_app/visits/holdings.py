"""What the visits app stores about a ticket."""

from requests_app.lib.holdings import Holding, exempts, holds

holds(
    Holding(
        "visits.Visit",
        points_to=(
            ("touchpoint", "tickets.Touchpoint"),
            ("appointment", "appointments.Appointment"),
        ),
    )
)
exempts("Where agents receive: no person.", "visits.AgentDesk")
