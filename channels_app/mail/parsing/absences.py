"""The texts of autoresponders.

Discarding a person is worse than answering a machine once, so text alone needs many signs and nothing else: a
mail that also says something of its own is a person's.
"""

import re

NO_ANSWER = r"(?:ne pas (?:y |lui )?r[eé]pondre|do not (?:reply|respond)|bitte nicht antworten)"
DECLARED = re.compile(
    r"(?i)\b(?:ceci est|il s['’]agit d['’]|c['’]est) ?une? (?:r[eé]ponse|message|mail|e-?mail|courriel"
    r"|courrier)"
    r" (?:[eé]lectronique )?(?:automatique|g[eé]n[eé]r[eé]e? automatiquement)"
    r"|\b(?:ce|cette) (?:r[eé]ponse|message|mail|e-?mail|courriel|courrier) (?:est|a [eé]t[eé])"
    r" (?:automatique|(?:g[eé]n[eé]r[eé]e?|envoy[eé]e?|[eé]mise?) (?:automatiquement|par un (?:automate"
    r"|robot)))"
    r"|\b(?:message|r[eé]ponse|mail|courriel) (?:automatique|g[eé]n[eé]r[eé]e? automatiquement),? (?:merci"
    r"|veuillez|pri[eè]re)"
    rf"[^.!?]{{0,30}}{NO_ANSWER}"
    r"|\b(?:this|it) (?:is|was) an? (?:auto[- ]?(?:matic|mated|matically generated)?|system[- ]generated)"
    r" ?-?(?:reply|response|message|e-?mail|notification)"
    r"|\b(?:dies ist eine|diese (?:nachricht|e-?mail) wurde) automatisch"
)
# Phrases that say a message arrived, or that nobody reads there: with the above, a machine wrote.
RECEIVED = re.compile(
    r"(?i)\bnous avons bien re[cç]u votre (?:message|demande|mail|e-?mail|courriel)"
    r"|\bvotre (?:message|demande|mail|e-?mail|courriel) (?:nous )?(?:est|a)"
    r" (?:bien )?(?:[eé]t[eé] )?(?:re[cç]ue?|parvenue?|enregistr|prise? en)"
    r"|\bthank you for (?:contacting|your (?:e-?mail|message))|\bwe (?:have )?received your"
    r"|\bwir haben (?:ihre|deine) (?:nachricht|anfrage|e-?mail)"
    r"|\bcette (?:bo[iî]te|adresse)[^.!?]{0,40} n['’]est (?:plus|pas) (?:consult|relev|lue|surveill|utilis)"
    r"|\bis (?:no longer|not) (?:monitored|read)"
)
AWAY = re.compile(
    r"(?im)\bje (?:suis|serai)\b[^.!?]{0,40}\b(?:absente?|en (?:cong|vacances|arr[eê]t|d[eé]placement"
    r"|formation)"
    r"|indisponible|hors (?:du|de mon) bureau)"
    r"|^[^\w\n]*+(?:actuellement|[eé]tant) [^.!?]{0,20}\b(?:absente?|en cong|en vacances|en d[eé]placement"
    r"|indisponible)"
    r"|\b(?:le|notre) (?:service|secr[eé]tariat|cabinet|bureau|bureaux|accueil) (?:est|sera|sont|seront) ferm"
    r"|\b(?:i am|i['’]m|i will be|i['’]ll be) (?:currently |now )?(?:out of|away|on (?:\w+ )?(?:leave"
    r"|vacation"
    r"|holidays?)|unavailable)"
    r"|\bich bin\b[^.!?]{0,40}\b(?:im urlaub|abwesend|nicht (?:da|im b[üu]ro|erreichbar))"
    r"|\b(?:estoy|estar[ée])\b[^.!?]{0,20}\b(?:fuera|ausente|de vacaciones)"
    r"|\b(?:sono|sar[òo])\b[^.!?]{0,20}\b(?:fuori|assente|in ferie)"
    r"|\b(?:estou|estarei)\b[^.!?]{0,20}\b(?:fora|ausente|de f[ée]rias)"
    r"|\bik ben\b[^.!?]{0,20}\b(?:afwezig|op vakantie|niet (?:aanwezig|op kantoor))"
)
UNTIL = re.compile(
    r"(?i)jusqu['’ ]?(?:au|à|en)\b|de retour|mon retour|\bdu \d[^.]{1,25} au \d|\binclus\b|\buntil\b|\b(?:i"
    r"|will) return"
    r"|\breturning (?:on )?|\bback (?:on|in)\b|\bmy return"
)
ASK_OTHERS = re.compile(
    r"(?i)\b(?:en|pendant|durant) mon absence|\b(?:in|during) my absence"
    r"|(?:urgen|question|besoin|demande)[^.!?]{0,60}(?:contact|adress|[eé]cri|joindre|appel|t[eé]l[eé]phon)"
    r"|(?:urgen|question|immediate)[^.!?]{0,60}(?:contact|call|e-?mail|write)"
    r"|(?:merci de|veuillez|vous pouvez|please)(?: bien vouloir)? (?:contacter|contact|joindre"
    r"|vous adresser|[eé]crire|adresser)"
)
LATER = re.compile(
    r"(?i)(?:acc[eè]s (?:limit[eé] )?[aà] (?:ma|mes) (?:messagerie|mails?|e-?mails?|courriels)"
    r"|(?:limited|no|without) access to (?:my )?e?-?mail|consulter(?:ai)? (?:pas )?(?:ma|mes) (?:messagerie"
    r"|mails|e-?mails)"
    r"|(?:r[eé]pondrai|trait[eé]|prendrai connaissance|lirai)[^.!?]{0,60}(?:retour|d[eè]s que)"
    r"|will not be (?:reading|checking|able to read) (?:my )?(?:e-?mail|mail|messages)"
    r"|(?:respond|reply|answer|get back)[^.!?]{0,60}(?:return|as soon))"
)
SIGNS = (DECLARED, AWAY, UNTIL, ASK_OTHERS, LATER)
POLITE = re.compile(
    r"(?i)\A\W*+(?:bonjour|bonsoir|madame|monsieur|hello|hi|dear|cher|merci\b.{0,60}(?:message|mail|courriel"
    r"|compr[eé]hension|patience)"
    r"|(?:je vous |we |i )?(?:remercie|thank)|thanks|cordialement|bien (?:cordialement|à vous)|(?:best"
    r"|kind) regards|sinc[eè]re"
    r"|regards|bonne (?:journ|r[eé]ception)|nous avons bien re[cç]u|j['’]ai bien re[cç]u votre)"
)
# Phrases of a person, whatever the rest sounds like.
PERSONAL = re.compile(
    r"(?i)\?|\b(?:mon|ma|mes) (?!absence|retour|messagerie|bo[iî]te|mails?|e-?mails?|courriels|coll[eè]gue"
    r"|secr[eé]tariat|assistante?\b"
    r"|bureau|service|remplac|cong|poste|responsable|adjointe?|interlocut|sup[eé]rieur|[eé]quipe)\w+"
    r"|\bmy (?!absence|return|e-?mail|mail|colleague|office|team|assistant|manager|leave|vacation|inbox"
    r"|messages)\w+"
    r"|\bme (?:rappeler|contacter|recontacter|joindre|r[eé]pondre|dire|confirmer|proposer|donner"
    r"|transmettre|renvoyer)"
    r"|(?<!vous )\b(?:pouvez|pourriez|auriez)[- ]vous|\bje (?:voudrais|souhait\w+|demande|cherche|viens"
    r"|n['’]ai pas re[cç]u)"
    r"|\b(?:rendez-vous|rdv)\b|\bj['’]ai (?:re[cç]u|essay|[eé]crit|envoy|appel"
    r"|d[eé]pos)(?! (?:bien )?votre message)"
)
FIRST_PERSON = re.compile(r"(?i)\b(?:je|me|moi|mon|ma|mes|i|my)\b|\bj['’]")
SENTENCES = re.compile(r"(?<=[.!?])\s+|\n{2,}|\n(?=[A-ZÀ-Ý])")
# No sign without one of these: most mails are not checked any further.
ROOTS = re.compile(
    r"(?i)absen|cong|vaca|automat|robot|out of|away|leave|holiday|unavail|indispon|hors d|d[eé]placement"
    r"|formation"
    r"|urlaub|b[üu]ro|erreichbar|abwesen|fuera|ausent|vacaciones|fuori|ferie|assent|fora|f[ée]rias|afwezig|vakantie"
    r"|niet |arr[eê]t|ferm|eine auto|generated|acc[eè]s|access|retour|return|d[eè]s que"
)
MAX_LENGTH = 1500  # characters of an autoresponder's text
MAX_OTHER_WORDS = 25  # beside it: a name, a function, a telephone number
MAX_NAMES, MAX_POLITE = 4, 5


