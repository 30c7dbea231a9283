"""The page of the chat, and the link of each conversation."""

from django.urls import path, register_converter

from channels_app.chat import views


class ThreadSecret:
    regex = "[A-Za-z0-9_-]{22}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(ThreadSecret, "thread_secret")

app_name = "chat"
urlpatterns = [
    path("", views.begin, name="begin"),
    path("<thread_secret:secret>/", views.thread, name="thread"),
    path("<thread_secret:secret>/avis/", views.tell_felt, name="felt"),
    path("<thread_secret:secret>/fini/", views.leave, name="leave"),
    path("<thread_secret:secret>/messages/", views.messages, name="messages"),
]
