"""An unforeseen error is told by its name and lines, never by the words it happened with (threats: P01)."""

import logging
import sys

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.utils.module_loading import import_string

from tests.house.test_canary import EMAIL, FAMILY, PHONE, leaks


@pytest.fixture
def written():
    """What the product's own formatter writes of the error being handled."""
    named = settings.LOGGING["formatters"]["line"]  # type: ignore[index]
    formatter = import_string(named["()"])(named["format"])

    def write(message="Internal Server Error: %s", *args):
        record = logging.LogRecord("x", logging.ERROR, __file__, 1, message, args, sys.exc_info())
        return formatter.format(record)

    return write


def test_P01_what_the_database_refuses_is_not_quoted(written, db):
    refused = "INSERT INTO django_session VALUES (%s, '', now())"
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(refused, [EMAIL])
            cursor.execute(refused, [EMAIL])
    except IntegrityError:
        said = written("Internal Server Error: %s", "/demande/")
    assert "IntegrityError" in said
    assert "test_logs.py" in said
    assert leaks(said) == []
    assert "already exists" not in said


def test_P01_what_python_cannot_read_is_not_quoted(written):
    try:
        try:
            int(f"{FAMILY} {PHONE}")
        except ValueError as error:
            raise KeyError(EMAIL) from error
    except KeyError:
        said = written()
    assert leaks(said) == []
    assert said.index("ValueError") < said.index("KeyError")


def test_P01_a_task_that_fails_says_nothing_of_its_words(written):
    try:
        int(f"{FAMILY} {PHONE}")
    except ValueError as error:
        context = {
            "name": "intake.process",
            "id": "7",
            "description": "raised unexpected",
            "exc": repr(error),
        }
        said = written("Task %(name)s[%(id)s] %(description)s: %(exc)s", context)
    assert leaks(said) == []
    assert "Task intake.process[7] raised unexpected: ValueError" in said
