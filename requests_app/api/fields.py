"""Members of bodies and parameters: each is what it says, and what is not named is refused, never dropped."""

import re
from collections.abc import Mapping
from typing import Any, NoReturn

from django.core.validators import RegexValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import serializers

from requests_app.lib.text import is_blank

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MAX_TOLD = 50  # unknown names of one call: an answer stays smaller than what it refuses


class StrictSerializer(serializers.Serializer):
    """A serializer that refuses a member it does not name, instead of ignoring it."""

    def to_internal_value(self, data: Any) -> Any:
        """Return the validated members; raises for each unknown one, with the others."""
        known = self._writable_names()
        unknown = [name for name in data if name not in known] if _is_object(data) else []
        try:
            values = super().to_internal_value(data)
        except serializers.ValidationError as error:
            if not unknown or not isinstance(error.detail, dict):
                raise
            raise serializers.ValidationError({**error.detail, **_refuse(unknown)}) from None
        if unknown:
            raise serializers.ValidationError(_refuse(unknown))
        return values

    def _writable_names(self) -> set[str]:
        return {field.field_name or "" for field in self._writable_fields}


def _is_object(data: Any) -> bool:
    return isinstance(data, Mapping)


def _refuse(names: list[str]) -> dict[str, list[str]]:
    return {name: [_("Ce champ n’existe pas ou ne s’écrit pas.")] for name in names[:MAX_TOLD]}


class TextField(serializers.CharField):
    """A text; a number or a boolean is not one, and what nobody sees says nothing."""

    default_error_messages = {"invalid": gettext_lazy("Écrivez un texte, entre guillemets.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if not self.allow_blank:
            self.validators.append(self._require_words)

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)

    def _require_words(self, value: str) -> None:
        if is_blank(value):
            self.fail("blank")


class ShortListField(serializers.ListField):
    """A list whose length is checked before its items: a hundred thousand of them are refused unread."""

    def run_child_validation(self, data: Any) -> Any:
        if self.max_length is not None and len(data) > self.max_length:
            self.fail("max_length", max_length=self.max_length)
        return super().run_child_validation(data)


class RegexTextField(TextField):
    """A text of one shape, which the schema says; ``example`` is the sentence that shows it."""

    def __init__(self, pattern: str, example: Any, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.validators.append(RegexValidator(pattern, example))


class ChoiceField(serializers.ChoiceField):
    """One of some codes; a refusal lists them."""

    default_error_messages = {"invalid_choice": gettext_lazy("Écrivez l’une de ces valeurs : {choices}.")}

    def fail(self, key: str, **kwargs: Any) -> NoReturn:
        super().fail(key, choices=", ".join(map(str, self.choices)), **kwargs)


_WHOLE_INSTANT = gettext_lazy("Écrivez l’instant avec son décalage, comme 2026-11-30T09:00:00Z.")


class InstantField(serializers.DateTimeField):
    """An instant with its offset (RFC 3339): without one, nobody could tell which hour is meant."""

    default_error_messages = dict.fromkeys(
        ("naive", "invalid", "date", "make_aware", "overflow"), _WHOLE_INSTANT
    )

    def to_internal_value(self, value: Any) -> Any:
        if not isinstance(value, str):
            self.fail("invalid", format="RFC 3339")
        return super().to_internal_value(value)

    def enforce_timezone(self, value: Any) -> Any:
        if value.tzinfo is None:
            self.fail("naive")
        return super().enforce_timezone(value)


class DayField(serializers.DateField):
    """A day, written in full: ``2026-12-07``, and no instant."""

    default_error_messages = dict.fromkeys(
        ("invalid", "datetime"), gettext_lazy("Écrivez le jour ainsi : 2026-12-07.")
    )

    def to_internal_value(self, value: Any) -> Any:
        if not isinstance(value, str) or not DAY.fullmatch(value):
            self.fail("invalid", format="RFC 3339")
        return super().to_internal_value(value)
