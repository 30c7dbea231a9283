from django.apps import AppConfig


class TicketsConfig(AppConfig):
    """The one ticket of all channels, and its life."""

    name = "requests_app.tickets"
    label = "tickets"

    def ready(self) -> None:
        from requests_app.accounts.signing import subscribe_to_renames
        from requests_app.lib import incidents, short_texts
        from requests_app.people import departures
        from requests_app.tickets.messages import agent_in_charge, brief, limits, preflight
        from requests_app.tickets.messages.acknowledgment import FOLLOW
        from requests_app.tickets.services import follow_up

        incidents.register(limits.incidents)
        preflight.register()
        subscribe_to_renames(agent_in_charge.name_again)
        short_texts.register("acknowledgment", brief.samples)
        follow_up.SUBJECTS.register(FOLLOW, follow_up.same_tickets)
        departures.subscribe(on_removed=follow_up.close_sent_to, on_restored=follow_up.reopen_sent_to)
