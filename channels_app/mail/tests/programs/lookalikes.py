"""Mails of people that look like a machine's: by a word, a signature, a field, what passed them on.

Each is (what it looks like, subject, words, fields). All become tickets; those of ``SILENT`` are not
acknowledged: a field, an address or the subject asks not to be answered.
"""

LOOKALIKES = (
    # school and work absences
    (
        "a school absence",
        "Avis d'absence de Kevin en classe",
        "Kevin Martin sera absent lundi et mardi. Mme Martin",
        "",
    ),
    ("a canteen", "Message d'absence cantine", "Inès ne mangera pas jeudi. Cordialement, Karim Haddad", ""),
    (
        "a nursery",
        "Notification d’absence : crèche des Lilas",
        "Tom est malade, il ne viendra pas demain.",
        "",
    ),
    ("a carer", "Absence du bureau de Mme Petit", "Personne ne répond au guichet depuis trois semaines.", ""),
    (
        "a carer on leave",
        "Absence",
        "Je serai absente du 2 au 15 mars. Le facteur peut laisser le colis au gardien.",
        "",
    ),
    (
        "at the office",
        "Du bureau : ascenseur en panne",
        "L’ascenseur du 12 est encore bloqué, deux personnes âgées sont coincées chez elles.",
        "",
    ),
    (
        "Out of office in English",
        "Out of office : nobody at the desk",
        "The desk was closed on Monday although the page says open.",
        "",
    ),
    ("a Spanish absence", "Ausencia de mi hija", "Mi hija no irá a la cita del lunes, está enferma.", ""),
    (
        "a German absence",
        "Abwesenheit meiner Mutter",
        "Meine Mutter ist bis Freitag im Krankenhaus, bitte den Pflegedienst informieren.",
        "",
    ),
    (
        "an Italian absence",
        "Assenza di mio figlio",
        "Mio figlio sarà assente lunedì, avvisate la scuola per favore.",
        "",
    ),
    (
        "a Portuguese absence",
        "Ausência do meu pai",
        "O meu pai está no hospital, não pode ir na segunda-feira.",
        "",
    ),
    ("a notice that greets", "Notification d'absence", "Bonjour, mon fils Karim sera absent jeudi.", ""),
    (
        "a notice of one’s own",
        "Avis d'absence",
        "Je serai absente du 2 au 15 mars inclus, la nourrice garde les enfants.",
        "",
    ),
    (
        "a word in capitals",
        "AUTO : fauteuil bloqué au bureau",
        "Le fauteuil est bloqué dans l’entrée du bureau.",
        "",
    ),
    # what they talk about, or sign with
    (
        "an automatic door",
        "Message automatique de la porte",
        "La porte de la Maison répète un message et ne s’ouvre plus en fauteuil.",
        "",
    ),
    (
        "an automatic message quoted",
        "Suite à votre message",
        "« Ceci est un message automatique » : voilà tout ce que j’ai eu. J’attends depuis mars.",
        "",
    ),
    (
        "an automatic message quoted below",
        "Re: Votre demande",
        "Je maintiens ma demande.\n\n> Ceci est un message automatique, merci de ne pas répondre.",
        "",
    ),
    (
        "a signature of a practice",
        "Certificat de M. Roux",
        "Le certificat est prêt, il peut passer le prendre mardi.\n\nCabinet du Dr Aubert\nCeci est un message automatique envoyé par notre logiciel.",
        "",
    ),
    (
        "a signature of a shelter",
        "Place pour ce soir",
        "Une place se libère ce soir pour Mme Kone et ses deux enfants.\n\n-- \nCe courriel a été généré automatiquement par le logiciel du foyer, merci de ne pas y répondre.",
        "",
    ),
    (
        "a signature in English",
        "Kone family",
        "The family left the shelter on Monday and sleeps outside.\n\n--\nThis is an automated message from our case software.",
        "",
    ),
    (
        "a signature in German",
        "Akte Roux",
        "Herr Roux wartet auf den Rückruf wegen der Pflege.\n\nDies ist eine automatisch erzeugte Nachricht.",
        "",
    ),
    (
        "a confidential notice",
        "Dossier de M. Kone",
        "Le loyer de novembre est impayé, l’expulsion est prévue le 3.\n\nCe message est confidentiel. S’il vous est parvenu par erreur, merci de le détruire.",
        "",
    ),
    (
        "a holder of an office",
        "Fermeture du cabinet",
        "Notre cabinet est fermé jusqu’au 15, Mme Roux n’a plus de soins d’ici là et vit seule.",
        "",
    ),
    (
        "someone on leave",
        "Congés",
        "Nous sommes en congés du 1er au 15. Le logement sera vide, les clés sont chez la gardienne.",
        "",
    ),
    (
        "a post of the past",
        "Lettre retournée",
        "La lettre du 3 mars a été retournée à l’expéditeur : destinataire inconnu. Le bon numéro est le 12 bis.",
        "",
    ),
    (
        "a delivery of meals",
        "Échec de la livraison des repas",
        "Le repas de Mme Roux n’a pas été livré samedi ni dimanche.",
        "",
    ),
    (
        "a bounce told",
        "Votre adresse ne marche pas",
        "Le serveur a répondu « 550 5.1.1 user unknown » quand j’ai écrit à accueil@exemple.org.",
        "",
    ),
    (
        "a bounce passed on",
        "Tr: Undelivered Mail Returned to Sender",
        "Voilà ce que je reçois.\n\n-------- Message transféré --------\nDe : MAILER-DAEMON@exemple.org\nObjet : Undelivered Mail Returned to Sender\n\n<a@exemple.org>: 550 5.1.1 User unknown",
        "",
    ),
    (
        "a postmaster who is a person",
        "Boîte de Mme Roux",
        "Bonjour, Mme Roux n’a pas reçu votre courrier. Pouvez-vous le renvoyer à son fils ?",
        "From: Paul Vidal <postmaster@mairie.example>",
    ),
    (
        "an acknowledgment asked for",
        "Accusé de réception automatique ?",
        "Il dit que tout va bien, or rien n’est arrivé.",
        "",
    ),
    ("a cron of the past", "Cron", "Le traitement de 8 h ne marche plus.", "X-Cron: no"),
    (
        "who looks after servers",
        "Échec de la connexion",
        "Mme Roux n’arrive plus à se connecter depuis lundi.",
        "From: Administrateur système <admin@mairie.example>",
    ),
    (
        "a box for security",
        "Échec de la serrure",
        "La serrure du hall est cassée.",
        "From: security@residence.example",
    ),
    (
        "a mail office of paper",
        "Adresse inconnue",
        "Le service cherche l’adresse de M. Kone.",
        "From: Mail Admin <mail-admin@mairie.example>",
    ),
    (
        "no answer to this box",
        "Dossier MDPH",
        "Les pièces sont jointes.\n\nMerci de ne pas répondre à ce message, cette boîte n’est pas consultée.",
        "",
    ),
    (
        "acknowledged by a person",
        "Dossier",
        "Bien reçu.\n\nThis is an automated message, please do not reply",
        "",
    ),
    # rules and copies
    ("a rule, Free", "Mon dossier", "Toujours pas de nouvelles du dossier.", "X-Autogenerated: Forward"),
    (
        "a rule, RFC 5436",
        "Mon dossier",
        "Toujours pas de nouvelles du dossier.",
        "Auto-Submitted: auto-forwarded",
    ),
    (
        "a rule, Exchange",
        "Mon dossier",
        "Toujours pas de nouvelles du dossier.",
        "X-MS-Exchange-Inbox-Rules-Loop: salima@exemple.fr\nX-MS-Exchange-Generated-Message-Source: Mailbox Rules Agent\nX-MS-Exchange-ForwardingLoop: a@exemple.fr",
    ),
    (
        "a rule, Office 365",
        "Mon dossier",
        "Toujours pas de nouvelles du dossier.",
        "X-MS-Exchange-Organization-AutoForwarded: true\nX-MS-Exchange-Transport-AutoForward: 1",
    ),
    (
        "a rule, Gmail",
        "Mon dossier",
        "Toujours pas de nouvelles du dossier.",
        "X-Forwarded-To: a@exemple.fr\nX-Forwarded-For: b@exemple.fr a@exemple.fr\nDelivered-To: a@exemple.fr",
    ),
    (
        "a rule, resent",
        "Mon dossier",
        "Toujours pas de nouvelles du dossier.",
        "Resent-From: collegue@exemple.fr\nResent-To: a@exemple.fr",
    ),
    (
        "an autosuppress of DR",
        "Mon dossier",
        "Toujours pas de nouvelles du dossier.",
        "X-Auto-Response-Suppress: DR, RN, NRN, OOF",
    ),
    (
        "an unknown field",
        "Mon dossier",
        "Toujours pas de nouvelles du dossier.",
        "X-Company-Autoscan: true\nX-Robot: no",
    ),
    ("auto-submitted, no", "Mon dossier", "Toujours pas de nouvelles du dossier.", "Auto-Submitted: no"),
)

