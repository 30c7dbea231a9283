"""The form of an answer to a ticket."""

from typing import Any

from django import forms

from requests_app.answers.services import AfterAnswer
from requests_app.www.backoffice.ticket.forms import ActionForm


class KeysField(forms.TypedMultipleChoiceField):
    """Keys of rows; the database tells which of them may be named."""

    def valid_value(self, value: Any) -> bool:
        return str(value).isascii() and str(value).isdigit() and len(str(value)) <= 18


class AnswerForm(ActionForm):
    """An answer; its text and files are a draft by the time it is checked.

    ``confirmed`` repeats the address whose warning was read; ``also`` are the participants who get it too,
    ``also_shown`` says that they were there to choose.
    """

    token = forms.RegexField(r"^[0-9a-f]{32}$", widget=forms.HiddenInput)
    to = forms.CharField(required=False, max_length=270)
    other = forms.CharField(required=False, max_length=254)
    confirmed = forms.CharField(required=False, max_length=254)
    also = KeysField(required=False, coerce=int)
    also_shown = forms.CharField(required=False, max_length=1)
    text = forms.CharField(required=False)
    then = forms.ChoiceField(required=False, choices=AfterAnswer.choices)
    pieces = forms.CharField(required=False)  # browsers post an empty text when no file is chosen
