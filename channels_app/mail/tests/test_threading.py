"""Answers as the mail programs of people write them: each finds its ticket and shows its own words only."""

import pytest

from requests_app.lib import seals

pytestmark = pytest.mark.django_db

OWN = "Voici ma facture.\nMerci"
US = "Métropole de Lyon"
PROGRAMS = {
    "outlook_fr": """Content-Type: text/plain; charset=utf-8

{own}

________________________________
De : {us} <{back}>
Envoyé : lundi 2 mars 2026 14:05
À : samira@exemple.fr <samira@exemple.fr>
Objet : Votre demande {reference}

Bonjour,
Votre message est bien arrivé.""",
    "outlook_en": """Content-Type: text/plain; charset=utf-8

{own}

From: {us} <{back}>
Sent: Monday, March 2, 2026 2:05 PM
To: samira@exemple.fr
Subject: Votre demande {reference}

Bonjour,
Votre message est bien arrivé.""",
    "gmail_fr": """Content-Type: text/plain; charset=utf-8

{own}

Le lun. 2 mars 2026 à 14:05, {us} <{back}> a
écrit :

> Bonjour,
> Votre message est bien arrivé.
>""",
    "gmail_html": """Content-Type: text/html; charset=utf-8

<div dir="ltr">Voici ma facture.<div>Merci</div></div><br><div class="gmail_quote gmail_quote_container">\
<div dir="ltr" class="gmail_attr">Le lun. 2 mars 2026 à 14:05, {us} \
&lt;<a href="mailto:{back}">{back}</a>&gt; a écrit :<br></div>\
<blockquote class="gmail_quote" style="margin:0">Bonjour,<br>Votre message est bien arrivé.\
</blockquote></div>""",
    "gmail_en": """Content-Type: text/plain; charset=utf-8

{own}

On Mon, Mar 2, 2026 at 2:05 PM {us} <{back}> wrote:

> Bonjour,
> Votre message est bien arrivé.""",
    "apple_fr": """Content-Type: text/plain; charset=utf-8

{own}

Envoyé de mon iPhone

> Le 2 mars 2026 à 14:05, {us} <{back}> a écrit :
>
> Bonjour,
> Votre message est bien arrivé.""",
    "apple_en": """Content-Type: text/plain; charset=utf-8

{own}

> On 2 Mar 2026, at 14:05, {us} <{back}> wrote:
>
> Bonjour,""",
    "thunderbird_fr": """Content-Type: text/plain; charset=utf-8

{own}

Le 02/03/2026 à 14:05, {us} a écrit :
> Bonjour,
> Votre message est bien arrivé.""",
    "thunderbird_bottom": """Content-Type: text/plain; charset=utf-8

Le 02/03/2026 à 14:05, {us} a écrit :
> Bonjour,
> Votre message est bien arrivé.

{own}""",
    "orange": """Content-Type: text/plain; charset=utf-8

{own}


> Message du 02/03/26 14:05
> De : "{us}" <{back}>
> A : samira@exemple.fr
> Copie à :
> Objet : Votre demande {reference}
>
> Bonjour,
> Votre message est bien arrivé.""",
    "free": """Content-Type: text/plain; charset=utf-8

{own}

----- Mail original -----
De: "{us}" <{back}>
À: samira@exemple.fr
Envoyé: Lundi 2 Mars 2026 14:05:00
Objet: Votre demande {reference}

Bonjour,
Votre message est bien arrivé.""",
}


def answer(program, ticket, ack, *, keeps="both"):
    """The bytes of an answer; some programs lose In-Reply-To, some people write to our general address."""
    back = seals.reply_address(ticket.reference)
    body = PROGRAMS[program].format(own=OWN, us=US, back=back, reference=ticket.reference)
    to = back if keeps in {"both", "address"} else "accueil@demande.invalid"
    thread = (
        f"In-Reply-To: <{ack.message_id}>\nReferences: <0@exemple.fr> <{ack.message_id}>\n"
        if keeps in {"both", "thread"}
        else ""
    )
    head = f"From: Samira <samira@exemple.fr>\nTo: {US} <{to}>\nSubject: RE: Votre demande\n"
    return f"{head}{thread}Message-ID: <r1@exemple.fr>\nMIME-Version: 1.0\n{body}".encode(), to


@pytest.mark.parametrize("keeps", ["both", "address", "thread"])
@pytest.mark.parametrize("program", sorted(PROGRAMS))
def test_M07_comes_back_to_its_demand(receive_message, first, program, keeps):
    ticket, ack = first
    raw, to = answer(program, ticket, ack, keeps=keeps)
    assert receive_message.raw(raw, to=to).touchpoint.ticket == ticket


@pytest.mark.parametrize("program", sorted(PROGRAMS))
def test_shows_what_was_written_and_keeps_the_whole(receive_message, first, program):
    ticket, ack = first
    raw, to = answer(program, ticket, ack)
    touchpoint = receive_message.raw(raw, to=to).touchpoint
    assert touchpoint.reply_text.split() == OWN.split()
    assert "Bonjour" in touchpoint.text
