"""Whom a message speaks of, and as what somebody writes: only ever proposed to an agent."""

import pytest

from requests_app.people.name_mentions import NameMention, named_in, self_named, signed_by
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
            ("Ma mère s’appelle Fatou Binta Barry.", ["Fatou Binta Barry"]),
            ("Concerne : BENZEMA Karima", ["BENZEMA Karima"]),
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
        assert named_in("M. Girard sort. Son numéro : 06 39 98 21 43") == [
            NameMention("Girard", "+33639982143")
        ]
        assert named_in("M. Girard sort. Tél. : 04 72 11 22 33") == [NameMention("Girard")]

    @pytest.mark.parametrize(
        "text",
        [
            "Mme Lan Pham rentre vendredi. Sa fille est joignable au 06 39 98 55 10.",
            "M. Paul Blanc sort.\nSon épouse : 06 39 98 55 10",
            "Mr Paul Blanc is alone, his daughter is on 06 39 98 55 10",
        ],
    )
    def test_gives_nobody_the_number_of_another(self, text):
        assert [each.phone for each in named_in(text)] == [""]

    def test_gives_each_the_number_that_follows_them(self):
        found = named_in("M. Petit 06 39 98 55 10 et Mme Blanc 06 39 98 55 11 vous attendent.")
        assert [each.phone for each in found] == ["+33639985510", "+33639985511"]

    @pytest.mark.parametrize(
        "text", ["Mme Lan Pham, née le 04/07/1941, rentre", "Mme Lan Pham (née le 04/07/1941)"]
    )
    def test_takes_the_birth_beside_the_name(self, text):
        assert named_in(text) == [NameMention("Lan Pham", birth="04/07/1941")]

    @pytest.mark.parametrize(
        "text", ["Mon assistante sociale Mme Girard ne répond pas.", "M. le Directeur, bonjour."]
    )
    def test_an_occupation_names_nobody_to_help(self, text):
        assert named_in(text) == []

    def test_says_when_the_author_calls_them_theirs(self):
        assert [each.is_relative for each in named_in("mon père Jean Roux et M. Blanc")] == [True, False]

    def test_three_at_most(self):
        assert len(named_in(" ; ".join(f"M. Nom{letter}" for letter in "abcdef"))) == 3


class TestSignedBy:
    def test_is_a_name_alone_on_a_last_line(self):
        assert signed_by("Bonjour,\nje viens demain.\nCordialement,\nPaul Martin") == "Paul Martin"
        assert signed_by("Bonjour,\nje viens demain.\nMerci Beaucoup") == ""
        assert signed_by("Bonjour je viens demain") == ""

    def test_is_no_usager_beside_an_occupation(self):
        assert signed_by("Elle sort demain.\nClaire Meunier\nAssistante sociale - poste 4512") == ""


class TestSelfNamed:
    @pytest.mark.parametrize(
        ("text", "name"),
        [
            ("Bonjour c’est Kadiatou Camara, où en est mon dossier ?", "Kadiatou Camara"),
            ("je suis Awa Diallo la maman de Sory", "Awa Diallo"),
            ("Je m'appelle Шевченко Тарас.", "Шевченко Тарас"),
            ("Hello, my name is Grace Okafor.", "Grace Okafor"),
            ("je suis DIALLO Awa née en 1990", "DIALLO Awa"),
        ],
    )
    def test_is_the_name_that_an_author_gives(self, text, name):
        assert self_named(text) == name

    @pytest.mark.parametrize(
        "text",
        [
            *("C’est Mme Roux qui m’a dit de venir", "c’est Karim Benali qui m’envoie", "Je suis Karim"),
            *(
                "Je suis Assistante Sociale au CHU",
                "Je suis Bénéficiaire du RSA",
                "je suis la fille de Mme Petit",
            ),
            *("C’est Urgent Merci", "je suis Association Les Amis", ""),
        ],
    )
    def test_is_nothing_else(self, text):
        assert self_named(text) == ""


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
