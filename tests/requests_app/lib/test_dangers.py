"""Danger said in plain words is heard; what only looks like it is not (threats: N12, N02)."""

from pathlib import Path
from time import process_time

import pytest

from requests_app.lib.dangers import DANGERS, dangers_in, numbers_of
from requests_app.lib.dangers.calling import said_of_calls
from requests_app.lib.dangers.matching import MAX_READ, codes_in
from requests_app.lib.dangers.patterns import phrases, typed_words

CORPUS = Path(__file__).parents[2] / "corpus" / "dangers"
SERIES = ("", "_later", "_third", "_fourth", "_fifth")  # fixed after they were scored
USUAL = (
    "Bonjour, je souhaite savoir où en est mon dossier RSA. J’ai envoyé les papiers le 3 novembre, mais mon "
    "mari et moi n’avons rien reçu. J’ai mal au dos et mes enfants sont petits. Merci, Mme Roux"
)


def lines(name: str) -> list[str]:
    text = (CORPUS / f"{name}.txt").read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@pytest.mark.parametrize("series", SERIES)
def test_N12_what_people_say_of_a_danger_is_heard(series):
    said = [line.partition("\t")[2] for line in lines(f"said{series}")]
    assert len(said) >= 45
    assert [words for words in said if not dangers_in(words)] == []


@pytest.mark.parametrize("series", SERIES)
def test_N12_what_only_looks_like_a_danger_rings_no_alarm(series):
    words = lines(f"look_alikes{series}")
    assert len(words) >= 45
    assert [line for line in words if dangers_in(line)] == []


class TestWhatIsHeard:
    @pytest.mark.parametrize(
        ("words", "code"),
        [
            ("il ma taper", "violence"),
            ("jai peur de mon mari", "violence"),
            ("je vais me foutre en l'air", "vie"),
            ("he hit me agian", "violence"),
            ("plus envi de vivre", "vie"),
            ("il menasse de me tuer", "violence"),
            ("ma voisine se fait taper par son mari", "violence"),
            ("Il ne me frappe plus, mais il menace de me tuer.", "violence"),
            ("JE SUIS EN DANGER", "violence"),
        ],
    )
    def test_faults_accents_and_third_persons_count(self, words, code):
        assert code in codes_in(words)

    @pytest.mark.parametrize(
        "words",
        [
            "je meurs d'impatience",
            "mort de rire",
            "tuer le temps",
            "violence du vent",
            "violation",
            "ma batterie me bat froid",
            "coup de fil",
            "battue par la pluie",
            "mon mari est mort l'an dernier",
            "assurance vie",
            "he beats me at chess",
            "suicide squad",
            "je ne suis pas en danger",
        ],
    )
    def test_look_alikes_do_not(self, words):
        assert dangers_in(words) == []

    @pytest.mark.parametrize(
        ("words", "code"),
        [
            ("السلام عليكم، زوجي يضربني كل يوم", "violence"),
            ("زوجي سكران ويضربني أمام أولادي", "violence"),
            ("زوجي يضرب أطفالي", "enfant"),
            ("أُرِيدُ أَنْ أَمُوتَ", "vie"),
            ("نحن في الشارع مع ثلاثة أطفال", "toit"),
            ("Kocam beni dövüyor, ne yapacağım", "violence"),
            ("KOCAM ÇOCUKLARI DÖVÜYOR", "enfant"),
            ("iki çocukla arabada uyuyoruz", "toit"),
            ("o meu marido bateu-me ontem", "violence"),
            ("não tenho onde dormir hoje", "toit"),
            ("mi marido me pega y amenaza con matarme", "violence"),
            ("ya no quiero vivir, quiero morirme", "vie"),
            ("Чоловік мене б’є при дітях", "violence"),
            ("чоловік б'є дитину", "enfant"),
            ("муж меня бьёт", "violence"),
            ("нам негде ночевать, дети со мной", "toit"),
            ("Ich bringe mich um.", "vie"),
            ("Wenn das so weitergeht, bringe ich mich um", "vie"),
            ("ICH WILL MIR DAS LEBEN NEHMEN", "vie"),
            ("Ich moechte nicht mehr leben", "vie"),
            ("Meine Schwester droht, sich umzubringen", "vie"),
            ("Er schlägt mich jeden Tag", "violence"),
            ("Er will mich umbringen", "violence"),
            ("mi tolgo la vita stasera", "vie"),
            ("Mi ha picchiata di nuovo", "violence"),
            ("Vreau să-mi iau viața", "vie"),
            ("Jeśli nie pomożecie, zabiję się", "vie"),
            ("ik maak mezelf van kant", "vie"),
            ("me voy a quitar la vida", "vie"),
            ("Vou-me suicidar", "vie"),
            ("canıma kıyacağım", "vie"),
            ("я убью себя", "vie"),
            ("Я накладу на себе руки", "vie"),
            ("سأنهي حياتي اليوم", "vie"),
        ],
    )
    def test_N12_the_languages_of_the_form_are_heard(self, words, code):
        assert code in codes_in(words)

    @pytest.mark.parametrize(
        "words",
        [
            *(
                "أريد موعدا مع المساعدة الاجتماعية",
                "randevu almak istiyorum",
                "preciso de ajuda para a renda",
            ),
            *("no entiendo la carta del RSA", "потрібна допомога з житлом", "нужна помощь с документами"),
            *("ابني مريض", "çocuğum hasta", "meu filho está doente", "vivo en la calle Garibaldi 12"),
            *("Ich bringe mich gern ein, um zu helfen", "Ich bringe meinen Sohn um acht Uhr zur Schule"),
            *("Der Lärm bringt mich um den Schlaf", "Wie nehme ich einen Termin?", "Ich ziehe bald um"),
            *(
                "Mi piacerebbe vivere a Lione",
                "Nu am unde să parchez",
                "Chcę się zapisać",
                "ik wil de dokter zien",
            ),
            *(
                "me mata la burocracia",
                "me muero de ganas de conocerles",
                "me mato a trabajar",
                "trabalho e me mato",
            ),
        ],
    )
    def test_other_requests_in_them_are_not(self, words):
        assert codes_in(words) == set()

    def test_a_phrase_does_not_go_over_the_end_of_a_sentence(self):
        assert dangers_in("J’ai peur. De mon mari je n’ai pas la signature.") == []

    def test_the_gravest_comes_first_and_each_number_once(self):
        dangers = dangers_in("Je dors dehors, mon mari me frappe et frappe mon fils.")
        assert [danger.code for danger in dangers] == ["violence", "enfant", "toit"]
        numbers = [number.number for number in numbers_of(dangers)]
        assert numbers[:3] == ["17", "114", "3919"]
        assert len(numbers) == len(set(numbers))

    def test_it_is_heard_among_many_other_words(self):
        assert codes_in(f"{USUAL} {USUAL} mon mari me frappe. {USUAL}") == {"violence"}


