from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    """What a contact with us felt like, in the person's own words."""

    name = "requests_app.feedback"
    label = "feedback"

    def ready(self) -> None:
        from requests_app.feedback import answers, more_words, texts
        from requests_app.feedback.services.inviting import PURPOSE, is_still_valid
        from requests_app.lib import short_texts
        from requests_app.outbox import preflight
        from requests_app.outbox.models import Outgoing
        from requests_app.tickets.services import follow_up, listening

        follow_up.SUBJECTS.register(PURPOSE, follow_up.same_tickets)
        preflight.register(Outgoing.Kind.SURVEY, is_still_valid)
        answers.register()
        listening.register(more_words.keep_words)
        short_texts.register("survey", texts.samples)
