from django.apps import AppConfig


class ChatConfig(AppConfig):
    """The chat: a page where a person writes and leaves, and the agents' conversations."""

    name = "channels_app.chat"
    label = "chat"

    def ready(self) -> None:
        from channels_app.chat import brief
        from channels_app.chat.channel import CHANNEL
        from channels_app.chat.links import PURPOSE, threads_of
        from requests_app.channels import registry
        from requests_app.lib import short_texts
        from requests_app.outbox import links
        from requests_app.tickets.services import follow_up

        registry.register(CHANNEL)
        links.register_page(PURPOSE, "chat:thread")
        follow_up.SUBJECTS.register(PURPOSE, threads_of)
        short_texts.register("chat answers", brief.samples)
