from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    """What a contact with us felt like, in the person's own words."""

    name = "requests_app.feedback"
    label = "feedback"
