"""What agents say of their work."""

from django.urls import path

from requests_app.www.field import board, feedback

app_name = "field"
urlpatterns = [
    path("retours/", board.board, name="board"),
    path("retours/noter/", feedback.tell, name="tell"),
    path("retours/les-miens/", feedback.list_own, name="mine"),
    path("retours/les-miens/lus/", feedback.mark_seen, name="seen"),
    path("retours/<int:pk>/", board.show_one, name="one"),
    path("retours/<int:pk>/phrase/", feedback.add_sentence, name="sentence"),
    path("retours/<int:pk>/reprendre/", feedback.withdraw, name="withdraw"),
    path("retours/<int:pk>/suite/", board.answer, name="answer"),
]
