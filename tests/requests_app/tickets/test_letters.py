"""Letters on paper: what they say, whatever a person wrote in them (threats: W16)."""

from datetime import datetime
from io import BytesIO
from unicodedata import category

import pytest
from pypdf import PdfReader

from requests_app.catalog.models import Topic
from requests_app.lib import french
from requests_app.tickets.deadlines import PARIS, silence_of
from requests_app.tickets.letters.drawable import RANGES, replace_unprintable
from requests_app.tickets.letters.rendering import Paper, _compile, render_pdf
from requests_app.tickets.letters.words import acknowledgment

AT = datetime(2026, 11, 25, 10, tzinfo=PARIS)
HOSTILE = [
    '#read("/etc/passwd")',
    '#import "@preview/cetz:0.3.0"',
    '#image("https://exemple.fr/pixel.png")',
    "#{panic()}",
    "$ sum_(k=0)^n k $ *gras* _penché_ <ancre> @voir",
    '"]) #eval("1+1") ([',
    "\\u{1F600} \u202e à l’envers",
]

FOREIGN = [
    "Amina 😀👨‍👩‍👧‍👦🇫🇷",
    "李小龙",
    "தமிழ் ภาษาไทย አማርኛ",
    "שלום مرحبا پیام",
    "α\u05b0\u0651\u0483 e\u0301\u0301 \ufffe\ue000\U000f0000\u0378",
    "a\x00b\x1b[31m",
    "m" * 20_000,
]


def paper(name="Samira Benali", **fields):
    values = {
        "who": ["MDM Lyon 8", "1 rue de la Paix, Lyon"],
        "to": [name],
        "day": "Le 25 novembre 2026",
        "subject": "Accusé de réception",
        "paragraphs": ["Bonjour,"],
        "signature": ["Bruno Petit"],
    }
    return Paper(**{**values, **fields})


def read(pdf):
    return PdfReader(BytesIO(pdf))


def words_of(pdf):
    return "\n".join(page.extract_text() for page in read(pdf).pages)


def structure(node):
    """The kinds of the structure tree, in reading order."""
    node = node.get_object()
    if isinstance(node, list):
        for child in node:
            yield from structure(child)
    elif isinstance(node, dict):
        if "/S" in node:
            yield node["/S"]
        if "/K" in node:
            yield from structure(node["/K"])


class TestPress:
    @pytest.mark.parametrize("name", HOSTILE)
    def test_W16_words_of_a_person_are_only_shown(self, name):
        pdf = render_pdf([paper(name, paragraphs=[name], subject=name)], author="Bruno Petit")

        shown = "".join(words_of(pdf).split())
        assert "".join(name.replace("\u202e", "").split())[:12] in shown
        assert "root:" not in shown

    @pytest.mark.parametrize("name", FOREIGN)
    def test_W16_no_name_keeps_the_letters_of_the_others_from_being_printed(self, name):
        pdf = render_pdf([paper("Zoé"), paper(name, paragraphs=[name], subject=name)], author=name)

        first, second = (page.extract_text() for page in read(pdf).pages)
        assert "Zoé" in first
        assert "Bruno Petit" in second

    def test_a_letter_that_cannot_be_printed_leaves_a_square_and_a_picture_leaves_nothing(self):
        assert replace_unprintable("李小龙 – Merci 😀👍🏽 !") == "□□□ – Merci  !"
        assert replace_unprintable("Ștefan Łukasz Ελένη Оксана Nguyễn") == "Ștefan Łukasz Ελένη Оксана Nguyễn"

    def test_the_fonts_have_every_sign_that_is_let_through(self):
        every = [chr(code) for first, last in RANGES for code in range(first, last + 1)]
        signs = [sign for sign in every if category(sign)[0] != "M"]  # a point stands on a letter
        lines = ["".join(signs[n : n + 60]) for n in range(0, len(signs), 60)]

        assert _compile([paper(paragraphs=lines)], "titre", "Bruno Petit", replace_unprintable).startswith(
            b"%PDF-"
        )

    def test_W16_the_template_asks_for_no_file_and_no_package(self):
        from requests_app.tickets.letters.rendering import FOLDER, TEMPLATE

        program = TEMPLATE.read_text()
        assert [file.suffix for file in FOLDER.iterdir() if file.suffix == ".typ"] == [".typ"]
        for word in ("#import", "#include", "read(", "image(", "eval(", "@preview"):
            assert word not in program

    def test_is_tagged_titled_and_in_french(self):
        root = read(render_pdf([paper()], author="Bruno Petit")).trailer["/Root"]

        assert root["/MarkInfo"]["/Marked"]
        assert root["/Lang"] == "fr"
        assert root["/StructTreeRoot"]
        about = root["/Metadata"].get_object().get_data()
        assert b"<pdfuaid:part>1<" in about
        assert "Accusé de réception".encode() in about

    def test_is_read_aloud_in_the_order_of_the_page(self):
        """A reader follows the structure: who, to whom, when, the title, the words, who signs."""
        letter = paper(paragraphs=["Premier.", "Second."])
        root = read(render_pdf([letter], author="Bruno Petit")).trailer["/Root"]
        words = words_of(render_pdf([letter], author="Bruno Petit"))

        order = [
            words.index(part)
            for part in ("MDM Lyon 8", "Samira", "Le 25", "Accusé", "Premier", "Second", "Bruno")
        ]
        assert order == sorted(order)
        kinds = list(structure(root["/StructTreeRoot"]))
        assert kinds[0] == "/Document"
        assert kinds.count("/H1") == 1
        assert kinds.index("/H1") < len(kinds) - kinds[::-1].index("/P") - 1

    def test_a_letter_takes_a_page(self):
        pdf = render_pdf([paper("Samira"), paper("Zoé")], author="Bruno Petit")

        first, second = (page.extract_text() for page in read(pdf).pages)
        assert "Samira" in first
        assert "Zoé" in second

    def test_nothing_to_print_is_refused(self):
        with pytest.raises(ValueError, match="no letter"):
            render_pdf([], author="x")


class TestAcknowledgment:
    """CRPA, art. R112-5: the date of reception, the service, its telephone, what silence means."""

    @pytest.fixture
    def said(self, make_ticket, amina, bruno):
        def words(**fields):
            ticket = make_ticket(person=amina, channel="letter", **fields)
            letter = acknowledgment(ticket, by=bruno, at=AT)
            return ticket, letter, words_of(render_pdf([letter], author=bruno.full_name))

        return words

    def test_says_number_date_service_and_who_signs(self, said, lyon_8):
        ticket, _letter, words = said(topic="fsl-acces-maintien")
        flat = " ".join(words.split())

        for told in (ticket.reference, french.full_date(ticket.received_at), lyon_8.name, "Bruno Petit"):
            assert " ".join(told.split()) in flat
        assert "Amina Benali" in flat
        assert "Bruno Petit Agent d’accueil Agent de" in flat
        assert "Gardez cette lettre" in flat

    def test_says_what_our_silence_means(self, said):
        topic = Topic.objects.get(code="reclamation-mdm")
        ticket, _letter, words = said(topic=topic.code)

        day = french.full_date(silence_of(ticket))
        assert " ".join(day.split()) in " ".join(words.split())

    def test_A03_never_names_a_reserved_topic(self, said):
        _ticket, _letter, words = said(topic="enfance-danger", is_sensitive=True)

        assert "Sujet" not in words
        assert "réservé" not in words
        assert "nfance" not in words