def is_personal(words: str) -> bool:
    """Return whether somebody asks something, or writes about themselves."""
    return bool(PERSONAL.search(words[:MAX_LENGTH]))


def says_some(words: str) -> bool:
    """Return whether there is one sign of a machine: enough when the envelope says so already."""
    start = words[:MAX_LENGTH]
    return (
        bool(ROOTS.search(start))
        and any(sign.search(start) for sign in (DECLARED, AWAY, LATER))
        and not PERSONAL.search(start)
    )


def says_nothing_else(words: str) -> bool:
    """Return whether there is nothing but a greeting or a name: nobody asks anything."""
    return len(words) < MAX_LENGTH and len(_others(words).split()) <= MAX_NAMES


def is_an_absence(words: str) -> bool:
    """Return whether it says that somebody is away or reads later, and next to nothing else."""
    if len(words) >= MAX_LENGTH or not ROOTS.search(words) or PERSONAL.search(words):
        return False
    return _is_away(words) and len(_others(words).split()) <= MAX_OTHER_WORDS


def speaks_alone(words: str) -> bool:
    """Return whether it has three phrases of machines, or says that it is one, and nothing of its own.

    Saying that a program sent it is not a sign by itself: signatures of offices say so too.
    """
    if len(words) >= MAX_LENGTH or not ROOTS.search(words) or PERSONAL.search(words):
        return False
    if DECLARED.search(words) and (RECEIVED.search(words) or _is_away(words)):
        others = _others(words)
        return not FIRST_PERSON.search(others) and len(others.split()) <= MAX_OTHER_WORDS
    is_said = (AWAY.search(words) or DECLARED.search(words)) and sum(
        bool(sign.search(words)) for sign in SIGNS
    ) >= 3
    return bool(is_said) and len(_others(words).split()) <= MAX_OTHER_WORDS


def _is_away(words: str) -> bool:
    return bool(AWAY.search(words) or LATER.search(words))


def _others(words: str) -> str:
    """Return what is neither courtesy nor a phrase of machines."""
    sentences = [_strip_greeting(sentence) for sentence in SENTENCES.split(words)]
    return " ".join(s for s in sentences if not any(sign.search(s) for sign in (*SIGNS, RECEIVED)))


def _strip_greeting(sentence: str) -> str:
    """Return a sentence without its greeting, which may take a few more words (« Bonjour à tous »)."""
    polite = POLITE.match(sentence)
    rest = sentence[polite.end() :] if polite else sentence
    return "" if polite and len(rest.split()) <= MAX_POLITE else rest
