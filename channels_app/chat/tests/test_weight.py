"""The pages of the chat over a poor mobile network (B1)."""

import pytest

from tests.weight import HEAVIEST, weigh

pytestmark = pytest.mark.django_db
SQUEEZED = {"Accept-Encoding": "gzip"}


def test_B1_the_box_weighs_less_than_100_kb_with_all_it_needs(writer):
    answer = writer.client.get("/chat/", headers=SQUEEZED)
    assert answer.status_code == 200
    assert weigh(answer) < HEAVIEST


def test_B1_a_conversation_of_an_hour_weighs_less_than_100_kb_with_all_it_needs(writer):
    writer.start()
    for rank in range(60):
        writer.write(
            f"Ligne {rank} : j’ai envoyé le papier numéro {rank * 7919} la semaine dernière.", f"{rank}"
        )
    answer = writer.client.get(writer.path, headers=SQUEEZED)
    assert answer.status_code == 200
    assert weigh(answer) < HEAVIEST
