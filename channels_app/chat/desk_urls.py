"""The agents' page of the chat."""

from django.urls import path

from channels_app.chat.views import desk

app_name = "conversations"
urlpatterns = [
    path("", desk.desk, name="desk"),
    path("lignes/", desk.news, name="news"),
    path("<int:pk>/repondre/", desk.answer, name="answer"),
    path("<int:pk>/confier/", desk.hand_over, name="hand_over"),
    path("<int:pk>/outils/", desk.tools, name="tools"),
]
