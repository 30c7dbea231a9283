"""What browsers load is what assets.lock says, and nothing else."""

import hashlib
import json
import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT: Path = settings.BASE_DIR
PACKAGES = json.loads((ROOT / "assets.lock").read_text())["packages"]
SPRITES = [(ROOT / "static/ui" / name).read_text() for name in ("sprite.svg", "sprite-staff.svg")]
DRAWN = [re.findall(r'<symbol id="([^"]+)"', sprite) for sprite in SPRITES]


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package["name"])
def test_each_vendored_file_has_the_sum_of_the_lock(package):
    kept = {Path(path).name: expected for path, expected in package["files"].items()}
    found = {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest()
        for file in (ROOT / package["folder"]).iterdir()
    }
    assert found == kept


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package["name"])
def test_each_vendored_package_ships_its_licence(package):
    assert "LICENSE" in package["files"]


def test_nothing_is_vendored_outside_the_lock():
    locked = {Path(package["folder"]).name for package in PACKAGES}
    assert {folder.name for folder in (ROOT / "static/vendor").iterdir()} == locked


def test_the_two_sprites_hold_the_icons_of_the_lock_each_once():
    asked = [icon for package in PACKAGES for icon in package.get("icons", [])]
    assert sorted([*DRAWN[0], *DRAWN[1]]) == sorted(asked)


def test_each_icon_named_by_its_file_is_in_that_one():
    for template in [*(ROOT / "templates").rglob("*.html"), *(ROOT / "channels_app").rglob("*.html")]:
        text = template.read_text()
        assert set(re.findall(r"sprite\.svg' %}#([a-z0-9-]+)", text)) <= set(DRAWN[0]), template
        assert set(re.findall(r"sprite-staff\.svg' %}#([a-z0-9-]+)", text)) <= set(DRAWN[1]), template


def test_each_icon_named_anywhere_is_in_the_sprite():
    """The icons of badges, channels and templates; those of a menu are given by its own room."""
    named = set(re.findall(r'Badge\([^)]*\), "([a-z0-9-]+)"', _read("requests_app/lib", "badges.py")))
    for channel in (ROOT / "channels_app").glob("*/channel.py"):
        named |= set(re.findall(r'icon="([a-z0-9-]+)"', channel.read_text()))
    assert {"hourglass-split", "envelope"} <= named
    for template in (ROOT / "templates").rglob("*.html"):
        named |= set(re.findall(r"{% icon ['\"]([a-z0-9-]+)", template.read_text()))
    assert named - {*DRAWN[0], *DRAWN[1]} == set()


def test_no_style_or_script_names_a_file_that_we_do_not_ship():
    """A dangling name stops the manifest of static files, so the start."""
    for file in (*(ROOT / "static").rglob("*.css"), *(ROOT / "static").rglob("*.js")):
        text = file.read_text()
        assert "sourceMappingURL" not in text, file
        for target in re.findall(r"url\([\"']?([^)\"']+)", text):
            assert target.startswith("data:") or (file.parent / target).exists(), (file, target)


def _read(folder: str, name: str) -> str:
    return (ROOT / folder / name).read_text()
