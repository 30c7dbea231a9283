"""The subjects of autoresponders, in many languages; people write some of them too."""

import re

ANSWER = (
    r"(?:reply|response|respons|answer|r[eé]ponse|antwort|antwoord|respuesta|risposta|resposta|svar"
    r"|r[aă]spuns"
    r"|vastaus|odpowied[zź]|odpov[eě][dď]|odgovor|yan[iı]t|cevap|ответ|відповідь|отговор|v[aá]lasz"
    r"|απάντηση)"
)
MESSAGE = (
    r"(?:message|mail|e-mail|courriel|notification|nachricht|bericht|mensaje|messaggio|mensagem"
    r"|notificaci[oó]n)"
)
AUTOMATIC = r"(?:auto(?:m[aá]\w{1,12})?|otomatik|автомат\w{0,12}|αυτόματ\w{1,3})"
# What programs put before the subject they answer, or instead of it.
ANSWERS = (
    rf"(?:{AUTOMATIC}[- ]?{ANSWER}|{ANSWER}[- ]{AUTOMATIC}|autore(?:ply|spons\w{{0,9}}|spond\w{{0,9}})"
    r"|out[- ]of[- ](?:the[- ])?office (?:auto-?)?(?:reply|response|message|notice|autoreply)"
    r"|vacation (?:reply|response|message|notice)"
    r"|r[eé]ponse d['’]absence(?: du bureau)?|r[eé]pondeur automatique|accus[eé] de r[eé]ception automatique"
    r"|automatische (?:antwort|r[üu]ck\w{1,12})|abwesenheits\w{1,15}"
    r"|autosvar|\w{0,20}автоответ\w{0,12})"
)
# What people also write: such a subject needs a text that says nothing else.
ABSENCES = (
    rf"(?:{AUTOMATIC}[- ]?{MESSAGE}|{MESSAGE}[- ]{AUTOMATIC}"
    r"|out[- ]of[- ](?:the[- ])?office|ooo"
    r"|away from (?:my|the) (?:office|desk|mail|e-?mail)"
    r"|(?:message|notification)(?: automatique)? d['’]absence"
    r"|absen(?:ce|te?|t\(e\)) du bureau|nicht im b[üu]ro"
    r"|fuera de (?:la )?oficina|fuori (?:sede|ufficio)|poza biurem|fora do escrit[oó]rio"
    r"|frånvaro\w{0,12}|fravær\w{0,12}|afwezigheids?\w{0,12}|ausencia|aus[êe]ncia(?: tempor[áa]ria)?|assenza)"
)
END = (
    r"(?:\s{0,5}[\])*]|\s{0,5}\([^()]{1,40}\)|\s{0,5}[:：.!–-]|\s{0,5}$"
    r"|\s{1,5}(?:re|aw|sv|tr|from|reply|message|until|jusqu|du \d|au \d)|\s{1,5}(?:de|von|di) \S{1,80}@)"
)
# What gateways put in front: [EXT], [External], (SPAM?)…
TAGS = r"(?:\s{0,3}[\[(][^\])]{1,20}[\])]){0,3}"
# At the start of the subject only: « Re: Réponse automatique » was written by a person.
ANSWER_SUBJECT = re.compile(
    rf"(?i)\A{TAGS}[\s\[(*]{{0,9}}(?:{ANSWERS}(?:[\s/|]{{1,5}}{ANSWERS}){{0,2}}{END}"
    r"|auto ?: .{0,60}(?:out of|absent|away|nicht im|abwesend|fuera de|fuori|assente|fora d|afwezig|niet op)"
    r"|\[r[eé]pondeur\]|自动(?:回复|答复|应答)|自動(?:返信|応答|回覆)|자동 ?(?:회신|응답)"
    r"|رد تلقائي|תשובה אוטומטית)"
)
ABSENCE_SUBJECT = re.compile(
    rf"(?i)\A{TAGS}[\s\[(*]{{0,9}}(?:{ABSENCES}(?:[\s/|]{{1,5}}(?:{ABSENCES}|{ANSWERS})){{0,2}}{END}"
    r"|[^:?]{2,60} (?:est absent\(e\)|is out of (?:the )?office\W{0,9}$|is out of (?:the )?office \(ret))"
)


def names_an_answer(subject: str) -> bool:
    """Return whether only programs write this subject, for automatic replies."""
    return bool(ANSWER_SUBJECT.match(subject[:300]))


def names_an_absence(subject: str) -> bool:
    """Return whether programs, and people too, write this subject."""
    return bool(ABSENCE_SUBJECT.match(subject[:300]))
