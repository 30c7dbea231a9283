from typing import Any

from django import forms


class QuestionForm(forms.Form):
    """A question; ``answers`` is its answer in words, for « Vérifiez vos réponses »."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "%s", "use_required_attribute": False, **kwargs})

    @property
    def kept(self) -> dict[str, Any]:
        """Return what the draft stores of a valid answer."""
        return dict(self.cleaned_data)


def remove_nul(text: str) -> str:
    """Remove NUL, which PostgreSQL refuses even inside JSON, and lone surrogates."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")
