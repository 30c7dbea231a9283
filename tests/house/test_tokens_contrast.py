"""The pairs of tokens that people read: 4.5:1 for text, 3:1 for icons, borders, focus (RGAA 3.2, 3.3)."""

import re
from pathlib import Path

import pytest
from django.conf import settings

CSS = Path(settings.BASE_DIR, "static/ui/tokens.css").read_text()
MEANINGS = ("ok", "warn", "bad", "info", "mute", "note")
HUES = ("blue", "teal", "plum", "amber", "green", "brown", "pink", "slate")
GROUNDS = ("paper", "surface", "sunken", "raised")

TEXT = [
    *[(ink, ground) for ink in ("ink", "ink-2", "ink-3", "brand-ink") for ground in GROUNDS],
    *[(f"{name}-ink", f"{name}-soft") for name in MEANINGS],
    *[(f"ch-{name}", f"ch-{name}-soft") for name in HUES],
    ("brand-ink", "brand-soft"),
    ("brand-ink", "brand-soft-2"),
    ("ink", "brand-soft"),
    ("ink-2", "brand-soft"),
    ("ink", "thread-soft"),
    ("ink-2", "thread-soft"),
    ("warn-ink", "thread-soft"),
    ("brand-on", "brand"),
    ("brand-on", "brand-hover"),
    ("brand-on", "brand-active"),
    ("brand-on", "brand-deep"),
    ("rail-ink", "rail"),
    ("rail-ink", "rail-hover"),
    ("rail-ink-strong", "rail-active"),
]
SHAPES = [
    *[("line-strong", ground) for ground in GROUNDS],
    *[("focus", ground) for ground in GROUNDS],
    *[(name, "surface") for name in MEANINGS if name != "note"],
    ("focus-rail", "rail"),
    ("rail-thread", "rail"),
    ("brand", "surface"),
]


def _block(css: str) -> dict[str, str]:
    return dict(re.findall(r"--gru-([a-z0-9-]+):\s*(#[0-9a-f]{6});", css))


def _themes() -> dict[str, dict[str, str]]:
    light, dark = CSS.split("/* ---------- Light")[1].split("/* ---------- Dark")
    light_tokens = _block(light)
    return {"light": light_tokens, "dark": light_tokens | _block(dark.split("/* ---------- Bootstrap")[0])}


def _luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_each_pair_of_text_and_ground_is_readable(theme):
    tokens = _themes()[theme]
    weak = {pair: contrast(tokens[pair[0]], tokens[pair[1]]) for pair in TEXT}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_each_border_icon_and_focus_ring_is_visible(theme):
    tokens = _themes()[theme]
    weak = {pair: contrast(tokens[pair[0]], tokens[pair[1]]) for pair in SHAPES}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < 3} == {}


def test_components_write_no_colour_of_their_own():
    """Colours live in tokens.css; the mark, which never changes, and paper are the exceptions."""
    files = (Path(settings.BASE_DIR, "static/ui", name) for name in ("gru.css", "staff.css"))
    css = "".join(file.read_text().split("@media print")[0] for file in files)
    assert set(re.findall(r"#[0-9a-f]{3,8}\b", css)) <= {"#fff", "#f2b33d", "#35142c"}