SILENT = (
    (
        "a form",
        "Nouvelle demande",
        "Une allocataire demande à être rappelée.",
        "Auto-Submitted: auto-generated",
    ),
    (
        "a form, notified",
        "Formulaire de contact",
        "Nom : Paul Vial\nMessage : je cherche une place en EHPAD.",
        "Auto-Submitted: auto-notified",
    ),
    (
        "a scan",
        "Scan du 30/11",
        "Document numérisé pour Mme Roux.",
        "Auto-Submitted: auto-generated; type=scan",
    ),
    (
        "a scan of another make",
        "Message from KM_C258",
        "Voir le fichier.",
        "X-Mailer: KONICA MINOLTA bizhub C258\nPrecedence: bulk",
    ),
    ("a partner’s software", "Dossier 12", "M. Roux n’a plus de chauffage.", "X-Auto-Generated: true"),
    (
        "an answer to nobody of ours",
        "Re: Votre demande",
        "Je suis absent jusqu’au 15.",
        "Auto-Submitted: auto-replied",
    ),
    (
        "an answer named as such",
        "Réponse automatique : je ne comprends pas",
        "La lettre du 3 dit autre chose que le guichet.",
        "X-Autoreply: yes",
    ),
    ("no way back", "Mon dossier", "Toujours pas de nouvelles.", "Return-Path: <>"),
    (
        "no reply",
        "Mon dossier",
        "Toujours pas de nouvelles.",
        "From: Portail <ne-pas-repondre@portail.example>",
    ),
    ("who refuses answers", "Mon dossier", "Toujours pas de nouvelles.", "X-Auto-Response-Suppress: All"),
    (
        "who refuses automatic answers",
        "Mon dossier",
        "Toujours pas de nouvelles.",
        "X-Auto-Response-Suppress: OOF, AutoReply",
    ),
    (
        "a list",
        "[quartier] La rue",
        "La rue sera fermée lundi.",
        "Return-Path: <owner-quartier@listes.example>",
    ),
    (
        "a list of Mailman",
        "[quartier] La rue",
        "La rue sera fermée lundi.",
        "Return-Path: <quartier-bounces+a=b.fr@listes.example>",
    ),
    (
        "a list of ezmlm",
        "[quartier] La rue",
        "La rue sera fermée lundi.",
        "Sender: quartier-request@listes.example",
    ),
)


# Nothing tells these words from a machine's: the ticket says so, and is not acknowledged.
DOUBTFUL = (
    (
        "someone away",
        "Re: Votre rendez-vous",
        "Je suis absent jusqu’au 15 mars inclus. En cas d’urgence, appelez Paul au 06 00 00 00 00.",
        "",
    ),
    (
        "someone away, in English",
        "Re: your letter",
        "I am away until March 15. For urgent matters please call Paul.",
        "",
    ),
)


def raw(subject: str, words: str, fields: str) -> bytes:
    """Write one of them; a field may give another sender."""
    sender = "" if fields.startswith("From:") else "From: Salima Haddad <salima@exemple.fr>\n"
    head = f"{sender}Subject: {subject}\n{fields}\n".replace("\n\n", "\n")
    return f"{head}Content-Type: text/plain; charset=utf-8\n\n{words}\n".encode()
