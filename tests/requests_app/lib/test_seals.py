from requests_app.lib import seals


def test_an_answer_finds_its_demand_by_the_address_we_gave():
    assert seals.reference_of_address(seals.reply_address("LYN-7K4P2Q")) == "LYN-7K4P2Q"


def test_mail_programs_may_change_the_case_of_the_address():
    assert seals.reference_of_address(seals.reply_address("LYN-7K4P2Q").upper()) == "LYN-7K4P2Q"


def test_M07_nobody_makes_up_a_reply_address():
    mine = seals.reply_address("LYN-7K4P2Q")
    assert seals.reference_of_address(mine.replace("7K4P2Q", "8K4P2Q")) == ""
    assert seals.reference_of_address("demande+LYN-7K4P2Q@demande.invalid") == ""
    assert seals.reference_of_address(mine.replace("demande.invalid", "ailleurs.fr")) == ""


def test_each_message_has_its_own_id_and_all_lead_to_the_demand():
    one, other = seals.new_message_id("LYN-7K4P2Q"), seals.new_message_id("LYN-7K4P2Q")
    assert one != other
    assert seals.reference_of_message_id(f"<{one}>") == seals.reference_of_message_id(other) == "LYN-7K4P2Q"


def test_M07_nobody_makes_up_a_message_id():
    mine = seals.new_message_id("LYN-7K4P2Q")
    assert seals.reference_of_message_id(mine.replace("7K4P2Q", "8K4P2Q")) == ""
    assert not seals.is_ours("gru.LYN-7K4P2Q.0123456789ab.0123456789abcdef@demande.invalid")


def test_N03_the_return_address_of_a_message_names_that_message_and_its_ticket():
    mine, other = seals.new_message_id("LYN-7K4P2Q"), seals.new_message_id("LYN-7K4P2Q")
    back = seals.return_address(mine)
    assert seals.message_id_of_address(back.upper()) == mine
    assert seals.reference_of_address(back) == "LYN-7K4P2Q"
    assert back not in (seals.return_address(other), seals.reply_address("LYN-7K4P2Q"))
    assert len(back.partition("@")[0]) <= 64  # RFC 5321, 4.5.3.1.1


def test_N03_nobody_makes_up_a_return_address():
    mine = seals.return_address(seals.new_message_id("LYN-7K4P2Q"))
    for forged in (mine.replace("7K4P2Q", "8K4P2Q"), mine.replace("demande.invalid", "ailleurs.fr")):
        assert seals.message_id_of_address(forged) == seals.reference_of_address(forged) == ""
    assert seals.message_id_of_address(seals.reply_address("LYN-7K4P2Q")) == ""
    assert seals.return_address("1@exemple.fr") == ""
