"""A wrong value in the environment is refused at the start, in a sentence that says what to write."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from gru.launcher.bootstrap import ROOT
from gru.settings.environment import Environment

POSTGRESQL = ("postgres", "postgresql")


def test_an_empty_value_is_unset():
    env = Environment(
        {"TEXT": "  ", "NUMBER": "", "FLAG": "", "CHOICE": "", "PATH_": "", "URL": "", "LIST": ""}
    )
    assert (env.text("TEXT", "Lyon"), env.number("NUMBER", 24), env.flag("FLAG")) == ("Lyon", 24, False)
    assert env.choice("CHOICE", "all", ("all", "none")) == "all"
    assert env.path("PATH_", Path("/var")) == Path("/var")
    assert env.url("URL") == ""
    assert env.url("URL", "https://gru.example/") == "https://gru.example/"
    assert env.countries("LIST", "FR,BE") == ["FR", "BE"]
    assert env.refusals == []


def test_good_values_are_typed():
    env = Environment(
        {"N": " 12 ", "ON": "1", "OFF": "0", "C": "off", "L": "fr, be", "P": "/data", "T": " a b "}
    )
    assert (env.number("N", 1), env.flag("ON"), env.flag("OFF")) == (12, True, False)
    assert (env.choice("C", "on", ("on", "off")), env.text("T")) == ("off", "a b")
    assert (env.countries("L", "FR"), env.path("P", Path("/"))) == (["FR", "BE"], Path("/data"))
    assert env.refusals == []


def test_a_secret_is_read_to_the_letter():
    assert Environment({"S": " a secret "}).get("S") == " a secret "


@pytest.mark.parametrize("written", ["douze", "12 mois", "1.5", "-1", "0x10", "²", "9" * 5000])
def test_what_is_no_number_is_refused(written):
    env = Environment({"GRU_RETENTION_MONTHS": written})
    assert env.number("GRU_RETENTION_MONTHS", 24, least=1, most=1000) == 24
    asked = "écrivez un nombre entier de 1 à 1000, par exemple 24."
    assert env.refusals == [f"GRU_RETENTION_MONTHS ne se comprend pas : {asked}"]


@pytest.mark.parametrize("written", ["true", "oui", "on", "2"])
def test_a_flag_is_one_or_zero(written):
    env = Environment({"GRU_BEHIND_PROXY": written})
    assert env.flag("GRU_BEHIND_PROXY") is False
    assert env.refusals == ["GRU_BEHIND_PROXY ne se comprend pas : écrivez 0 ou 1."]


@pytest.mark.parametrize(
    "written", ["geo.example", "ftp://geo.example", "https://", "https://geo.example:x", "https://[::1"]
)
def test_what_is_no_address_is_refused_and_never_quoted(written):
    env = Environment({"GRU_GEOCODER_URL": written})
    assert env.url("GRU_GEOCODER_URL") == ""
    asked = "écrivez une adresse qui commence par https:// ou http://."
    assert env.refusals == [f"GRU_GEOCODER_URL ne se comprend pas : {asked}"]


@pytest.mark.parametrize(
    "written",
    [
        "postgres://gru@/gru",
        "postgres://gru@%2Frun%2Fpg/gru",
        "postgresql://u:p%40ss@db:5432/gru?passfile=/x",
    ],
)
def test_a_database_may_be_a_socket(written):
    env = Environment({"DATABASE_URL": written})
    assert env.url("DATABASE_URL", schemes=POSTGRESQL) == written
    assert env.refusals == []


@pytest.mark.parametrize("written", ["FRA", "FR;BE", "FR,,BE", "33"])
def test_countries_have_two_letters(written):
    env = Environment({"GRU_SMS_COUNTRIES": written})
    assert env.countries("GRU_SMS_COUNTRIES", "FR,GP") == ["FR", "GP"]
    assert len(env.refusals) == 1


def test_a_command_says_every_wrong_value_and_ends(tmp_path):
    wrong = {
        "GRU_SMS_DAILY_SEGMENTS": "beaucoup",
        "GRU_LIMITS": "no",
        "DATABASE_URL": "mysql://gru:motdepasse@base/gru",
        "GRU_DATA_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "gru.settings.base",
    }
    done = run([sys.executable, "manage.py", "check"], wrong)
    assert done.returncode == 69
    assert [line.split()[0] for line in done.stderr.splitlines()] == [
        "DATABASE_URL",
        "GRU_LIMITS",
        "GRU_SMS_DAILY_SEGMENTS",
    ]
    assert "motdepasse" not in done.stderr


def test_production_knows_no_demo(tmp_path):
    """Web, worker and scheduler start with nothing of it in memory, wherever its folder is."""
    asked = (
        "import sys, django; django.setup(); import gru.wsgi, gru.celery, gru.urls; "
        "from django.core.management import get_commands; "
        "print([name for name in sys.modules if name.startswith('gru.demo')], 'seed_demo' in get_commands())"
    )
    env = {"DJANGO_SETTINGS_MODULE": "gru.settings.base", "GRU_DATA_DIR": str(tmp_path)}
    done = run([sys.executable, "-c", asked], env)
    assert done.stdout == "[] False\n", done.stderr


def test_the_web_server_refuses_a_wrong_size():
    done = run([sys.executable, "-c", "import gru.gunicorn"], {"GRU_WEB_THREADS": "0"})
    assert done.returncode == 69
    assert done.stderr == (
        "GRU_WEB_THREADS ne se comprend pas : écrivez un nombre entier à partir de 1, par exemple 4.\n"
    )


def run(argv: list[str], env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        argv, cwd=ROOT, env={**os.environ, **env}, capture_output=True, text=True, timeout=120
    )
