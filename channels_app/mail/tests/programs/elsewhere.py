"""Notices and automatic answers of servers and programs that the shared mails do not hold, in six languages."""

from .absences import Absence
from .bounces import COPY, LOST, OURS, Notice

REPORT = 'Content-Type: multipart/report; report-type=delivery-status; boundary="r"\nMIME-Version: 1.0'
TYPED = "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit"
EXCHANGE = f"{TYPED}\nX-Auto-Response-Suppress: All\nIn-Reply-To: <{OURS}>\nReferences: <{OURS}>"


def _report(words: str, status: str, *, kind: str = "message/rfc822", copy: str = COPY) -> str:
    parts = [
        f"Content-Type: text/plain; charset=utf-8\n\n{words}",
        f"Content-Type: message/delivery-status\n\n{status}",
        f"Content-Type: {kind}\n\n{copy}",
    ]
    return "\n".join([*(f"--r\n{part}" for part in parts), "--r--"])


def _status(recipient: str = LOST, *, action: str = "failed", code: str = "5.1.1", more: str = "") -> str:
    return (
        f"Reporting-MTA: dns; mx.elsewhere.example\nArrival-Date: Tue, 3 Mar 2026 09:12:00 +0100\n\n{more}"
        f"Final-Recipient: rfc822; {recipient}\nAction: {action}\nStatus: {code}\n"
    )


