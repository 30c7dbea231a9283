"""What a person's message says of an appointment: whole phrases, never a guess that acts.

Only an ``is_clear`` message changes anything by itself: it says one thing, with nothing
but courtesy and a day around it. All others set a mark that an agent reads.
"""

import re
from dataclasses import dataclass

from requests_app.appointments.models.appointments import Reply
from requests_app.lib.text import words
from requests_app.reminders import phrases
from requests_app.reminders.days import is_day_word, says_when

MAX_READ = 2_000  # characters
MAX_SHORT = 12  # words: for another subject, so short a message would name it
MAX_CLEAR = 25  # words

ABOUT = ("rdv", "rendez vous", "rendezvous", "rendez v", "appointment", "votre convocation")
OTHER_DATE = (
    *("autre date", "autre jour", "autre heure", "autre moment", "autre horaire", "autre creneau"),
    *("autres dates", "autres creneaux", "autre rdv", "autre rendez vous", "nouvelle date", "nouveau rdv"),
    *("nouveau rendez vous", "reporter", "reportez", "reporte", "reporte le", "repousser", "repoussez"),
    *("decaler", "decalez", "deplacer le", "deplacer mon", "deplacez", "changer la date", "changer l heure"),
    *("changer mon rdv", "changer le rdv", "changer de date", "changer d heure", "changer de jour"),
    *("changer mon rendez vous", "changer le rendez vous", "plutot", "avancer mon", "avancer le"),
    *("another date", "another day", "another time", "other date", "other day", "different day"),
    *("different time", "reschedule", "postpone", "change the date", "change the time", "new date"),
    *phrases.OTHER_DATE,
)
NOT_COMING = (  # sufficient by themselves
    *("pas venir", "plus venir", "viendrai pas", "viendrai plus", "viens pas", "viens plus", "viendra pas"),
    *("viendrons pas", "pourrai pas etre la", "pourrai pas etre present", "pourrai pas etre presente"),
    *("serai pas la", "serai pas present", "serai pas presente", "serai pas disponible", "pas me presenter"),
    *("pas m y rendre", "pas me rendre", "pas honorer", "pas assister", "serons pas la", "sera pas la"),
    *("can t come", "cannot come", "can not come", "won t come", "will not come", "not coming", "cant come"),
    *("can t make it", "cannot make it", "can t attend", "cannot attend", "won t be there", "not attend"),
    *("unable to come", "unable to attend", "not be able to come", "not be able to attend"),
    *phrases.NOT_COMING,
)
MAYBE_NOT_COMING = (  # when the message speaks of an appointment, names a day, or is short and answers us
    *("pourrai pas", "pourrais pas", "pourrons pas", "peux pas", "peux plus", "pouvons pas", "pourra pas"),
    *("impossible", "empeche", "empechee", "empechement", "indisponible", "pas disponible", "pas dispo"),
    *("plus disponible", "serai absent", "serai absente", "suis absent", "suis absente", "pas la"),
    *("desister", "decommander", "contretemps", "suis malade", "can t", "cannot", "unable", "not available"),
    *("annuler", "annulez", "annule", "annulee", "annulation", "cancel", "canceled", "cancelled"),
    *phrases.MAYBE_NOT_COMING,
)
CANCEL = frozenset(words("annuler annulez annule annulee annulation cancel")) | phrases.CANCEL
NEGATED = ("n annul", "pas annul", "pas d annul", "not cancel", "don t cancel", "jamais annul")
YES = frozenset(
    words("oui ok okay okey dac daccord accord entendu parfait confirme confirmons confirmer yes yep confirm")
)
FILLER = frozenset(
    words(
        "bonjour bonsoir salut hello hi madame monsieur mme mr m merci beaucoup bien cordialement svp stp "
        "s il vous te plait please thanks thank you bonne bon journee soiree a bientot d de du des le la les "
        "l un mon ma notre mes ce cet cette au aux pour je j nous on y en et c est note suis sera serai "
        "serons present presente viendrai viens viendrons venir venue presence rdv rendez appointment my the "
        "i ll be there will come can for on at and it is avec plaisir volontiers super pas probleme souci"
    )
)
YES |= phrases.YES
FILLER |= phrases.COURTESY
LENGTHENED = re.compile(r"(\w)\1{2,}+")  # « ouiiii »
CAN_BE_NO_PROBLEM = ("pas de probleme", "pas de souci", "pas probleme", "no problem")
REFUSES = frozenset(words("pas plus ne n not non no mais but sauf annuler jamais"))
GOING = frozenset(words("viendrai viens viendrons presente present serai serons there come"))

