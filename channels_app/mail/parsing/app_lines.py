"""The lines that phones, mail programs and virus scanners add automatically, in many languages."""

import re

MAX_LINE = 200  # characters
MAX_CLAIM = 110
INVISIBLE = str.maketrans("", "", "\u200b\u200c\u200d\u200e\u200f\u2060\u2063\ufeff")
# « sent from » in many languages; a device must be named too, and no date.
SENT_FROM = (
    r"envoy[ée]e?s? (?:du|de(?:puis)?|[àa] partir|avec|via|gr[âa]ce|par (?:mon|ma|l')"
    r"|en toute sécurité avec)\b",
    r"(?:securely )?sent (?:from|via|with|by)\b|from my (?:iphone|ipad|android|mobile)",
    r"von meinem .{0,60}gesendet|diese nachricht wurde von meinem",
    r"(?:sicher )?(?:gesendet|verschickt) (?:von|mit|aus)\b",
    r"envia[dt]o? (?:desde|do|da|de|a partir|com|con|amb|des)\b",
    r"inviato (?:da|dal|con|tramite)\b",
    r"(?:sendt|skickat|sänt) (?:fra|från|med|via|frå)\b",
    r"(?:verzonden|verstuurd) (?:met|vanaf|van|via|door)\b",
    r"lähetetty\b",
    r"wysłan[eoay] (?:z|ze|przez)\b",
    r"(?:odesláno|odoslané|odoslano|poslano|poslato|poslané) (?:z|ze|s|sa|iz|od)\b",
    r"trimis (?:de pe|din|cu|prin|de la)\b",
    r"dërguar nga\b",
    r"(?:отправлено|надіслано|відправлено|изпратено) (?:с|со|из|от|з|із|через)\b",
    r"(?:στάλθηκε|εστάλη) από\b",
    r".{0,30}(?:gönderildi|küldve)\W*$|(?:elküldve|küldve)\b",
    r"(?:تم (?:الإرسال|إرسالها?)|أ?ُ?رسلت?|مرسلة?) (?:من|بواسطة|عبر)\b",
    r"נשלח מ|ارسال شده از\b",
    r"đã gửi (?:từ|bằng)\b",
    r"(?:從我的|发自我的|發自我的|从我的)|.{0,30}(?:から送信|에서 보냄)",
    r"provenance :",
)
# « Sent with Canary »: one name, not a place.
NAMED = re.compile(
    r"(?i)[\W_]{0,4}(?:envoy[ée]\w{0,2} (?:[àa] partir de|via|avec)|sent (?:with|via|using)|gesendet mit"
    r"|enviado (?:con|com)|inviato con|verzonden met) (?-i:[A-ZÀ-Ý])\w{2,15}(?: (?:Mail|App))?\W{0,3}"
)
THING = re.compile(
    r"(?i)i-?phone|i-?pad|android|galaxy|samsung|huawei|xiaomi|redmi|oppo|honor|pixel|sony"
    r"|nokia|blackberry|windows"
    r"|smartphone|t[ée]l[ée]?[fp]h?on|mobile|mobil|móvil|celular|cellulare|handy|portable"
    r"|tablet|appareil|device"
    r"|ger[äa]t|dispositivo|l'appli|\bappli?\b|\bpc\b|ordinateur|computer|mail\b|mailo|courrier"
    r"|courriel|messagerie sécur|outlook|yahoo"
    r"|proton|tuta|spark|mailspring|airmail|edison|orange|sfr"
    r"|\bfree\b|gmx|bouygues|thunderbird|k-9|телефон|смартфон|устройств|почт|手机|手機|電話|هاتف|جوال"
)
INSTALL = (
    r"(?:get|obten\w*|obter|t[ée]l[ée]charge[rz]|descarg\w+|scarica|ottieni|baix\w+|download\w*"
    r"|hol\w* sie|hämta|hent"
    r"|pobierz|stáhn\w*|скача\w+|загрузит\w+) (?:\[?outlook|the outlook|blue ?mail).{0,90}",
    r".{0,40}outlook.{0,40}<https?://aka\.ms/\S{1,40}",
    r"<?https?://(?:aka\.ms|tuta\.com|proton\.me|getmailspring\.com)/?\S{0,60}",
)
SCANNED = (
    r"\[?(?:garanti )?(?:sans virus|virus-free|virenfrei|libre de virus"
    r"|senza virus).{0,10}(?:www\.)?(?:avast|avg)"
    r"\.\w{2,3}.{0,90}",
    r"(?:l'absence de virus dans|cet e-?mail a été vérifié"
    r"|this e-?mail has been checked for viruses).{0,90}",
)
PRINT_LESS = (
    r"(?=[^.!?]*(?:imprim|print))(?=[^.!?]*(?:environ|planète|forêt|arbre|tree))(?:pense\w{1,2}"
    r"|merci de penser|soyons|préserv\w{1,4}|please consider|think|consider|save|avant d'imprimer"
    r"|before (?:you )?print\w*|n'imprimez)[^.!?]{0,120}[.!]?",
)
SENT = re.compile(rf"(?i)\A[\W_]{{0,4}}(?:{'|'.join(SENT_FROM)})")
WHOLE = re.compile(rf"(?i)\A[\W_]{{0,4}}(?:{'|'.join((*INSTALL, *SCANNED, *PRINT_LESS))})")
EXCUSE = re.compile(
    r"(?i)[,.;] ?(?:please|sorry|excuse|pardon|veuillez|désolé|bitte|disculp|scus)|[(<\[]http"
)
DAY = re.compile(r"(?i)\b(?:le|du|on|am|el|il|op) \d|\d{1,2}[./-]\d{1,2}[./-]\d")


def is_added(line: str) -> bool:
    """Return whether no person typed this line."""
    line = line.translate(INVISIBLE).strip()[:MAX_LINE].replace("’", "'")
    return bool(WHOLE.fullmatch(line)) or _says_what_sent_it(line)


def _says_what_sent_it(line: str) -> bool:
    """Match « Sent from my iPad, excuse my typos », not « Sent from my desk, which is easier »."""
    claim = EXCUSE.split(line, maxsplit=1)[0]
    if len(claim) > MAX_CLAIM or "," in claim or claim.endswith(("!", "?")) or DAY.search(claim):
        return False
    return bool((SENT.match(claim) and THING.search(claim)) or NAMED.fullmatch(claim))