ELSEWHERE_NOTICES = (
    Notice(
        "Exchange 2019, in German",
        "Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@firma.example>",
        "Unzustellbar: Votre demande",
        _report(
            f"Fehler bei der Nachrichtenzustellung an folgende Empfänger oder Gruppen:\n\n{LOST}\nDie von Ihnen"
            " eingegebene E-Mail-Adresse konnte nicht gefunden werden.",
            _status(code="5.1.10"),
        ),
        head=REPORT,
    ),
    Notice(
        "Exchange 2019, in German, as text",
        "postmaster@firma.example",
        "Unzustellbar: Votre demande",
        f"Ihre Nachricht an {LOST} konnte nicht zugestellt werden.\n\nsamira.benali wurde in exemple.org nicht"
        " gefunden.\n\nUngültige Empfängeradresse",
        head=TYPED,
        names=("", LOST),
    ),
    Notice(
        "Exchange 2019, in Spanish, as text",
        "Microsoft Outlook <postmaster@empresa.example>",
        "No se puede entregar: Votre demande",
        f"El mensaje no se pudo entregar a {LOST}.\n\nNo se encontró samira.benali en exemple.org.\n\n"
        "Acción necesaria: destinatario\n",
        head=TYPED,
        names=("", LOST),
    ),
    Notice(
        "Exchange 2019, in Portuguese, as text",
        "postmaster@empresa.example",
        "Não é possível entregar: Votre demande",
        f"Sua mensagem para {LOST} não pôde ser entregue.\n\nsamira.benali não foi encontrado em exemple.org.\n",
        head=TYPED,
        names=("", LOST),
    ),
    Notice(
        "Exchange 2019, in Italian, as text",
        "postmaster@azienda.example",
        "Non recapitabile: Votre demande",
        f"Non è stato possibile recapitare il messaggio a {LOST}.\n\nsamira.benali non trovato in exemple.org.\n",
        head=TYPED,
        names=("", LOST),
    ),
    Notice(
        "Exchange 2019, in Dutch, as text",
        "postmaster@bedrijf.example",
        "Onbestelbaar: Votre demande",
        f"Uw bericht aan {LOST} kan niet worden bezorgd.\n\nsamira.benali is niet gevonden bij exemple.org.\n",
        head=TYPED,
        names=("", LOST),
    ),
    Notice(
        "Exchange 2019, in French, delayed",
        "Microsoft Outlook <postmaster@entreprise.example>",
        "Remise retardée : Votre demande",
        f"La remise de ce message est retardée pour les destinataires ou groupes suivants :\n\n{LOST}\n\nCe message"
        " n’a pas encore été remis. Les tentatives de remise du message vont continuer.",
        head=TYPED,
        names=("", LOST),
    ),
    Notice(
        "Postfix 3.7",
        "Mail Delivery System <MAILER-DAEMON@mx.elsewhere.example>",
        "Undelivered Mail Returned to Sender",
        _report(
            f'This is the mail system at host mx.elsewhere.example.\n\n<{LOST}>: unknown user: "samira.benali"',
            _status(more=f"Original-Recipient: rfc822;{LOST}\n").replace(
                "Arrival", "X-Postfix-Queue-ID: 4A\nArrival"
            ),
        ),
        head=f"{REPORT}\nAuto-Submitted: auto-replied",
    ),
    Notice(
        "Postfix, delayed, headers only",
        "Mail Delivery System <MAILER-DAEMON@mx.elsewhere.example>",
        "Delayed Mail (still being retried)",
        _report(
            "THIS IS A WARNING ONLY.  YOU DO NOT NEED TO RESEND YOUR MESSAGE.",
            _status(action="delayed", code="4.4.1"),
            kind="text/rfc822-headers",
        ),
        head=REPORT,
    ),
    Notice(
        "Exim 4.96, in German",
        "Mail Delivery System <Mailer-Daemon@server.example>",
        "Mail delivery failed: returning message to sender",
        _report(
            f"Diese Nachricht wurde automatisch erzeugt.\n\nEine Nachricht, die Sie gesendet haben, konnte einem"
            f" oder mehreren Empfängern nicht zugestellt werden.\n\n  {LOST}\n    Unrouteable address",
            _status(code="5.0.0"),
        ),
        head=f"{REPORT}\nX-Failed-Recipients: {LOST}",
    ),
    Notice(
        "OpenSMTPD",
        "Mailer Daemon <MAILER-DAEMON@obsd.example>",
        "Delivery status notification: error",
        f"    Hi!\n\n    This is the MAILER-DAEMON, please DO NOT REPLY to this email.\n\n    An error has occurred"
        f" while attempting to deliver a message for\n    the following list of recipients:\n\n{LOST}: 550 Invalid"
        f" recipient\n\n    Below is a copy of the original message:\n\n{COPY}",
    ),
    Notice(
        "Zimbra, to a distribution list",
        "Mail Delivery System <MAILER-DAEMON@zimbra.elsewhere.example>",
        "Undelivered Mail Returned to Sender",
        _report(
            f"<{LOST}>: mail for exemple.org loops back to myself",
            _status(code="5.4.6"),
            kind="text/rfc822-headers",
        ),
        head=REPORT,
    ),
    Notice(
        "HCL Domino 12, in German",
        "Mail Router <MailRouter@firma.example>",
        "ZUSTELLUNGSFEHLER: Benutzer samira.benali nicht im Domino-Verzeichnis aufgelistet",
        f"Ihre Nachricht\n\n  Thema: Votre demande\n\nkonnte nicht zugestellt werden an:\n\n  {LOST}\n\nweil:\n\n"
        f"  Benutzer samira.benali ({LOST}) nicht im Domino-Verzeichnis aufgelistet",
        head=TYPED,
        names=("", LOST),
    ),
    Notice(
        "Proofpoint",
        "Mail Delivery Subsystem <MAILER-DAEMON@mx0a-001b2d01.pphosted.example>",
        "Returned mail: see transcript for details",
        f"The original message was received at Tue, 3 Mar 2026 08:12:00 GMT\nfrom m0098404.ppops.net [127.0.0.1]\n\n"
        f"   ----- The following addresses had permanent fatal errors -----\n<{LOST}>\n    (reason: 550 5.1.1 User"
        f" Unknown)\n\n{COPY}",
    ),
    Notice(
        "Mimecast, on hold",
        "postmaster@mimecast.elsewhere.example",
        "[Postmaster] Messages on hold for accueil",
        f"Your message to {LOST} has been held: Message Content Policy. It will not be delivered until it has been"
        f" released.\n\nMessage-ID: <{OURS}>",
    ),
    Notice(
        "Barracuda, in French",
        "Barracuda Email Security Gateway <postmaster@passerelle.elsewhere.example>",
        "**Message que vous avez envoyé bloqué par notre filtre de courrier en masse**",
        f"Votre message à : {LOST}\na été bloqué par notre pare-feu anti-spam. Le courrier électronique que vous avez"
        " envoyé n’a PAS ÉTÉ REMIS.",
        head=TYPED,
        names=("", LOST),
    ),
    Notice(
        "Gmail, in German",
        "Mail Delivery Subsystem <mailer-daemon@googlemail.com>",
        "Delivery Status Notification (Failure)",
        f"** Die Adresse wurde nicht gefunden **\n\nDeine Nachricht wurde nicht an {LOST} zugestellt, weil die Adresse"
        " nicht gefunden wurde oder keine E-Mails empfangen kann.",
        head=f"{TYPED}\nX-Failed-Recipients: {LOST}\nIn-Reply-To: <{OURS}>",
    ),
    Notice(
        "Gmail, in Spanish, a full box",
        "Mail Delivery Subsystem <mailer-daemon@googlemail.com>",
        "Delivery Status Notification (Delay)",
        _report(
            f"** Bandeja de entrada del destinatario llena **\n\nTu mensaje no se ha entregado a {LOST}.",
            _status(action="delayed", code="4.2.2"),
        ),
        head=REPORT,
    ),
    Notice(
        "Outlook.com",
        "postmaster@outlook.com",
        "Undeliverable: Votre demande",
        _report(
            f"Delivery has failed to these recipients or groups:\n\n{LOST}\nThe email address you entered couldn't be"
            " found.",
            _status(code="5.5.0").replace("rfc822; ", "rfc822;"),
        ),
        head=REPORT,
    ),
    Notice(
        "Yahoo, in French",
        "MAILER-DAEMON@yahoo.com",
        "Échec de l’envoi",
        f"Désolé, nous n’avons pas pu remettre votre message à l’adresse suivante.\n\n<{LOST}>:\nPas d’utilisateur de"
        f" ce nom.\n\n--- Copie du message ---\n\n{COPY}",
        head=TYPED,
    ),
    Notice(
        "Orange, a report",
        "MAILER-DAEMON@smtp-out.orange.example (Mail Delivery System)",
        "Votre message n'a pas pu etre distribue / Undelivered Mail",
        _report(
            f"Bonjour, votre message n'a pas pu etre distribue a {LOST}. La boite n'existe pas.",
            _status(),
            kind="text/rfc822-headers",
        ),
        head=REPORT,
    ),
    Notice(
        "Free, unknown",
        "MAILER-DAEMON@smtp3-g21.free.example",
        "Retour de mail : adresse inconnue",
        f"<{LOST}>: 550 5.7.1 Adresse inconnue, rejet de votre message\n\n{COPY}",
        head=TYPED,
    ),
    Notice(
        "SFR",
        "postmaster@sfr.example",
        "Avis de non-remise",
        f"Le message que vous avez envoyé à {LOST} n’a pu être remis à son destinataire.\nCause : boîte saturée.",
        head=TYPED,
        names=("", LOST),
    ),
    Notice(
        "La Poste, inactive",
        "postmaster@laposte.example",
        "Avis de non distribution",
        f"Votre message n’a pas pu être distribué à {LOST} : le compte du destinataire est inactif.",
        head=TYPED,
        names=("", LOST),
    ),
    Notice(
        "OVH Exchange, in French",
        "Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@ex.mail.ovh.example>",
        "Non remis : Votre demande",
        _report(
            f"Échec de la remise pour ces destinataires ou groupes :\n\n{LOST}",
            _status().replace("rfc822; ", "rfc822;"),
        ),
        head=REPORT,
    ),
    Notice(
        "Infomaniak, in French",
        "Mail Delivery System <MAILER-DAEMON@mta.infomaniak.example>",
        "E-mail non délivré",
        f"Votre e-mail n’a pas pu être délivré au destinataire suivant :\n\n{LOST}\n\nRaison : quota dépassé\n\n{COPY}",
        head=TYPED,
    ),
    Notice(
        "MailerQ, with several recipients",
        "postmaster@esp.example",
        "Delivery report",
        _report(
            "Some recipients did not receive the message.",
            _status(more="Final-Recipient: rfc822; autre@exemple.org\nAction: delivered\nStatus: 2.0.0\n\n"),
        ),
        head=REPORT,
        names=(OURS, "autre@exemple.org"),  # the first one; each has its own outcome
    ),
    Notice(
        "Stalwart, internationalised",
        "Mail Delivery Subsystem <MAILER-DAEMON@stalwart.example>",
        "Failed to deliver message",
        _report("Your message could not be delivered.", _status("samira.benali@exemple.org")).replace(
            "message/delivery-status", "message/global-delivery-status"
        ),
        head=REPORT,
    ),
    Notice(
        "Synology MailPlus, in Dutch",
        "Mail Delivery System <MAILER-DAEMON@nas.example>",
        "Onbestelde e-mail teruggestuurd naar afzender",
        f"Uw bericht kon niet worden afgeleverd bij een of meer ontvangers.\n\n<{LOST}>: onbekende gebruiker\n\n{COPY}",
        head=TYPED,
    ),
    Notice(
        "Aruba, in Italian",
        "Mail Delivery System <MAILER-DAEMON@aruba.example>",
        "Mancata consegna del messaggio",
        f"Il messaggio non è stato consegnato a {LOST}: casella piena.\n\n{COPY}",
        head=TYPED,
    ),
    Notice(
        "Telefónica, in Spanish",
        "Servicio de correo <postmaster@correo.example>",
        "Correo no entregado",
        f"Su mensaje no ha podido ser entregado al destinatario {LOST}. El buzón no existe.",
        head=TYPED,
        names=("", LOST),
    ),
    Notice(
        "Sapo, in Portuguese",
        "Mail Delivery System <MAILER-DAEMON@sapo.example>",
        "Mensagem não entregue",
        f"A sua mensagem não foi entregue a {LOST}. Utilizador desconhecido.",
        head=TYPED,
        names=("", LOST),
    ),
)

