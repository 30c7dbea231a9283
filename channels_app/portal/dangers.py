"""Words that mean danger now: the numbers to call are shown at once (ux.md, screen 5)."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from requests_app.lib.text import fold


@dataclass(frozen=True, slots=True)
class Number:
    """A number of emergency; ``href`` calls it, or opens a text message."""

    number: str
    label: str | Promise
    href: str


@dataclass(frozen=True, slots=True)
class Danger:
    """Words in their comparable form, and whom to call."""

    code: str
    title: str | Promise
    words: tuple[str, ...]
    numbers: tuple[Number, ...]

    @property
    def pattern(self) -> str:
        """For the page, which looks while one types."""
        return "|".join(self.words)


POLICE = Number("17", _("police"), "tel:17")
HEALTH = Number("15", _("urgence médicale"), "tel:15")
EUROPE = Number("112", _("toutes les urgences"), "tel:112")
BY_TEXT = Number("114", _("urgence par SMS"), "sms:114")
CHILD = Number("119", _("enfant en danger"), "tel:119")
VIOLENCE = Number("3919", _("violences"), "tel:3919")
SHELTER = Number("115", _("dormir ce soir"), "tel:115")
SUICIDE = Number("3114", _("idées de suicide"), "tel:3114")

EVERYDAY = (POLICE, HEALTH, EUROPE, BY_TEXT, CHILD, SHELTER, VIOLENCE)


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split("·"))


# In their comparable form: no accent, no sign (lib/text.py).
DANGERS = (
    Danger(
        "violence",
        _("Quelqu’un vous fait du mal ou vous menace ?"),
        _words(
            "me frappe · me frappent · me bat · me tape · m a frappe · m a frappee · m a battu · "
            "m a battue · "
            "des coups · battue · violences · violence · violent · viol · violee · viole · etrangle · "
            "menace de mort · menace de me tuer · va me tuer · peur de mon mari · peur de mon compagnon · "
            "peur de mon conjoint · peur de ma femme · peur pour ma vie · sequestre · sequestree · "
            "hits me · hit me · beats me · beat me · hurts me · slaps me · strangles me · rape · raped · "
            "abused · kill me · afraid of my husband · scared of my husband · afraid of my partner · "
            "scared of my partner · afraid for my life · fear for my life"
        ),
        (POLICE, BY_TEXT, VIOLENCE, EUROPE),
    ),
    Danger(
        "enfant",
        _("Un enfant est en danger ?"),
        _words(
            "enfant en danger · enfants en danger · enfant battu · enfant est battu · maltraitance · "
            "maltraite · maltraitee · attouchements · inceste · frappe mon fils · "
            "frappe ma fille · frappe mon enfant · "
            "frappe les enfants · tape mon fils · tape ma fille · tape les enfants · "
            "child in danger · children in danger · child abuse · beaten child · hits my son · "
            "hits my daughter · hits my child · hits the children · beats the children · molested"
        ),
        (CHILD, POLICE, BY_TEXT),
    ),
    Danger(
        "vie",
        _("Vous pensez à mourir, ou quelqu’un y pense ?"),
        _words(
            "suicide · suicider · me tuer · en finir · envie de mourir · veux mourir · plus envie de vivre · "
            "kill myself · end my life · want to die · end it all · don t want to live"
        ),
        (SUICIDE, HEALTH, BY_TEXT),
    ),
    Danger(
        "sante",
        _("La santé de quelqu’un est en danger ?"),
        _words(
            "ne respire plus · inconscient · inconsciente · overdose · saigne beaucoup · crise cardiaque · "
            "malaise · perdu connaissance · urgence vitale · "
            "not breathing · can t breathe · unconscious · bleeding heavily · heart attack · passed out"
        ),
        (HEALTH, EUROPE, BY_TEXT),
    ),
    Danger(
        "toit",
        _("Vous n’avez nulle part où dormir ce soir ?"),
        _words(
            "a la rue · dors dehors · dormir dehors · dort dehors · dormons dehors · nulle part ou dormir · "
            "dormir dans ma voiture · dors dans ma voiture · dormir dans la rue · dors dans la rue · "
            "mis dehors · mise dehors · expulse aujourd hui · "
            "sleeping outside · sleep outside · sleeping rough · sleep rough · nowhere to sleep · "
            "sleep in my car · sleeping in my car · living on the street · "
            "sleep on the street · evicted today"
        ),
        (SHELTER, EUROPE),
    ),
)


def dangers_in(text: str) -> list[Danger]:
    """The dangers that whole words of the text speak of, the gravest first."""
    said = f" {fold(text)} "
    return [danger for danger in DANGERS if any(f" {word} " in said for word in danger.words)]
