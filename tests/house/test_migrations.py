"""Migrations say what the models say, and run beside the version that came before."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django_migration_linter import MigrationLinter

ROOT: Path = settings.BASE_DIR
ROOMS = (ROOT / "requests_app", ROOT / "channels_app")
FILES = sorted(file for room in ROOMS for file in room.rglob("migrations/0*.py"))
# No version was running yet when these replaced a column; the list only ever gets shorter.
BEFORE_THE_FIRST_RELEASE = ["0002_search_name_by_words"]
OURS = sorted({str(file.parent.parent.name) for file in FILES})


@pytest.mark.django_db
def test_no_model_is_ahead_of_its_migrations():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.django_db(transaction=True)  # an index built beside the traffic refuses a transaction
def test_F10_none_breaks_the_version_that_still_runs():
    linter = MigrationLinter(
        str(ROOT),
        include_apps=OURS,
        ignore_initial_migrations=True,
        ignore_name=BEFORE_THE_FIRST_RELEASE,
        no_cache=True,
        quiet=["ok", "ignore", "warning"],
    )
    linter.lint_all_migrations()
    assert linter.nb_total
    assert not linter.has_errors


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.parent.name}-{file.stem}")
def test_each_has_a_name_that_says_what_it_does(file):
    assert not re.search(r"_auto_|_alter_\w+_and_more", file.stem)
