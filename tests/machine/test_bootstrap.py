"""The environment is made from a lock, and only when it changed."""

import importlib.util
import os
import subprocess
import sys

import pytest

from gru.launcher import bootstrap
from gru.launcher.refusal import Refusal


@pytest.fixture
def empty_lock(tmp_path, monkeypatch):
    """A checkout whose lock asks for nothing, so that nothing is fetched."""
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    lock = tmp_path / "some.lock"
    lock.write_text("# nothing\n")
    return lock


def test_makes_the_environment_once_then_only_reads_its_mark(empty_lock, tmp_path, capsys):
    venv = tmp_path / "venv"
    (venv / "bin").mkdir(parents=True)
    (venv / "bin" / "python").symlink_to("/nowhere/python3")  # what an upgrade of the system leaves
    bootstrap.ensure(empty_lock.name, venv=venv)
    assert "Création de l’environnement" in capsys.readouterr().err
    assert subprocess.run([venv / "bin" / "python", "-c", ""]).returncode == 0
    bootstrap.ensure(empty_lock.name, venv=venv)
    assert capsys.readouterr().err == ""
    empty_lock.write_text("# changed\n")
    bootstrap.ensure(empty_lock.name, venv=venv)
    assert capsys.readouterr().err == "Installation des dépendances de Python…\n"


def test_without_ensurepip_a_user_is_told_what_to_install(empty_lock, tmp_path, monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(
        Refusal, match="Il manque le paquet python3-venv : faites « apt-get install"
    ) as refused:
        bootstrap.ensure(empty_lock.name, venv=tmp_path / "venv")
    assert refused.value.code == 69


def test_a_lock_that_cannot_be_installed_says_so_and_leaves_no_mark(empty_lock, tmp_path, capsys):
    empty_lock.write_text("this is no requirement\n")
    with pytest.raises(Refusal, match="n’ont pas pu être installées") as refused:
        bootstrap.ensure(empty_lock.name, venv=tmp_path / "venv")
    assert refused.value.code == 75
    assert not (tmp_path / "venv" / "locks").exists()


def test_an_old_python_is_told_so():
    code = "import sys; sys.version_info = (3, 9); import gru.launcher"
    told = subprocess.run([sys.executable, "-c", code], cwd=bootstrap.ROOT, capture_output=True, text=True)
    assert (told.returncode, told.stderr) == (
        69,
        "GRU demande Python 3.11 ou plus récent : installez-le, puis recommencez.\n",
    )
