"""One form per question; their cleaned data are the stored answers."""

from channels_app.portal.forms.base import QuestionForm
from channels_app.portal.forms.reach import ReachForm
from channels_app.portal.forms.simple import PlaceForm, TopicForm, WordsForm
from channels_app.portal.forms.you import YouForm

FORMS: dict[str, type[QuestionForm]] = {
    "sujet": TopicForm,
    "message": WordsForm,
    "lieu": PlaceForm,
    "contact": ReachForm,
    "vous": YouForm,
}

__all__ = ["FORMS", "PlaceForm", "QuestionForm", "ReachForm", "TopicForm", "WordsForm", "YouForm"]
