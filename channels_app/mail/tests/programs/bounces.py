"""Notices of mail servers that follow no standard, or one of their own."""

from dataclasses import dataclass

OURS = "notre-message-7@demande.invalid"
LOST = "samira.benali@exemple.org"
US = "accueil@demande.invalid"
COPY = f"""Return-Path: <{US}>
Received: from mx.demande.invalid (mx.demande.invalid [192.0.2.7]) by mx.exemple.org; Tue, 3 Mar 2026 09:11:58 +0100
From: Accueil <{US}>
To: {LOST}
Subject: Votre demande
Message-ID: <{OURS}>
Date: Tue, 3 Mar 2026 09:11:57 +0100

Bonjour,
"""


@dataclass(frozen=True, slots=True)
class Notice:
    """``sender`` and ``subject`` as the server writes them; ``names`` says what of ours can be found."""

    server: str
    sender: str
    subject: str
    body: str
    head: str = ""
    names: tuple[str, str] = (OURS, LOST)

    def raw(self) -> bytes:
        lines = [f"From: {self.sender}", f"To: {US}", f"Subject: {self.subject}", self.head, "", self.body]
        return "\n".join(line for number, line in enumerate(lines) if line or number > 3).encode()


NOTICES = (
    Notice(
        "qmail",
        "MAILER-DAEMON@mx.exemple.org",
        "failure notice",
        f"Hi. This is the qmail-send program at mx.exemple.org.\nI'm afraid I wasn't able to deliver your message"
        f" to the following addresses.\nThis is a permanent error; I've given up. Sorry it didn't work out.\n\n"
        f"<{LOST}>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n--- Below this line is a copy of the"
        f" message.\n\n{COPY}",
    ),
    Notice(
        "qmail, in French",
        "MAILER-DAEMON@mx.exemple.org",
        "notification d'erreur",
        f"Bonjour. Le programme qmail-send de mx.exemple.org n'a pas pu remettre votre message aux adresses"
        f" suivantes.\n\n<{LOST}>:\n192.0.2.9 does not like recipient.\nRemote host said: 550 User unknown\n\n"
        f"--- Ci-dessous une copie du message.\n\n{COPY}",
    ),
    Notice(
        "Exim",
        "Mail Delivery System <Mailer-Daemon@mx.exemple.org>",
        "Mail delivery failed: returning message to sender",
        f"This message was created automatically by mail delivery software.\n\nA message that you sent could not"
        f" be delivered to one or more of its\nrecipients. This is a permanent error. The following address(es)"
        f" failed:\n\n  {LOST}\n    SMTP error from remote mail server after RCPT TO:<{LOST}>:\n    host"
        f" mx.exemple.org [192.0.2.9]: 550 5.1.1 No such user\n\n------ This is a copy of the message, including"
        f" all the headers. ------\n\n{COPY}",
        head=f"X-Failed-Recipients: {LOST}\nAuto-Submitted: auto-replied",
    ),
    Notice(
        "Exim, late",
        "Mail Delivery System <Mailer-Daemon@mx.exemple.org>",
        "Warning: message 1sLkQd-0003Gh-2P delayed 24 hours",
        f"This message was created automatically by mail delivery software.\nA message that you sent has not yet"
        f" been delivered to one or more of its\nrecipients after more than 24 hours on the queue on"
        f" mx.exemple.org.\n\nThe message identifier is:     1sLkQd-0003Gh-2P\nThe address to which the message"
        f" has not yet been delivered is:\n\n  {LOST}\n\nNo action is required on your part.",
        names=("", LOST),
    ),
    Notice(
        "Sendmail 8, before reports",
        "Mail Delivery Subsystem <MAILER-DAEMON@mx.exemple.org>",
        "Returned mail: User unknown",
        f"The original message was received at Tue, 3 Mar 2026 09:12:00 +0100\nfrom mx.demande.invalid"
        f" [192.0.2.7]\n\n   ----- The following addresses had permanent fatal errors -----\n<{LOST}>\n\n   -----"
        f" Transcript of session follows -----\n... while talking to mx.exemple.org.:\n>>> RCPT To:<{LOST}>\n<<<"
        f" 550 5.1.1 <{LOST}>... User unknown\n550 <{LOST}>... User unknown\n\n   ----- Original message follows"
        f" -----\n{COPY}",
    ),
    Notice(
        "Postfix, as plain text",
        "MAILER-DAEMON@mx.exemple.org (Mail Delivery System)",
        "Undelivered Mail Returned to Sender",
        f"This is the mail system at host mx.exemple.org.\n\nI'm sorry to have to inform you that your message"
        f" could not\nbe delivered to one or more recipients. It's attached below.\n\n<{LOST}>: host"
        f" mx.exemple.org[192.0.2.9] said: 550 5.1.1 <{LOST}>:\n    Recipient address rejected: User unknown (in"
        f" reply to RCPT TO command)\n\n{COPY}",
    ),
    Notice(
        "Exchange 2003",
        "System Administrator <postmaster@exemple.org>",
        "Undeliverable:Votre demande",
        f"Your message\n\n  To:      {LOST}\n  Subject: Votre demande\n  Sent:    Tue, 3 Mar 2026 09:11:57"
        f" +0100\n\ndid not reach the following recipient(s):\n\n{LOST} on Tue, 3 Mar 2026 09:12:04 +0100\n    The"
        f" recipient name is not recognized\n\tThe MTS-ID of the original message is: c=fr;a= ;p=exemple;l=SRV1\n"
        f"    MSEXCH:IMS:EXEMPLE:SRV1:SRV1 0 (000C05A6) Unknown Recipient",
        names=("", LOST),
    ),
    Notice(
        "Exchange 2010, in French",
        "Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@exemple.org>",
        "=?utf-8?Q?Non_remis_=3A_Votre_demande?=",
        f"Échec de la remise pour ces destinataires ou groupes :\n\n{LOST}<mailto:{LOST}>\nL'adresse de messagerie"
        f" que vous avez entrée est introuvable. Vérifiez l'adresse et renvoyez le message.\n\nInformations de"
        f" diagnostic pour les administrateurs :\n\nServeur de génération : srv1.exemple.org\n\n{LOST}\n#550 5.1.1"
        f" RESOLVER.ADR.RecipNotFound; not found ##\n\nEn-têtes de message d'origine :\n\n{COPY}",
    ),
    Notice(
        "Exchange Online, in French, as text",
        "postmaster@exemple.onmicrosoft.com",
        "Non remis : Votre demande",
        f"Votre message n’a pas pu être remis à {LOST}.\n\nsamira.benali est introuvable sur exemple.org.\n\naccueil"
        f" Office 365 samira.benali\nAction requise Destinataire\nAdresse À inconnue\n\nErreur : 550 5.1.10"
        f" RESOLVER.ADR.RecipientNotFound; Recipient {LOST} not found by SMTP address lookup",
        names=("", LOST),
    ),
    Notice(
        "Domino",
        "Mail Router <postmaster@exemple.org>",
        "DELIVERY FAILURE: User samira.benali (samira.benali@exemple.org) not listed in Domino Directory",
        f"Your message\n\n  Subject: Votre demande\n\nwas not delivered to:\n\n  {LOST}\n\nbecause:\n\n  User"
        f" samira.benali ({LOST}) not listed in Domino Directory",
        names=("", LOST),
    ),
    Notice(
        "Domino, in French",
        "Routeur de courrier <postmaster@exemple.org>",
        "ECHEC DE DISTRIBUTION : Utilisateur samira.benali absent de l'annuaire Domino",
        f"Votre message\n\n  Objet : Votre demande\n\nn'a pas été distribué à :\n\n  {LOST}\n\nmotif :\n\n  Utilisateur"
        f" samira.benali absent de l'annuaire Domino",
        names=("", LOST),
    ),
    Notice(
        "Gmail, before reports",
        "Mail Delivery Subsystem <mailer-daemon@googlemail.com>",
        "Delivery Status Notification (Failure)",
        f"Delivery to the following recipient failed permanently:\n\n     {LOST}\n\nTechnical details of permanent"
        f" failure:\nGoogle tried to deliver your message, but it was rejected by the server for the recipient"
        f" domain exemple.org by mx.exemple.org. [192.0.2.9].\n\nThe error that the other server returned was:\n550"
        f" 5.1.1 No such user\n\n----- Original message -----\n\n{COPY}",
        head=f"X-Failed-Recipients: {LOST}",
    ),
    Notice(
        "Gmail, in French",
        "Mail Delivery Subsystem <mailer-daemon@googlemail.com>",
        "Delivery Status Notification (Failure)",
        f"** Adresse introuvable **\n\nVotre message n'est pas parvenu à {LOST}, car l'adresse est introuvable ou ne"
        f" peut pas recevoir de messages.\n\nEn savoir plus : https://support.google.com/mail/?p=NoSuchUser\n\nLa"
        f" réponse était :\n\n550 5.1.1 The email account that you tried to reach does not exist.",
        names=("", LOST),
    ),
    Notice(
        "Yahoo",
        "MAILER-DAEMON@yahoo.com",
        "Failure Notice",
        f"Sorry, we were unable to deliver your message to the following address.\n\n<{LOST}>:\n554: delivery error:"
        f" dd This user doesn't have a yahoo.com account ({LOST}) [0] - mta1.mail.yahoo.com\n\n--- Below this line"
        f" is a copy of the message.\n\n{COPY}",
    ),
    Notice(
        "Orange",
        "MAILER-DAEMON@orange.fr",
        "Undelivered Mail Returned to Sender",
        f"Bonjour,\n\nVotre message n'a pas pu être délivré à un ou plusieurs de ses destinataires.\n\n<{LOST}>: host"
        f" smtp-in.orange.fr said: 550 5.2.0 Mail rejete. Mail rejected. OFR_506 [506]\n\n{COPY}",
    ),
    Notice(
        "Free",
        "MAILER-DAEMON@mx1-g20.free.fr (Mail Delivery System)",
        "Message non délivré - Undelivered Mail",
        f"Votre message n'a pas pu être acheminé.\n\n<{LOST}>: Boite du destinataire pleine.  Veuillez essayer plus"
        f" tard.  Recipient overquota\n\n{COPY}",
    ),
    Notice(
        "La Poste",
        "postmaster@laposte.net",
        "Echec de remise de votre message",
        f"Nous n'avons pas pu remettre votre message au destinataire suivant :\n{LOST}\nRaison : 550 5.5.0 Service"
        f" refuse. Veuillez essayer plus tard. LPN007_510",
        names=("", LOST),
    ),
    Notice(
        "Mimecast",
        "postmaster@exemple.org",
        "[Postmaster] Email Delivery Failure",
        f"Your message could not be delivered to the following recipients:\n\n{LOST}\n\nTransport failure reason:"
        f" 550 Rejected by header based Anti-Spoofing policy",
        names=("", LOST),
    ),
    Notice(
        "Barracuda",
        "Mail Delivery Subsystem <barracuda@passerelle.exemple.org>",
        "**Message you sent blocked by our bulk email filter**",
        f"Your message to: {LOST}\nwas blocked by our Spam Firewall. The email you sent with the following subject"
        f" has NOT BEEN DELIVERED:\n\nSubject: Votre demande\n\nReporting-MTA: dns; passerelle.exemple.org",
        names=("", LOST),
    ),
    Notice(
        "Courier",
        '"Courier mail server at mx.exemple.org" <postmaster@mx.exemple.org>',
        "NOTICE: mail delivery status.",
        f"This is a delivery status notification from mx.exemple.org,\nrunning the Courier mail server, version"
        f" 1.0.\n\nThe original message was received on Tue, 3 Mar 2026 09:12:00 +0100\n\n------------------\n\n"
        f"                           UNDELIVERABLE MAIL\n\nYour message to the following recipients cannot be"
        f" delivered:\n\n<{LOST}>:\n<<< 550 User unknown.\n\n{COPY}",
    ),
    Notice(
        "James",
        "postmaster@mx.exemple.org",
        "Re: Votre demande",
        f"Hi. This is the James mail server at mx.exemple.org.\nI'm afraid I wasn't able to deliver your message to"
        f" the following addresses.\nThis is a permanent error; I've given up. Sorry it didn't work out.  Below\nI"
        f" include the list of recipients and the reason why I was unable to deliver\nyour"
        f" message.\n\nFailed recipient(s):\n{LOST}\n\nError message:\n550 no such user\n\n  Message details:\n"
        f"  Message-ID: <{OURS}>\n",
    ),
    Notice(
        "MailEnable",
        "POSTMASTER@mx.exemple.org",
        "Message Delivery Failure",
        f"MailEnable: Message Delivery Failure.\n\nThe following recipient(s) could not be reached:\n\n    Recipient:"
        f" [SMTP:{LOST}]\n    Reason: The message could not be delivered because the recipients destination is not"
        f" known.\n\nMessage headers follow:\n\n{COPY}",
    ),
    Notice(
        "hMailServer",
        "mailer-daemon@mx.exemple.org",
        "Message undeliverable: Votre demande",
        f"Your message did not reach some or all of the intended recipients.\n\n   Sent: Tue, 3 Mar 2026 09:11:57"
        f" +0100\n   Subject: Votre demande\n\nThe following recipient(s) could not be reached:\n\n{LOST}\n   Error"
        f" Type: SMTP\n   Remote server replied: 550 Unknown user\n\nhMailServer",
        names=("", LOST),
    ),
    Notice(
        "MDaemon",
        "MDaemon at mx.exemple.org <MDaemon@mx.exemple.org>",
        "MDaemon Warning - User Unknown",
        f"The following data may contain sections which represent BASE64 encoded file attachments.\n\nThe mail system"
        f" could not deliver your message: {LOST} - no such user here.\n\n--- Return message follows ---\n\n{COPY}",
    ),
    Notice(
        "GroupWise",
        "Mailer-Daemon@mx.exemple.org",
        "Message status - undeliverable",
        f"The message that you sent was undeliverable to the following:\n\tsamira.benali (user not found)\n\n{COPY}",
    ),
    Notice(
        "Symantec gateway",
        "postmaster@passerelle.exemple.org",
        "Delivery Notification: Delivery has failed",
        f"This report relates to a message you sent with the following header fields:\n\n  Message-id: <{OURS}>\n"
        f"  Date: Tue, 03 Mar 2026 09:11:57 +0100\n  From: {US}\n  To: {LOST}\n  Subject: Votre demande\n\nYour"
        f" message cannot be delivered to the following recipients:\n\n  Recipient address: {LOST}\n  Reason: Illegal"
        f" host/domain name found",
    ),
    Notice(
        "Zimbra, a full box",
        "Mail Delivery System <MAILER-DAEMON@zimbra.exemple.org>",
        "Undelivered Mail Returned to Sender",
        f"<{LOST}>: host zimbra.exemple.org[192.0.2.3] said: 452 4.2.2 Over quota (in reply to end of DATA command)",
        names=("", LOST),
    ),
    Notice(
        "GMX and 1&1",
        "GMX Mailer Daemon <mailer-daemon@gmx.net>",
        "Mail delivery failed: returning message to sender",
        f"This message was created automatically by mail delivery software.\n\nA message that you sent could not be"
        f" delivered to\none or more of its recipients. The following addresses\nfailed:\n\n{LOST}:\n\nSMTP error from"
        f" remote server after RCPT command:\nhost: mx.exemple.org\n5.1.1 User unknown\n\n--- The header of the"
        f" original message is following. ---\n\n{COPY}",
    ),
    Notice(
        "OVH, by our own sealed address and with no word of a server in its sender",
        "Support <noreply@exemple.org>",
        "Votre message n’a pas été remis",
        f"Votre message pour {LOST} n'a pas été remis : la boîte du destinataire est pleine.",
        head="Return-Path: <>",
        names=("", LOST),
    ),
    Notice(
        "an empty subject",
        "Mail Delivery Subsystem <MAILER-DAEMON@mx.exemple.org>",
        "",
        f"Recipient: {LOST}\nReason: 5.1.1 unknown\n\n{COPY}",
    ),
    Notice(
        "Thunderbird-era Netscape Messaging Server",
        "Mail Administrator<Postmaster@mx.exemple.org>",
        "Mail System Error - Returned Mail",
        f"This Message was undeliverable due to the following reason:\n\nThe user(s) account is temporarily over"
        f" quota.\n\n<{LOST}>\n\nPlease reply to Postmaster@mx.exemple.org\nif you feel this message to be in"
        f" error.\n\n{COPY}",
    ),
    Notice(
        "an Italian server",
        "postmaster@esempio.it",
        "Notifica dello stato di recapito (errore)",
        f"Impossibile recapitare il messaggio ai seguenti destinatari:\n\n       {LOST}",
        names=("", LOST),
    ),
    Notice(
        "a Spanish server",
        "postmaster@ejemplo.es",
        "No se puede entregar: Votre demande",
        f"No se pudo entregar el mensaje a estos destinatarios:\n\n{LOST}\n",
        names=("", LOST),
    ),
    Notice(
        "a German server",
        "postmaster@beispiel.de",
        "Unzustellbar: Votre demande",
        f"Fehler bei der Nachrichtenzustellung an folgende Empfänger oder Gruppen:\n\n{LOST}\nDie eingegebene"
        f" E-Mail-Adresse wurde nicht gefunden.",
        names=("", LOST),
    ),
    Notice(
        "a Portuguese server",
        "postmaster@exemplo.pt",
        "Não entregue: Votre demande",
        f"A entrega falhou para estes destinatários ou grupos:\n\n{LOST}\nO endereço não foi encontrado.",
        names=("", LOST),
    ),
)
