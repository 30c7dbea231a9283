"""Mails that people write about absence, mail that does not arrive, machines: none of them is a machine's."""

PEOPLE = (
    # what they live
    (
        "Absence de mon fils",
        "Bonjour,\nMon fils sera absent de la cantine du 2 au 15 mars. Merci de le noter.",
    ),
    ("Absence", "Bonjour,\nJe serai absent jusqu'au 15 mars, est-ce que le rendez-vous peut être après ?"),
    (
        "Absence au rendez-vous",
        "Bonjour, je suis absente le 12 et ne pourrai pas venir au rendez-vous. Merci de me rappeler.",
    ),
    ("Congés scolaires", "Je suis en congé jusqu'au 5. Merci de me rappeler à mon retour."),
    (
        "Congé parental",
        "Bonjour, je suis en congé parental jusqu'au 30 juin. Quelles aides puis-je demander ?",
    ),
    (
        "Congé maternité",
        "Bonjour,\nJe suis en congé maternité depuis lundi. Je voudrais savoir où inscrire mon bébé en crèche.",
    ),
    ("Vacances", "Bonjour, nous serons en vacances du 1er au 20 août. Pouvez-vous garder mon courrier ?"),
    ("Indisponible mardi", "Je suis indisponible mardi, pouvez-vous me proposer un autre jour ?"),
    (
        "Arrêt de travail",
        "Je suis en arrêt maladie jusqu'au 30. Voici mon arrêt. En cas de besoin contactez ma fille.",
    ),
    (
        "Re: Votre rendez-vous",
        "Bonjour, je serai absent jusqu'au 15 mars. En cas d'urgence vous pouvez contacter ma fille au 06 00 00 00 00.",
    ),
    (
        "Re: Votre demande",
        "Bonjour, je suis actuellement à l'hôpital jusqu'au 12. Vous pouvez joindre mon mari.",
    ),
    ("Re: Votre demande", "Je suis absent cette semaine mais mon voisin a la clé."),
    (
        "Hospitalisation",
        "Ma mère est hospitalisée, elle est absente de son domicile jusqu'au 20. Merci de suspendre le portage des repas.",
    ),
    ("Fermeture", "Bonjour,\nNotre école sera fermée du 2 au 6 mars. Pouvez-vous décaler l'intervention ?"),
    ("Moving", "Hello, I am away until March 15. Can I get another appointment after my return?"),
    ("On leave", "Hello, I am on parental leave until June. Which allowance could I get?"),
    ("Out of office hours", "When is the desk open out of office hours?"),
    ("Out of order", "The lift of my building is out of order since Monday."),
    ("Absence de réponse", "Je n'ai toujours pas reçu de réponse, malgré deux relances en votre absence."),
    ("Absent du bureau de vote", "Comment voter si je suis absent ? Je serai en déplacement jusqu'au 15."),
    (
        "Bureau fermé",
        "Bonjour, le bureau est fermé le mardi alors que le site dit le contraire, quand êtes-vous de retour ?",
    ),
    (
        "Travaux jusqu'au 15 mars",
        "Le service est fermé jusqu'au 15 mars, à qui dois-je m'adresser en cas d'urgence ?",
    ),
    # machines they talk about
    ("Réponse automatique incompréhensible", "J'ai reçu une réponse automatique que je ne comprends pas."),
    (
        "Votre réponse automatique",
        "Votre message automatique dit de ne pas répondre, mais je n'ai pas d'autre adresse.",
    ),
    ("Re: Réponse automatique : Ma demande", "Merci, mais je n'ai toujours pas de vraie réponse."),
    (
        "RE: Réponse automatique : Ma demande",
        "J'attends depuis un mois.\n\n> Ceci est un message automatique, merci de ne pas répondre.",
    ),
    ("Re: Automatic reply: my file", "Thank you, but nobody called me back."),
    (
        "TR: Réponse automatique : demande",
        "Bonjour, voici ce que votre collègue m'a répondu.\n\nDe : Jean <jean@exemple.org>\nEnvoyé : mardi 3 mars 2026 09:00\nÀ : Moi\nObjet : Réponse automatique\n\nJe suis absent jusqu'au 15 mars. En cas d'urgence, contactez l'accueil.\nCeci est un message automatique.",
    ),
    (
        "Fwd: Automatic reply: my file",
        "See below.\n\n---------- Forwarded message ---------\nFrom: Jean <jean@exemple.org>\nSubject: Automatic reply\n\nI am out of the office until March 15. Please contact the desk. This is an automated reply.",
    ),
    (
        "Message d'absence de votre agent",
        "Bonjour, votre agent a un message d'absence depuis deux mois, qui le remplace ?",
    ),
    ("Message automatique ?", "Est-ce une vraie personne qui me répond ?"),
    ("Répondeur", "Bonjour, je tombe toujours sur le répondeur automatique, pouvez-vous m'appeler ?"),
    ("Automatisation du portail", "Le portail automatique de la résidence est en panne."),
    ("Portail automatique", "Il ne s'ouvre plus."),
    ("Auto-école", "Bonjour, quelles aides pour le permis ?"),
    ("Auto : ma voiture a été volée", "Bonjour, où puis-je avoir une attestation pour mon assurance auto ?"),
    ("Distributeur automatique", "Le distributeur de la salle d'attente a gardé ma pièce."),
    ("Prélèvement automatique", "Comment mettre en place le prélèvement automatique ?"),
    ("Notification de la CAF", "J'ai reçu une notification de la CAF, à quoi sert-elle ?"),
    ("Notification d'attribution", "Je transmets la notification d'attribution de logement."),
    ("Accusé de réception", "Bonjour, pourriez-vous m'envoyer un accusé de réception de mon dossier ?"),
    ("Accusé de réception non reçu", "Je n'ai pas eu d'accusé de réception."),
    ("Avis d'imposition", "Ci-joint mon avis d'imposition, merci d'en accuser réception."),
    # what does not arrive
    ("Undelivered mail", "My mail could not be delivered, what can I do?"),
    (
        "Mail non distribué",
        "Bonjour, mon mail à votre service n'a pas pu être remis : 550 5.1.1 User unknown. Quelle est la bonne adresse ?",
    ),
    (
        "Message non distribué",
        "Votre facteur dit que l'adresse est introuvable alors que j'habite là depuis dix ans.",
    ),
    ("Colis non distribué", "La mairie n'a pas reçu mon colis, il est revenu « retour à l'expéditeur »."),
    ("Retour de courrier", "Mon courrier m'est revenu : destinataire inconnu à l'adresse."),
    ("Retour à l'expéditeur", "La lettre recommandée a été retournée à l'envoyeur par erreur."),
    ("Échec de la remise", "Le livreur parle d'échec de la remise de mon fauteuil roulant."),
    ("Échec de paiement", "Le paiement de la cantine échoue : « delivery failed »."),
    (
        "TR: Undelivered Mail Returned to Sender",
        "Bonjour, pourquoi ce retour ?\n\n-------- Message transféré --------\nDe : MAILER-DAEMON@exemple.org\nObjet : Undelivered Mail Returned to Sender\n\n<a@exemple.org>: 550 5.1.1 User unknown",
    ),
    (
        "Fwd: Delivery Status Notification (Failure)",
        "Bonjour, votre adresse ne marche pas.\n\n---------- Forwarded message ---------\nFrom: Mail Delivery Subsystem <mailer-daemon@googlemail.com>\nSubject: Delivery Status Notification (Failure)\n\nYour message wasn't delivered to accueil@exemple.org",
    ),
    ("Boîte pleine", "La boîte aux lettres de mon voisin est pleine, il est peut-être malade."),
    ("Boite mail pleine", "Bonjour, votre boîte est pleine d'après mon fournisseur, mon message est refusé."),
    ("Votre message du 3 mars", "Je ne peux pas ouvrir la pièce jointe."),
    # lists
    ("Newsletter", "Bonjour, comment me désinscrire de la lettre d'information de la Métropole ?"),
    ("Unsubscribe", "Please remove me from the mailing list of the library."),
    ("Liste d'attente", "Où en est ma place sur la liste d'attente de la crèche ?"),
    (
        "Fwd: La lettre de la Métropole",
        "Pourquoi je reçois ça ?\n\n---------- Forwarded message ---------\nFrom: Lettre <lettre@exemple.org>\nSubject: La lettre\n\nPour vous désabonner, cliquez ici.",
    ),
    ("Spam", "Je reçois des messages qui disent venir de vous, est-ce vrai ?"),
    ("Robot", "Ceci n'est pas un message automatique : je suis une vraie personne et j'attends une réponse."),
    ("Merci", "Merci pour votre réponse rapide. Bonnes vacances !"),
    ("RE: Absence", "C'est noté, bonnes vacances. À votre retour, pourrez-vous regarder mon dossier ?"),
)
