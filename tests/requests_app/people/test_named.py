"""Whom a message speaks of, and as what somebody writes: only ever proposed to an agent."""

import pytest

from requests_app.people.named import Named, named_in, signed_by
from requests_app.people.occupations import is_several, is_workplace, signs_as
from requests_app.people.written_names import are_two_people


class TestNamedIn:
    @pytest.mark.parametrize(
        ("text", "names"),
        [
            ("Bonjour, M. Oumar Girard sort jeudi. Merci de le recevoir.", ["Oumar Girard"]),
            ("Bonjour,\nMonsieur GIRARD Oumar est seul. M. Girard n’a rien.", ["GIRARD Oumar"]),
            ("Je vous écris pour ma mère, Fatou Diop.", ["Fatou Diop"]),
            ("Patiente : KONE Awa\nElle sort demain.", ["KONE Awa"]),
            ("Concernant Mme de La Tour Marie : urgent", ["de La Tour Marie"]),
            ("My mother Jane Doe needs help.", ["Jane Doe"]),
            ("Mme Işık Yılmaz et M. Шевченко Тарас attendent.", ["Işık Yılmaz", "Шевченко Тарас"]),
            ("Mme Jeanne d’Arc-Petit est venue.", ["Jeanne d’Arc-Petit"]),
        ],
    )
    def test_finds_whom_the_words_are_about(self, text, names):
        assert [each.name for each in named_in(text)] == names

    @pytest.mark.parametrize(
        "text",
        [
            "Bonjour Mme Dupont,\nje voudrais un rendez-vous.",
            "Bonjour, Mme Dupont,\nje voudrais un rendez-vous.",
            "Madame, Monsieur,\nje vous écris.",
            "Madame,\nje vous remercie.",
            "J’ai vu Mme Roux, assistante sociale, hier. Mme Roux m’a dit de venir.",
            "Bonjour.\nMme Petit",
            "ma mère est malade",
            "",
        ],
    )
    def test_names_neither_who_is_greeted_nor_who_signs(self, text):
        assert named_in(text) == []

    def test_leaves_out_who_wrote(self):
        assert named_in("M. Girard sort jeudi.\nMme Roux", but="Oumar Girard") == []

    def test_takes_the_number_beside_the_name_and_not_that_of_an_office(self):
        assert named_in("M. Girard sort. Son numéro : 06 39 98 21 43") == [Named("Girard", "+33639982143")]
        assert named_in("M. Girard sort. Tél. : 04 72 11 22 33") == [Named("Girard")]

    def test_says_when_the_author_calls_them_theirs(self):
        assert [each.is_relative for each in named_in("mon père Jean Roux et M. Blanc")] == [True, False]

    def test_three_at_most(self):
        assert len(named_in(" ; ".join(f"M. Nom{letter}" for letter in "abcdef"))) == 3


class TestSignedBy:
    def test_is_a_name_alone_on_a_last_line(self):
        assert signed_by("Bonjour,\nje viens demain.\nCordialement,\nPaul Martin") == "Paul Martin"
        assert signed_by("Bonjour,\nje viens demain.\nMerci Beaucoup") == ""
        assert signed_by("Bonjour je viens demain") == ""


class TestWriters:
    @pytest.mark.parametrize(
        "line", ["Mme Roux, service social", "Assistante sociale - CHU", "Docteur Martin", "Tutrice, UDAF 69"]
    )
    def test_an_occupation_signs(self, line):
        assert signs_as(line)

    @pytest.mark.parametrize("line", ["J’ai vu l’assistante sociale qui suit M. Girard", "Paul Martin", ""])
    def test_a_sentence_does_not(self, line):
        assert not signs_as(line)

    @pytest.mark.parametrize(
        "address", ["a@hopital.example", "a@chu-lyon.fr", "p@ccas-bron.fr", "x@justice.gouv.fr"]
    )
    def test_a_domain_says_where_somebody_works(self, address):
        assert is_workplace(address)

    @pytest.mark.parametrize("address", ["a@hopital2.example", "b@hopitalmere-enfant.fr", "c@mairiegenay.fr"])
    def test_a_label_that_goes_on_says_it_too(self, address):
        assert is_workplace(address)

    @pytest.mark.parametrize("address", ["a@gmail.com", "m@exemple.fr", "a@orange.fr", "hopital@free.fr"])
    def test_a_mailbox_of_ones_own_does_not(self, address):
        assert not is_workplace(address)

    @pytest.mark.parametrize("name", ["Famille Martin", "Paul et Anne Martin", "M. & Mme Roux"])
    def test_several_write_from_one_mailbox(self, name):
        assert is_several(name)
        assert not is_several("Anne Martin")


class TestTwoPeople:
    @pytest.mark.parametrize(
        ("one", "other", "are_two"),
        [
            (("Anne", "Roux"), ("Paul", "Roux"), True),
            (("Samira", "Benali"), ("Samira", "Haddad"), False),
            (("Awa", "Kone"), ("Kone", "Awa"), False),
            (("Jean-Pierre", "Roux"), ("JP", "Roux"), False),
            (("J.", "Roux"), ("Paul", "Roux"), False),
            (("", "Roux"), ("Paul", "Roux"), False),
            (("Samira", "Benali"), ("Samirra", "Benali"), False),
        ],
    )
    def test_only_whole_given_names_that_differ_say_so(self, one, other, are_two):
        assert are_two_people(one, other) is are_two
        assert are_two_people(other, one) is are_two
