from django.apps import AppConfig


class AnswersConfig(AppConfig):
    """What an agent says to a person: drafts, models, the answer and its ten seconds to take it back."""

    name = "requests_app.answers"
    label = "answers"
