"""What the slots app stores: agendas of agents, nothing of a person."""

from requests_app.lib.holdings import exempts

exempts("When an agent receives people: no person.", "slots.Opening", "slots.Opening_types")
exempts("When an agent is away, or a Maison closed: no person.", "slots.Absence", "slots.Closure")
exempts("When an interpreter can come: no person served.", "slots.InterpreterTime")
