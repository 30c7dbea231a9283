"""A page that looks like a telephone: one conversation per number, statuses, failures on command."""

from html import escape

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gru.demo.telephone.exchange import OUT, Text
from gru.demo.telephone.media import SHOWN as SHOWN_TYPES
from gru.demo.telephone.troubles import Troubles
from requests_app.lib import french, phones

SHOWN = 60
PAGE = """<!doctype html><html lang="fr" data-bs-theme="light"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>
<link rel="stylesheet" href="/static/vendor/bootstrap-5.3.9/bootstrap.min.css">
<link rel="stylesheet" href="/static/ui/tokens.css"><link rel="stylesheet" href="/static/ui/gru.css">
<link rel="stylesheet" href="/static/ui/telephone.css"></head>
<body><main class="tel-page"><header class="tel-head"><h1>{title}</h1><p class="muted">{intro}
<a href="/courriels/">{mails}</a></p></header>
<nav class="tel-list" aria-label="{list_label}">{numbers}</nav>
<section class="tel" aria-label="{title}">{screen}</section>
<aside class="tel-tools">{tools}</aside></main></body></html>"""
NUMBER = """<a class="tel-number" href="/telephone/{key}/"{current}><b>{number}</b>
<span class="muted">{last}</span></a>"""
BUBBLE = """<li class="tel-{way}">{pictures}{words}<p class="tel-state{bad}">{state}</p></li>"""
WORDS = """<p class="tel-words">{body}</p>"""
PICTURE = """<img class="tel-picture" src="/telephone/images/{sid}" alt="{alt}">"""
WRITE = """<form class="tel-write" method="post" action="/telephone/recu" enctype="multipart/form-data">
{sender}
<label class="form-label" for="body{suffix}">{body_label}</label>
<textarea class="form-control" id="body{suffix}" name="body" rows="2"></textarea>
<label class="form-label" for="pictures{suffix}">{pictures_label}</label>
<input class="form-control" type="file" id="pictures{suffix}" name="pictures" accept="image/*" multiple>
<p class="tel-more"><input type="checkbox" id="lost{suffix}" name="deliver" value="non">
<label for="lost{suffix}">{lost}</label></p><button class="btn btn-primary">{send}</button></form>"""
SENDER = """<label class="form-label" for="from">{label}</label>
<input class="form-control" id="from" name="from" type="tel" required value="{value}">"""
BREAK = """<h2 class="h5">{title}</h2><p class="muted">{now}</p>
<form method="post" action="/telephone/panne"><input type="hidden" name="key" value="{key}">
<label class="form-label" for="mode">{label}</label>
<select class="form-select" id="mode" name="mode">{options}</select>
<label class="form-label" for="count">{count_label}</label>
<input class="form-control" id="count" name="count" type="number" min="1" max="1000" value="1">
<button class="btn btn-outline-secondary">{go}</button></form>"""
STATES = {
    "queued": gettext_lazy("En route"),
    "sent": gettext_lazy("Parti, pas encore remis"),
    "delivered": gettext_lazy("Remis"),
    "undelivered": gettext_lazy("Non remis"),
    "failed": gettext_lazy("Non remis"),
    "received": gettext_lazy("Envoyé à la collectivité"),
}
TROUBLES = {
    "off": gettext_lazy("Tout va bien"),
    "unreachable": gettext_lazy("Téléphone éteint : non remis"),
    "landline": gettext_lazy("Téléphone fixe : non remis"),
    "silent": gettext_lazy("Aucun accusé ne revient"),
    "sent_only": gettext_lazy("Parti, sans accusé de remise"),
    "twice": gettext_lazy("Chaque accusé vient deux fois"),
    "backwards": gettext_lazy("Accusés dans le désordre"),
    "late": gettext_lazy("Accusés en retard"),
    "unknown": gettext_lazy("Accusés pour un numéro d’envoi inconnu"),
    "429": gettext_lazy("Trop de demandes à la fois"),
    "500": gettext_lazy("Erreur du service"),
    "503": gettext_lazy("Service indisponible"),
    "outage": gettext_lazy("Panne générale"),
    "hang": gettext_lazy("Le service ne répond pas"),
    "close_before": gettext_lazy("Ligne coupée avant l’envoi"),
    "close_after": gettext_lazy("Ligne coupée après l’envoi"),
    "21610": gettext_lazy("La personne a dit STOP"),
    "21614": gettext_lazy("Numéro sans SMS"),
    "no_pictures": gettext_lazy("Images indisponibles pour le moment"),
    "pictures_gone": gettext_lazy("Images perdues"),
}