class TestCost:
    def test_a_usual_message_takes_about_a_millisecond(self):
        codes_in(USUAL)
        start = process_time()
        for _ in range(100):
            assert codes_in(USUAL) == set()
        assert (process_time() - start) / 100 < 0.003  # 0.5 ms alone; the machine is shared

    @pytest.mark.parametrize(
        "pump", ["me ", "il me a a ", "coup de ", "a", "je vais me ", "veux plus pas ", ". "]
    )
    def test_N02_the_time_grows_like_the_text(self, pump):
        def took(size: int) -> float:
            text = (pump * size)[:size]
            start = process_time()
            codes_in(text)
            return process_time() - start

        took(2_000)
        assert min(took(16_000) for _ in range(3)) < 2.5 * 2.5 * 2.5 * max(took(2_000), 0.002)

    def test_what_is_beyond_the_first_pages_is_not_read(self):
        assert codes_in("x " * (MAX_READ // 2) + "mon mari me frappe") == set()


class TestPhrases:
    def test_each_danger_has_its_phrases_in_both_languages(self):
        said = {(phrase.code, phrase.language) for phrase in phrases()}
        assert said == {(danger.code, language) for danger in DANGERS for language in ("french", "english")}

    def test_the_page_looks_for_words_that_the_server_hears(self):
        assert set(typed_words()) == {danger.code for danger in DANGERS}
        deaf = [word for words in typed_words().values() for word in words if not dangers_in(f"il {word}")]
        assert deaf == []


class TestCalls:
    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("Il me frappe. ne m'appelez pas a la maison", "ne m'appelez pas a la maison"),
            ("Aidez-moi. Appelez-moi au travail avant 17 h ! Merci", "Appelez-moi au travail avant 17 h !"),
            ("He hits me. Please don't call me at home.", "Please don't call me at home."),
            ("Mon mari lit mes SMS\nPas de message vocal svp", "Pas de message vocal svp"),
            ("Il me frappe tous les soirs.", ""),
            ("Numéro : 06 12 34 56 78.\nElle a peur.", ""),
        ],
    )
    def test_what_is_said_of_calling_is_kept_in_the_persons_words(self, text, said):
        assert said_of_calls(text) == said

    def test_a_long_sentence_is_cut_around_its_words(self):
        said = said_of_calls("bla " * 100 + "ne m’appelez pas le soir " + "bla " * 100)
        assert "ne m’appelez pas le soir" in said
        assert len(said) < 230
