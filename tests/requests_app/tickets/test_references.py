import pytest

from requests_app.tickets.references import ALPHABET, new_reference, normalise, reference_of


def test_a_reference_has_no_sign_that_is_mistaken_for_another():
    assert not set("01OIL") & set(ALPHABET)
    assert set(new_reference().removeprefix("LYN-")) <= set(ALPHABET)


@pytest.mark.parametrize("typed", ["LYN-7K4P2Q", "lyn 7k4 p2q", "7K4P2Q", " lyn7k4p2q ", "LYN-7K4-P2Q"])
def test_a_reference_is_known_in_every_form_people_type(typed):
    assert normalise(typed) == "LYN-7K4P2Q"


@pytest.mark.parametrize("typed", ["", "LYN", "7K4P2", "7K4P2O", "<script>", "LYN-7K4P2QQ", "x" * 10_000])
def test_anything_else_is_no_reference(typed):
    assert normalise(typed) == ""


def test_each_number_has_its_own_reference():
    assert len({reference_of(n * 433_494_437 % len(ALPHABET) ** 6) for n in range(10_000)}) == 10_000
