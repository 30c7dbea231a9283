from typing import Any

from django import forms


class QuestionForm(forms.Form):
    """A question; ``answers`` says in words what was answered, for « Vérifiez vos réponses »."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "%s", "use_required_attribute": False, **kwargs})

    @property
    def kept(self) -> dict[str, Any]:
        """Return what the draft keeps of a valid answer."""
        return dict(self.cleaned_data)


def remove_nul(text: str) -> str:
    """PostgreSQL keeps no NUL, neither alone nor inside JSON; nor half a sign."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")
