"""Find when a person says they can be called: « À joindre après 18 h », « rappelez-moi le matin »."""

from collections.abc import Sequence

from requests_app.lib.french import NBSP
from requests_app.lib.text import words

MAX_READ = 4_000  # characters
NEAR = 8  # words on either side of « joindre »
ASKS = frozenset(
    words("joindre joignable joignables rappeler rappelez rappelle appeler appelez appelle reach call")
)
NOT_THEM = frozenset(words("essaye essayer tente tenter arrive vous horaires standard accueil numero"))
CAN_BE_POLITE = frozenset(words("pouvez pourriez voulez merci"))
PARTS = {
    "matin": "le matin",
    "matinee": "le matin",
    "midi": "le midi",
    "soir": "le soir",
    "soiree": "le soir",
    "morning": "le matin",
    "mornings": "le matin",
    "evening": "le soir",
    "evenings": "le soir",
    "afternoon": "l’après-midi",
    "afternoons": "l’après-midi",
}
LATEST_HOUR = 23


def call_hours(text: str) -> str:
    """Find « après 18 h », « le matin », « entre 9 h et 12 h »; "" when the text gives no hours."""
    said = words(text[:MAX_READ])
    for place, word in enumerate(said):
        if word in ASKS and not _is_of_others(said, place):
            after = said[place + 1 : place + 1 + NEAR]
            before = said[max(0, place - NEAR) : place]
            if found := _hours(after) or _hours(before):
                return f"pas {found}" if "pas" in said[max(0, place - 3) : place + 3] else found
    return ""


def _is_of_others(said: Sequence[str], place: int) -> bool:
    """Tell whether the hours are of another call: « J’ai essayé de vous appeler après 18 h »."""
    before = set(said[max(0, place - 4) : place])
    return bool(before & NOT_THEM) and not before & CAN_BE_POLITE


def _hours(said: Sequence[str]) -> str:
    for place, word in enumerate(said):
        rest = said[place + 1 :]
        if word in ("apres", "after") and rest[:1] == ["midi"]:
            return "l’après-midi"
        if word in ("apres", "after", "partir", "des") and (hour := _hour(_drop_of(rest))):
            return f"après {hour}"
        if word in ("avant", "before") and (hour := _hour(rest)):
            return f"avant {hour}"
        if word in ("entre", "between") and (span := _span(rest)):
            return span
        if word in PARTS and "midi" not in said[max(0, place - 1) : place]:
            return PARTS[word]
    return ""


def _drop_of(said: Sequence[str]) -> Sequence[str]:
    return said[1:] if said[:1] == ["de"] else said


def _span(said: Sequence[str]) -> str:
    link = next((place for place, word in enumerate(said[:5]) if word in ("et", "and")), None)
    if link is None:
        return ""
    first, last = _hour(said[:link]), _hour(said[link + 1 :])
    return f"entre {first} et {last}" if first and last else ""


def _hour(said: Sequence[str]) -> str:
    """Read « 18 h », « 18h30 », « 18:30 », « 6pm » at the beginning of a text."""
    if not said:
        return ""
    word, rest = said[0], list(said[1:3])
    is_evening = word.endswith("pm") or rest[:1] == ["pm"]
    head, _sign, tail = word.removesuffix("pm").removesuffix("am").partition("h")
    if not head.isdecimal() or len(head) > 2:
        return ""
    minutes = tail or next((each for each in rest if each.isdecimal() and len(each) == 2), "")
    hour = int(head) + (12 if is_evening and int(head) < 12 else 0)
    is_hour = "h" in word or rest[:1] in (["h"], ["heures"], ["heure"], ["pm"], ["am"]) or word[-1] == "m"
    if hour > LATEST_HOUR or not (is_hour or minutes):
        return ""
    shown = f"{NBSP}{minutes}" if minutes.isdecimal() and minutes != "00" else ""
    return f"{hour}{NBSP}h{shown}"