ELSEWHERE_ANSWERS = (
    Absence(
        "Exchange 2019, in German",
        "Automatische Antwort: Votre demande",
        "Guten Tag,\n\nich bin bis zum 15. März nicht im Büro. Ihre Nachricht wird nicht weitergeleitet.",
        f"{EXCHANGE}\nAuto-Submitted: auto-generated",
    ),
    Absence(
        "Exchange 2019, in Spanish, without fields",
        "Respuesta automática: Votre demande",
        "Hola,\n\nEstaré fuera de la oficina hasta el 15 de marzo.",
        TYPED,
    ),
    Absence(
        "Exchange 2019, in Portuguese",
        "Resposta automática: Votre demande",
        "Olá, estarei de férias até 15 de março.",
        f"{EXCHANGE}\nAuto-Submitted: auto-generated",
    ),
    Absence(
        "Exchange 2019, in Italian",
        "Risposta automatica: Votre demande",
        "Buongiorno, sono assente fino al 15 marzo.",
        f"{EXCHANGE}\nAuto-Submitted: auto-generated",
    ),
    Absence(
        "Exchange 2019, in Dutch",
        "Automatisch antwoord: Votre demande",
        "Hallo, ik ben afwezig tot 15 maart.",
        f"{EXCHANGE}\nAuto-Submitted: auto-generated",
    ),
    Absence(
        "Exchange 2019, in French, by its field alone",
        "RE: Votre demande",
        "Je suis en télétravail, je réponds sous 48 h.",
        f"{EXCHANGE}\nAuto-Submitted: auto-replied",
    ),
    Absence(
        "Dovecot Sieve",
        "Auto: Votre demande",
        "Je ne lis pas mes messages cette semaine.",
        f"{TYPED}\nAuto-Submitted: auto-replied (vacation)\nX-Sieve: Pigeonhole Sieve 0.5.16\nPrecedence: bulk",
    ),
    Absence(
        "Roundcube, by managesieve, with its own subject",
        "Je reviens lundi",
        "Bonjour, je suis en vacances, à lundi.",
        f"{TYPED}\nAuto-Submitted: auto-replied\nReferences: <{OURS}>",
    ),
    Absence(
        "SOGo 5",
        "Auto: Votre demande",
        "En congés.",
        f"{TYPED}\nAuto-Submitted: auto-replied (vacation)",
    ),
    Absence(
        "Thunderbird, a filter that answers with a model",
        "Re: Votre demande",
        "Bonjour,\nJe suis absente jusqu’au 15 mars inclus. En cas d’urgence, veuillez contacter l’accueil au"
        " 04 00 00 00 00.\n",
        f"{TYPED}\nAuto-Submitted: auto-replied\nIn-Reply-To: <{OURS}>",
    ),
    Absence(
        "Zimbra 10, in French",
        "Re: Votre demande",
        "Actuellement en congés jusqu’au 15.",
        f"{TYPED}\nAuto-Submitted: auto-replied (zimbra; vacation)\nPrecedence: bulk",
    ),
    Absence(
        "HCL Notes 12, in French",
        "AUTO : Jean Dupont est absent(e) du bureau (retour 16/03/2026)",
        "Je serai absent(e) du bureau à partir de 03/03/2026 et ne reviendrai pas avant le 16/03/2026.",
        TYPED,
    ),
    Absence(
        "HCL Notes 12, in German",
        "AUTO: Jean Dupont ist nicht im Büro (zurück am 16.03.2026)",
        "Ich bin ab 03.03.2026 nicht im Büro und kehre am 16.03.2026 zurück.",
        TYPED,
    ),
    Absence(
        "Gmail, in Spanish",
        "Respuesta automática Re: Votre demande",
        "Estoy de vacaciones hasta el lunes.",
        f"{TYPED}\nAuto-Submitted: auto-replied\nX-Autoreply: yes\nPrecedence: bulk",
    ),
    Absence(
        "Outlook.com, in Dutch",
        "Automatisch antwoord: Votre demande",
        "Ik ben op vakantie.",
        f"{EXCHANGE}\nAuto-Submitted: auto-generated",
    ),
    Absence(
        "iCloud, in Italian",
        "Re: Votre demande",
        "Sono in ferie fino a lunedì.",
        f"{TYPED}\nAuto-Submitted: auto-replied\nX-Autoresponder: yes",
    ),
    Absence(
        "Proton",
        "Auto: Votre demande",
        "I’m out of office with limited access to my email.",
        f"{TYPED}\nAuto-Submitted: auto-replied\nX-Autoreply: yes",
    ),
    Absence(
        "Infomaniak",
        "Réponse automatique : Votre demande",
        "Bonjour, notre cabinet est fermé jusqu’au 15.",
        f"{TYPED}\nAuto-Submitted: auto-replied\nPrecedence: junk",
    ),
    Absence(
        "Orange, in French",
        "Absence de jean.dupont@orange.fr",
        "Bonjour, je suis absent jusqu’au 15 mars.",
        f"{TYPED}\nAuto-Submitted: auto-replied",
    ),
    Absence(
        "Free, in French",
        "Répondeur automatique",
        "Je suis absent, je vous réponds à mon retour.",
        f"{TYPED}\nX-Autogenerated: Reply",
    ),
    Absence(
        "MDaemon 23",
        "Votre demande [Réponse automatique]",
        "Absent jusqu’au 15.",
        f"{TYPED}\nPrecedence: bulk\nX-MDAV-Processed: x\nX-Autoresponder: MDaemon",
    ),
    Absence(
        "Plesk, in German",
        "Automatische Antwort: Votre demande",
        "Ich bin im Urlaub.",
        f"{TYPED}\nAuto-Submitted: auto-replied\nPrecedence: auto_reply",
    ),
    Absence(
        "a Polish server",
        "Odpowiedź automatyczna: Votre demande",
        "Jestem na urlopie do 15 marca.",
        TYPED,
    ),
    Absence(
        "Exchange, marked by a gateway",
        "[EXTERNAL] Réponse automatique : Votre demande",
        "Je ne suis pas là cette semaine.",
        TYPED,
    ),
    Absence(
        "an Italian phone",
        "Fuori ufficio: Votre demande",
        "Sono fuori ufficio fino a lunedì.",
        TYPED,
    ),
    Absence(
        "Zendesk",
        "[Request received] Votre demande",
        "Your request (123) has been received and is being reviewed.",
        f"{EXCHANGE}\nAuto-Submitted: auto-replied",
    ),
    Absence(
        "FreeScout",
        "[#4521] Votre demande",
        "Nous avons bien reçu votre message, un conseiller vous répondra.",
        f"{TYPED}\nAuto-Submitted: auto-replied\nX-FreeScout-Mail-Type: auto.reply",
    ),
)