def telephone(texts: list[Text], key: str, number: str, troubles: Troubles) -> str:
    """Return the whole page: the numbers, one conversation, the tools."""
    latest: dict[str, Text] = {}
    for text in texts:
        latest.setdefault(text.key, text)
    key = key or next(iter(latest), "")
    talk = [text for text in texts if text.key == key][:SHOWN]
    intro = _("Les SMS de la démonstration arrivent ici, au %(number)s. Rien ne sort de cette machine.")
    return PAGE.format(
        title=escape(_("Téléphone de démonstration")),
        intro=escape(intro % {"number": phones.format_national(number)}),
        mails=escape(_("Voir les courriels")),
        list_label=escape(_("Conversations")),
        numbers="".join(_number(text, key) for text in list(latest.values())[:SHOWN]) or _nobody(),
        screen=_screen(talk),
        tools=_write("", "_new") + _breakdown(key, troubles),
    )


def _nobody() -> str:
    return f'<p class="muted">{escape(_("Aucun SMS pour le moment."))}</p>'


def _number(text: Text, key: str) -> str:
    current = ' aria-current="page"' if text.key == key else ""
    shown, last = escape(phones.format_national(text.other)), escape(text.body[:60])
    return NUMBER.format(key=text.key, current=current, number=shown, last=last)


def _screen(talk: list[Text]) -> str:
    if not talk:
        return f'<p class="tel-empty muted">{escape(_("Écrivez un premier SMS."))}</p>'
    number = talk[0].other
    bubbles = "".join(_bubble(text) for text in reversed(talk))
    again = f'<a class="btn btn-ghost" href="/telephone/{talk[0].key}/">{escape(_("Actualiser"))}</a>'
    title = f"<h2>{escape(phones.format_national(number))}</h2>"
    return f'<div class="tel-top">{title}{again}</div><ol class="tel-talk">{bubbles}</ol>{_write(number, "")}'


def _bubble(text: Text) -> str:
    """Return one message: the authority's are incoming on this screen, the citizen's outgoing."""
    is_bad = text.status in {"undelivered", "failed"}
    at = timezone.localtime(text.made_at)
    parts = [french.near(text.made_at, timezone.now()), str(STATES.get(text.status, text.status))]
    if text.error:
        parts.append(_("code %(code)s") % {"code": text.error})
    if text.segments > 1:
        parts.append(_("%(n)s SMS") % {"n": text.segments})
    state = f'<time datetime="{at.isoformat()}">{escape(" · ".join(parts))}</time>'
    way = "in" if text.direction == OUT else "out"
    bad = " tel-bad" if is_bad else ""
    words = WORDS.format(body=escape(text.body)) if text.body else ""
    return BUBBLE.format(way=way, pictures=_pictures(text), words=words, state=state, bad=bad)


def _pictures(text: Text) -> str:
    """Return the pictures that a page can show."""
    alt = escape(_("Image jointe"))
    return "".join(PICTURE.format(sid=sid, alt=alt) for sid, kind in text.media if kind in SHOWN_TYPES)


def _write(number: str, suffix: str) -> str:
    """Return the form of a conversation, or of a telephone that has not written yet."""
    label = _("Numéro du téléphone")
    sender = SENDER.format(label=escape(label), value="")
    if number:
        sender = f'<input type="hidden" name="from" value="{escape(number)}">'
    title = f'<h2 class="h5">{escape(_("Écrire d’un autre téléphone"))}</h2>' if suffix else ""
    form = WRITE.format(
        suffix=suffix,
        sender=sender,
        body_label=escape(_("Votre SMS à la collectivité")),
        pictures_label=escape(_("Images jointes, si vous voulez")),
        lost=escape(_("Ne pas l’apporter : la relève le trouvera")),
        send=escape(_("Envoyer le SMS")),
    )
    return title + form


def _breakdown(key: str, troubles: Troubles) -> str:
    options = "".join(
        f'<option value="{mode}">{escape(str(words))}</option>' for mode, words in TROUBLES.items()
    )
    return BREAK.format(
        title=escape(_("Ce qui ne va pas")),
        now=escape(_now(troubles)),
        key=escape(key),
        label=escape(_("Panne")),
        options=options,
        count_label=escape(_("Pour combien de SMS")),
        go=escape(_("Appliquer")),
    )


def _now(troubles: Troubles) -> str:
    on = [each for each in (troubles.sending, troubles.receipts, troubles.pictures) if each.count > 0]
    words = [
        _("%(what)s (encore %(n)s SMS)") % {"what": TROUBLES.get(each.mode, each.mode), "n": each.count}
        for each in on
    ]
    return " · ".join(words) or _("Tout va bien.")
