"""Recognise a message that only says thank you, or that it was read: nobody waits for an answer to it."""

import re

from requests_app.lib.text import words

MAX_WORDS = 25
ASKS = re.compile(r"[?？؟]")

# One of these must be there, in the languages that our public writes.
THANKS = frozenset(
    words(
        """merci mercis remercie remercions remerciements thanks thank thx gracias obrigado obrigada grazie
        danke tesekkurler tesekkur sagol choukran shukran"""
    )
)
READ = [tuple(words(said)) for said in ("bien reçu", "bien noté", "c’est noté", "message reçu", "got it")]
# What surrounds it and asks for nothing.
AROUND = frozenset(
    words(
        """a au aux avec beaucoup bien bon bonne bonjour bonsoir c ca ce cela cette chaleureusement coeur
        cordialement d dans de des du en est et fin grand hello infiniment hi je journee l la le les madame
        mademoiselle messieurs mesdames mille mlle mme m monsieur mr mrs nous note ok okay parfait pour par
        perfect recu salutations semaine sincerement sinceres soiree super tout toute tous tres the to very
        much you your for so many lot all kind regards best have nice good day evening weekend week end dear
        sir madam un une vos votre vous d accord entendu top genial excellent excellente muchas muito"""
    )
)
# What people thank for: a request when it comes first (« Une réponse, merci »).
THANKED_FOR = frozenset(
    words(
        """accueil aide appel attention comprehension conseils ecoute efficacite gentillesse info infos
        information informations mail message patience rapide rapidite renseignement renseignements reponse
        reponses retour help answer reply equipe"""
    )
)
# « Merci de votre réponse » asks for one; « Merci de votre aide » does not.
GIVEN = frozenset(words("accueil aide attention comprehension ecoute efficacite gentillesse patience help"))
BEFORE_NAMES = THANKS | frozenset(
    words("madame mademoiselle monsieur mme mlle mr mrs m bonjour bonsoir dear hello")
)
# « Merci rappelez-moi » names nobody.
VERBAL = ("ez", "er", "ir", "re", "ons")
NO_NAMES = frozenset(
    words(
        """mais donc alors quand comment pourquoi car non pas rien j il elle on si quel quelle quelles quels
        qui moi mon ma mes son sa ses leur toujours jamais urgent urgence besoin attends attente rappel
        dossier demande papier avance but when how why not my no still need call back please s svp stp pouvez
        peux veux dois vite"""
    )
)
THUMBS = frozenset("👍🙏👌😊🙂❤💐🤝")
MAX_THUMBS = 6


def is_only_thanks(text: str, *names: str) -> bool:
    """Tell whether a text only thanks or says that it was read; ``names`` are of those who may have signed.

    A question, a digit or any word that may ask for something makes it a message to read.
    """
    if ASKS.search(text):
        return False
    said = words(text)
    if not said or len(said) > MAX_WORDS:
        return not said and _is_a_thumb(text)
    first = _first_thanks(said)
    known = {word for name in names for word in words(name)}
    return first is not None and all(_asks_nothing(said, rank, first, known) for rank in range(len(said)))


def _first_thanks(said: list[str]) -> int | None:
    """Return where the first thanks stand; None when there are none, or they ask (« merci de répondre »)."""
    for rank, word in enumerate(said):
        if word in THANKS and said[rank + 1 : rank + 2] in (["de"], ["d"]) and not GIVEN & set(said[rank:]):
            return None
    starts = (rank for rank in range(len(said)) if said[rank] in THANKS or _says_read(said, rank))
    return next(starts, None)


def _says_read(said: list[str], rank: int) -> bool:
    return any(tuple(said[rank : rank + len(phrase)]) == phrase for phrase in READ)


def _asks_nothing(said: list[str], rank: int, first: int, known: set[str]) -> bool:
    """Tell whether it is a courtesy, a name of theirs, or of the agent they thank (« Merci Chloé »)."""
    word = said[rank]
    if word in THANKS or word in AROUND or word in known or (word in THANKED_FOR and rank > first):
        return True
    is_named = rank > 0 and said[rank - 1] in BEFORE_NAMES and word.isalpha()
    return is_named and word not in NO_NAMES and not word.endswith(VERBAL)


def _is_a_thumb(text: str) -> bool:
    """Tell whether the text is « 👍 », alone or repeated, of any skin."""
    plain = [sign for sign in text if not sign.isspace() and not _is_modifier(sign)]
    return 0 < len(plain) <= MAX_THUMBS and all(sign in THUMBS for sign in plain)


def _is_modifier(sign: str) -> bool:
    return "\ufe00" <= sign <= "\ufe0f" or "\U0001f3fb" <= sign <= "\U0001f3ff"