COMES_AFTER_ALL = (  # after a cancellation; never enough to restore the appointment
    *("finalement", "tout compte fait", "en fin de compte", "au final", "quand meme", "changer d avis"),
    *("change d avis", "peux venir", "peut venir", "pourrai venir", "pourrais venir", "pouvons venir"),
    *("pourrons venir", "pourra venir", "vais venir", "viens", "viendrai", "viendra", "venons", "viendrons"),
    *("serai la", "serai present", "serai presente", "serons la", "sera la", "suis disponible", "suis dispo"),
    *("serai disponible", "suis libre", "serai libre", "suis liberee", "suis libere", "me liberer"),
    *("maintenir", "maintenez", "maintiens", "maintenu", "garder", "gardez", "garde", "conserver"),
    *("conservez", "reprendre", "retablir", "retablissez", "remettre", "remettez", "redonnez", "redonner"),
    *("n annulez", "pas annuler", "pas l annuler", "par erreur", "une erreur", "trompe", "trompee"),
    *("l annulation", "after all", "can come", "will come", "ll come", "m coming", "am coming", "be there"),
    *("can make it", "can attend", "changed my mind", "change my mind", "by mistake", "a mistake"),
    *("keep my", "keep the", "still want", "still coming", "available after", "reinstate", "restore"),
)
NO_COMING = ("viens de", "viens d", "vient de", "vient d", "venons de", "venons d")  # « je viens d’avoir… »


@dataclass(frozen=True, slots=True)
class Reading:
    """What a message says of an appointment; ``is_about``: it mentions one, whatever came before."""

    reply: str
    is_clear: bool = False
    is_about: bool = False


def read(text: str) -> Reading:
    """Interpret a message; what is not understood is ``WROTE``."""
    said = words(LENGTHENED.sub(r"\1", text[:MAX_READ]))
    line = f" {' '.join(said)} "
    is_about = _has(line, ABOUT)
    if not said or ("?" in text and not _has(line, OTHER_DATE)):
        return Reading(Reply.WROTE, is_about=is_about or _has(line, NOT_COMING))
    if _has(line, OTHER_DATE):
        return Reading(Reply.OTHER_DATE, is_about=is_about or says_when(text))
    if any(phrase in line for phrase in NEGATED):
        return Reading(Reply.WROTE, is_about=is_about)
    if _has(line, NOT_COMING):
        return Reading(Reply.NOT_COMING, is_about=True)
    if _has(line, MAYBE_NOT_COMING) and (is_about or says_when(text) or len(said) <= MAX_SHORT):
        is_dated = is_about or says_when(text)
        return Reading(Reply.NOT_COMING, is_clear=_is_clear(said, CANCEL), is_about=is_dated)
    return _coming(said, line, is_about=is_about)


def comes_after_all(text: str) -> bool:
    """Tell whether somebody who was not to come may now say that they come: an agent checks."""
    line = f" {' '.join(words(text[:MAX_READ]))} "
    for phrase in NO_COMING:
        line = line.replace(f" {phrase} ", " ")
    if not _has(line, COMES_AFTER_ALL):
        return False
    takes_back = _has(line, ("l annulation", "par erreur", "une erreur", "by mistake", "a mistake"))
    return takes_back or read(text).reply != Reply.NOT_COMING


def _coming(said: list[str], line: str, *, is_about: bool) -> Reading:
    for phrase in CAN_BE_NO_PROBLEM:
        line = line.replace(phrase, "")
    for phrase in phrases.YES_PHRASES:
        line = line.replace(f" {phrase} ", " oui ")
    left = line.split()
    if REFUSES & set(left) or not (YES & set(left) or GOING & set(left)):
        return Reading(Reply.WROTE, is_about=is_about)
    is_clear = _is_clear(left, YES) or _is_clear(left, GOING)
    return Reading(Reply.COMING if is_clear else Reply.WROTE, is_clear=is_clear, is_about=is_about)


def _is_clear(said: list[str], sure: frozenset[str]) -> bool:
    """Tell whether it is one of the certain phrases, with nothing else but courtesy and a day."""
    if len(said) > MAX_CLEAR or not sure & set(said):
        return False
    return all(word in sure or word in YES or word in FILLER or is_day_word(word) for word in said)


def _has(line: str, phrases: tuple[str, ...]) -> bool:
    return any(f" {phrase} " in line for phrase in phrases)
