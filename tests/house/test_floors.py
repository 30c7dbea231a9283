"""Imports go down, never up or sideways; who climbs is named."""

import subprocess

from gru.launcher.bootstrap import ROOT, VENV


def test_no_import_climbs():
    told = subprocess.run([VENV / "bin" / "lint-imports"], cwd=ROOT, capture_output=True, text=True)
    assert told.returncode == 0, told.stdout
