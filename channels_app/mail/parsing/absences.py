"""The words of answering machines: their subjects in many languages, and how they speak.

A person put aside is worse than a machine answered once, so words alone must be many, and alone: a mail that
also says something else is a person's.
"""

import re

REPLY = (
    r"(?:reply|response|respons|answer|r[eé]ponse|antwort|antwoord|bericht|respuesta|risposta|resposta|svar"
    r"|r[aă]spuns"
    r"|vastaus|odpowied[zź]|odpov[eě][dď]|odgovor|yan[iı]t|cevap|ответ|відповідь|отговор|r[aă]spuns|v[aá]lasz"
    r"|απάντηση|message|mail|e-mail|courriel|notification|nachricht|bericht|mensaje|messaggio|mensagem)"
)
AUTOMATIC = r"(?:auto(?:m[aá]\w{1,12})?|otomatik|автомат\w{0,12}|αυτόματ\w{1,3})"
TERM = (
    rf"(?:{AUTOMATIC}[- ]?{REPLY}|{REPLY}[- ]{AUTOMATIC}|autore(?:ply|spons\w*|spond\w*)"
    r"|out[- ]of[- ](?:the[- ])?office|ooo|vacation (?:reply|response|message|notice)"
    r"|away from (?:my|the) (?:office|desk|mail|e-?mail)"
    r"|r[eé]ponse d['’]absence|(?:message|notification|avis)(?: automatique)? d['’]absence"
    r"|r[eé]pondeur automatique"
    r"|absen(?:ce|te?|t\(e\)) du bureau|accus[eé] de r[eé]ception automatique|du bureau"
    r"|automatische (?:antwort|r[üu]ck\w+)|abwesenheits\w*|nicht im b[üu]ro"
    r"|fuera de (?:la )?oficina|fuori (?:sede|ufficio)|poza biurem|fora do escrit[oó]rio"
    r"|autosvar|frånvaro\w*|fravær\w*|\w{0,20}автоответ\w*)"
)
END = (
    r"(?:\s*[\])*]|\s*\([^()]{1,40}\)|\s*[:：.!–-]|\s*$"
    r"|\s+(?:re|aw|sv|tr|from|reply|message|until|jusqu|du \d|au \d)|\s+(?:de|von|di) \S{1,80}@)"
)
# At the start of the subject only: « Re: Réponse automatique » was written by a person.
SUBJECT = re.compile(
    rf"(?i)[\s\[(*]*(?:{TERM}(?:[\s/|]+{TERM}){{0,2}}{END}|auto: .{{0,60}}(?:out of|office|absent"
    rf"|bureau|away)"
    r"|\[r[eé]pondeur\]|自动(?:回复|答复|应答)|自動(?:返信|応答|回覆)|자동 ?(?:회신|응답)"
    r"|رد تلقائي|תשובה אוטומטית"
    r"|[^:?]{2,60} (?:est absent\(e\)|is out of (?:the )?office\W*$|is out of (?:the )?office \(ret))"
)

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
    r"|\bdies ist eine automatisch"
)
AWAY = re.compile(
    r"(?i)\bje (?:suis|serai)\b[^.!?]{0,40}\b(?:absente?|en (?:cong|vacances|arr[eê]t|d[eé]placement"
    r"|formation)"
    r"|indisponible|hors (?:du|de mon) bureau)"
    r"|^\W*(?:actuellement|[eé]tant) [^.!?]{0,20}\b(?:absente?|en cong|en vacances|en d[eé]placement"
    r"|indisponible)"
    r"|\b(?:le|notre) (?:service|secr[eé]tariat|cabinet|bureau|bureaux|accueil) (?:est|sera|sont|seront) ferm"
    r"|\b(?:i am|i['’]m|i will be|i['’]ll be) (?:currently |now )?(?:out of|away|on (?:\w+ )?(?:leave"
    r"|vacation"
    r"|holidays?)|unavailable)"
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
    r"|(?:respond|reply|answer|get back)[^.!?]{0,60}(?:return|as soon))"
)
SIGNS = (DECLARED, AWAY, UNTIL, ASK_OTHERS, LATER)
POLITE = re.compile(
    r"(?i)\W*(?:bonjour|bonsoir|madame|monsieur|hello|hi|dear|cher|merci\b.{0,60}(?:message|mail|courriel"
    r"|compr[eé]hension|patience)"
    r"|(?:je vous |we |i )?(?:remercie|thank)|thanks|cordialement|bien (?:cordialement|à vous)|(?:best"
    r"|kind) regards|sinc[eè]re"
    r"|regards|bonne (?:journ|r[eé]ception)|nous avons bien re[cç]u|j['’]ai bien re[cç]u votre)"
)
# What a person says to us, whatever the rest sounds like.
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
# No sign without one of these: most mails are not looked at any further.
ROOTS = re.compile(
    r"(?i)absen|cong|vaca|automat|robot|out of|away|leave|holiday|unavail|indispon|hors d|d[eé]placement"
    r"|formation"
    r"|arr[eê]t|ferm|eine auto|generated|acc[eè]s|access|retour|return|d[eè]s que"
)
LONGEST = 1500  # signs of what an answering machine says
MOST_OTHER_WORDS = 25  # beside it: a name, a function, a telephone number


def names_a_machine(subject: str) -> bool:
    """The subject that a program writes for its automatic answers."""
    return bool(SUBJECT.match(subject[:300]))


def says_some(words: str) -> bool:
    """One sign of a machine is enough where the envelope already says so."""
    start = words[:LONGEST]
    return (
        bool(ROOTS.search(start))
        and any(sign.search(start) for sign in (DECLARED, AWAY, LATER))
        and not PERSONAL.search(start)
    )


def speaks_alone(words: str) -> bool:
    """Says that it is a machine, or at least three things machines say; and nothing of one's own."""
    if len(words) >= LONGEST or not ROOTS.search(words) or PERSONAL.search(words):
        return False
    if not AWAY.search(words) and not DECLARED.search(words):
        return False
    others = [
        s for s in SENTENCES.split(words) if not POLITE.match(s) and not any(x.search(s) for x in SIGNS)
    ]
    rest = " ".join(others)
    if DECLARED.search(words):
        return not FIRST_PERSON.search(rest)
    return sum(bool(sign.search(words)) for sign in SIGNS) >= 3 and len(rest.split()) <= MOST_OTHER_WORDS
