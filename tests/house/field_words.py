"""The field's words: which names and phrases of ours an engineer of another house would not understand."""

import re

_PREPOSITION = re.compile(
    "about|above|after|around|at|before|behind|below|beside|between|by|for|from|in|into|of|off|on|out|over"
    "|through|to|under|upon|with|within|without"
)
_IRREGULAR = re.compile(
    "begun|bought|built|caught|chosen|done|drawn|driven|fallen|felt|forgotten|found|given|gone|grown|heard|held"
    "|hidden|kept|known|led|left|lost|made|met|paid|said|seen|sent|shown|slept|sold|spent|spoken|stood|taken"
    "|taught|thought|thrown|told|understood|woken|won|written"
)
_VERB_IN_ED = re.compile("embed|exceed|feed|need|proceed|seed|shed|speed")
_CONVERSION = re.compile("from|on|to")  # Python's own idioms: to_python, from_db, on_commit
# What a docstring begins with when it names a value, or tells a story, instead of what the function does.
_NO_VERB = re.compile(
    "an?|the|its?|they|their|them|we|us|our|you|your|i|my|this|that|these|those|one|two|three|four|five|six|ten"
    "|what(?:ever)?|which|who(?:ever)?|whom|whose|where|when|why|how|whether|if|because"
    "|all|each|both|some|any|another|several|many|most|more|less|every(?:body|one|thing)?|no(?:t|ne|body|thing)?"
    "|some(?:body|one|thing)|as|so|too|also|only|even|just|never|always|perhaps|soon|late|later|again|first|last"
    "|next|here|there|then|now|until|since|once|neither|either|new|old|raw|rich|canonical|pending|live"
)
_VERB_IN_S = re.compile("focus|.*ss")
_VERB_IN_ING = re.compile("bring|ping|ring|string")

_AFTER_WHO = "may|must|can|could|has|have|had|is|are|was|were|comes?|came|asks?|asked|wants?|gives?|reads?"
_BANNED = {
    r"demands?": "ticket (code), request (pages)",
    r"she|her|hers|herself|he|him|his|himself": "they, their, them",
    r"(?:true|there) no more|no more true": "no longer true",
    rf"(?:for|of|to|from|by|with) who(?= (?:{_AFTER_WHO})\b)": "those who, whoever",
    r"decides? of": "decide on",
    r"so many(?! that\b)": "N, a number of; N per period",
    r"ke(?:eps?|pt) (?:\w+ )?whole": "kept in full",
    r"to throw away": "throwaway",
    r"suitcases?": "channel folder",
    r"chiefs?": "manager",
    r"mend(?:s|ed|ing)?": "fix",
    r"bells?|doorbells?": "task, enqueue",
    r"journals?(?! d[e'’])": "audit log",
    r"figures?": "digit, number, statistics",
    r"papers": "documents",
    r"tak(?:es?|en|ing) (?:it |them )?back|tak(?:es?|en|ing) off": "undo, withdraw, remove",
    r"came again": "duplicate",
    r"likeness(?:es)?|resembles?": "similarity, is similar to",
    r"(?<!break-)glass": "break-glass access",
    r"wordless": "redacting",
    r"hopeless": "crash-looping",
    r"gentle|discreet": "that preserves input, without referrer",
    r"the land": "the territory",
}
_PATTERNS = [(re.compile(rf"\b(?:{words})\b", re.IGNORECASE), better) for words, better in _BANNED.items()]
_ANY = re.compile("|".join(rf"\b(?:{words})\b" for words in _BANNED), re.IGNORECASE)
_QUOTED = re.compile(r"«[^»]*»|``[^`]*``|`[^`\n]*`|\"[^\"\n]*\"")
_FIRST_WORD = re.compile(r"[\s«\"`]*([\w’'-]*)")


def is_participle(word: str) -> bool:
    is_regular = word.endswith("ed") and len(word) > 3 and not _VERB_IN_ED.fullmatch(word)
    return is_regular or _IRREGULAR.fullmatch(word) is not None


def is_badly_named(word: str) -> bool:
    """Whether a name is a bare participle, or begins with a preposition."""
    first, *rest = word.strip("_").split("_")
    if rest and _CONVERSION.fullmatch(first):
        return False
    return _PREPOSITION.fullmatch(first) is not None or (not rest and is_participle(first))


def begins_without_verb(docstring: str) -> bool:
    """Whether its first word is no verb in the imperative, as far as a machine can tell."""
    match = _FIRST_WORD.match(docstring)
    word = match[1].lower() if match else ""
    is_plural = word.endswith("s") and not _VERB_IN_S.fullmatch(word)  # or the third person: « Returns »
    is_gerund = word.endswith("ing") and not _VERB_IN_ING.fullmatch(word)
    is_other = not word.isalpha() and "-" not in word
    is_closed = any(words.fullmatch(word) for words in (_NO_VERB, _PREPOSITION))
    return is_plural or is_gerund or is_other or is_closed or is_participle(word)


def may_be_banned(text: str) -> bool:
    """Whether a closer look is needed: nearly all files say nothing of the kind, and are then cheap."""
    return _ANY.search(text) is not None


def banned(text: str, first_line: int = 1) -> list[str]:
    """Say line by line what to write instead; what is quoted is somebody else's word."""
    plain = _QUOTED.sub(lambda quoted: "\n" * quoted[0].count("\n"), text)
    return [
        f"{first_line + plain.count(chr(10), 0, match.start())}: {match[0]} → {better}"
        for pattern, better in _PATTERNS
        for match in pattern.finditer(plain)
    ]
