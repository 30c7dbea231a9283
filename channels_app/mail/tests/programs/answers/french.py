"""Answers in French, as the programs that people use in France write them."""

from .model import Answer

FRENCH = (
    Answer(
        "Outlook, with the banner of unknown senders",
        "Bonsoir,\n\nJeudi à 10 h me va très bien.\n\nNora Petit\n\n________________________________\nDe : Maison de la Métropole <mdm8@grandlyon.example>\nEnvoyé : lundi 23 novembre 2026 09:12\nÀ : nora.p@exemple.fr <nora.p@exemple.fr>\nObjet : Votre demande LYN-7K4P2Q\n\n[Vous ne recevez pas souvent de courriers de mdm8@grandlyon.example. Découvrez pourquoi ceci est important à l’adresse https://aka.ms/LearnAboutSenderIdentification]\n\nBonjour Madame,\nQuel jour vous convient ?\n",
        "Bonsoir,\n\nJeudi à 10 h me va très bien.\n\nNora Petit",
    ),
    Answer(
        "Outlook, encrypted label and importance",
        "Voici le livret de famille.\n\nDe : Maison de la Métropole [mailto:mdm8@grandlyon.example] \nEnvoyé : lundi 23 novembre 2026 09:12\nÀ : nora.p@exemple.fr\nCc : 'Paul Petit'\nObjet : RE: Votre demande\nImportance : Haute\nCritère de diffusion : Personnel\n\nBonjour,\n\nIl manque le livret de famille.\n",
        "Voici le livret de famille.",
    ),
    Answer(
        "Outlook, nobody in the header has an address",
        "D’accord pour mardi.\n\nDe : MDM Lyon 8\nEnvoyé : lundi 23 novembre 2026 09:12\nÀ : Petit Nora\nCc : Petit Paul\n\nBonjour,\nMardi à 9 h ?\n",
        "D’accord pour mardi.",
    ),
    Answer(
        "Outlook on the web, older",
        "Oui c'est noté.\n________________________________________\nDe : Maison de la Métropole [mdm8@grandlyon.example]\nDate d'envoi : lundi 23 novembre 2026 09:12\nÀ : Nora Petit\nObjet : Votre demande\n\nBonjour,\nPouvez-vous confirmer ?\n",
        "Oui c'est noté.",
    ),
    Answer(
        "Hotmail, long ago",
        "Je confirme.\n\n> Date: Mon, 23 Nov 2026 09:12:00 +0100\n> From: mdm8@grandlyon.example\n> To: nora.p@hotmail.fr\n> Subject: Votre demande\n> \n> Bonjour,\n> Pouvez-vous confirmer ?\n",
        "Je confirme.",
    ),
    Answer(
        "Hotmail, without marks",
        "Je confirme.\n\nDate: Mon, 23 Nov 2026 09:12:00 +0100\nSubject: Votre demande\nFrom: mdm8@grandlyon.example\nTo: nora.p@hotmail.fr\n\nBonjour,\nPouvez-vous confirmer ?\n",
        "Je confirme.",
    ),
    Answer(
        "Outlook Express",
        "Merci beaucoup.\n  ----- Original Message ----- \n  From: Maison de la Métropole \n  To: nora.p@exemple.fr \n  Sent: Monday, November 23, 2026 9:12 AM\n  Subject: Votre demande\n\n\n  Bonjour,\n  Votre dossier est complet.\n",
        "Merci beaucoup.",
    ),
    Answer(
        "Windows Live Mail",
        "Merci, à jeudi.\n\nFrom: Maison de la Métropole \nSent: Monday, November 23, 2026 9:12 AM\nTo: nora.p@exemple.fr \nSubject: Votre demande\n\nBonjour,\nÀ jeudi.\n",
        "Merci, à jeudi.",
    ),
    Answer(
        "Gmail, nobody has a name",
        "Je peux venir vendredi\n\nLe lun. 23 nov. 2026 à 09:12, <mdm8@grandlyon.example> a écrit :\n\n> Bonjour,\n>\n> Quel jour ?\n>\n",
        "Je peux venir vendredi",
    ),
    Answer(
        "Gmail on Android",
        "Bonjour j'ai pas reçu le papier\n\nLe lun. 23 nov. 2026, 09:12, MDM Lyon 8 <mdm8@grandlyon.example> a\nécrit :\n\n> Bonjour,\n> avez-vous reçu le formulaire ?\n>\n",
        "Bonjour j'ai pas reçu le papier",
    ),
    Answer(
        "Gmail on Android, older",
        'Bonjour j\'ai pas reçu le papier\nLe 23 nov. 2026 09:12, "MDM Lyon 8" <mdm8@grandlyon.example> a écrit :\n\n> Bonjour,\n> avez-vous reçu le formulaire ?\n>\n',
        "Bonjour j'ai pas reçu le papier",
    ),
    Answer(
        "Gmail, signature above the quote",
        "Oui pour lundi.\n\n-- \nNora Petit\n12 rue des Lilas\n69008 Lyon\n\n\nLe lun. 23 nov. 2026 à 09:12, MDM Lyon 8 <mdm8@grandlyon.example> a écrit :\n\n> Lundi ?\n>\n",
        "Oui pour lundi.",
    ),
    Answer(
        "iPhone, narrow spaces and a mark of order",
        "Oui\n\nEnvoyé de mon iPhone\n\n> Le 23 nov. 2026 à 09:12, MDM Lyon 8 <mdm8@grandlyon.example> a écrit :\n> \n> \ufeffBonjour,\n> Êtes-vous d’accord ?\n",
        "Oui",
    ),
    Answer(
        "iPhone, quote without marks",
        "Je serai là\n\nEnvoyé de mon iPhone\n\nLe 23 nov. 2026 à 09:12, MDM Lyon 8 <mdm8@grandlyon.example> a écrit :\n\n\ufeff\nBonjour,\nSerez-vous là ?\n",
        "Je serai là",
    ),
    Answer(
        "Thunderbird, answered below, with signature",
        "Le 23/11/2026 à 09:12, Maison de la Métropole a écrit :\n> Bonjour,\n>\n> Combien d'enfants avez-vous ?\n\nTrois enfants.\n\n-- \nNora Petit\n",
        "Trois enfants.",
    ),
    Answer(
        "Thunderbird, signature after the quote",
        "Trois enfants.\n\nLe 23/11/2026 à 09:12, Maison de la Métropole a écrit :\n> Combien d'enfants avez-vous ?\n\n-- \nNora Petit\nTél. 06 39 98 11 22\n",
        "Trois enfants.",
    ),
    Answer(
        "Thunderbird, two people quoted",
        "Je vous confirme cela.\n\nLe 23/11/2026 à 09:12, Maison de la Métropole a écrit :\n> Merci de confirmer.\n>\n> Le 20/11/2026 à 18:03, Nora Petit a écrit :\n>> Peut-être jeudi.\n",
        "Je vous confirme cela.",
    ),
    Answer(
        "Samsung Galaxy",
        "Bonjour, le bus est en retard j'arrive\nEnvoyé depuis mon appareil Galaxy\n\n\n-------- Message d'origine --------\nDe : MDM Lyon 8 <mdm8@grandlyon.example>\nDate : 23/11/2026 09:12 (GMT+01:00)\nÀ : nora.p@exemple.fr\nObjet : Votre rendez-vous\n\nBonjour,\nvotre rendez-vous est à 10 h.\n",
        "Bonjour, le bus est en retard j'arrive",
    ),
    Answer(
        "Zimbra, header on one line",
        "Bonjour, merci pour votre retour. \n\nLe 23 Nov 26, à 9:12, MDM Lyon 8 mdm8@grandlyon.example a écrit : \n\nBonjour,\nvoici la réponse.\n",
        "Bonjour, merci pour votre retour.",
    ),
    Answer(
        "Free, Zimbra",
        'Bien reçu\n\n----- Mail original -----\nDe: "MDM Lyon 8" <mdm8@grandlyon.example>\nÀ: "nora p" <nora.p@free.fr>\nEnvoyé: Lundi 23 Novembre 2026 09:12:13\nObjet: Votre demande\n\nBonjour,\nvoici la réponse.\n',
        "Bien reçu",
    ),
    Answer(
        "SFR",
        "Bonjour\nJe joins la facture\nCordialement\n\nEnvoyé depuis SFR Mail\n\n> Message du 23/11/26 à 09:12\n> De : mdm8@grandlyon.example\n> A : nora.p@sfr.fr\n> Copie à :\n> Objet : Votre demande\n>\n> Bonjour, il manque une facture.\n",
        "Bonjour\nJe joins la facture\nCordialement",
    ),
    Answer(
        "La Poste",
        'Je viendrai avec ma mère.\n\nDe : "MDM Lyon 8"\nA : nora.p@laposte.net\nEnvoyé: lundi 23 Novembre 2026 09:12\nObjet : Votre demande\n\nBonjour, serez-vous seule ?\n',
        "Je viendrai avec ma mère.",
    ),
    Answer(
        "Orange on the web",
        'Bonjour,\nvoici mon RIB\n\n\n> Message du 23/11/26 09:12\n> De : "MDM Lyon 8" <mdm8@grandlyon.example>\n> A : "nora.p@orange.fr" <nora.p@orange.fr>\n> Copie à : \n> Objet : Votre demande\n> \n> Bonjour,\n> il manque un RIB.\n',
        "Bonjour,\nvoici mon RIB",
    ),
    Answer(
        "Yahoo, indented quote",
        "  Bonjour, c'est bon pour moi.\n\n    Le lundi 23 novembre 2026 à 09:12:00 UTC+1, MDM Lyon 8 <mdm8@grandlyon.example> a écrit :  \n \n Bonjour,\nmardi ?\n  ",
        "Bonjour, c'est bon pour moi.",
    ),
    Answer(
        "Roundcube, dots in the date",
        "Le 23.11.2026 09:12, MDM Lyon 8 a écrit :\n> Bonjour,\n> avez-vous le certificat ?\n\nOui, je l'ai.",
        "Oui, je l'ai.",
    ),
    Answer(
        "SOGo, quoted by an indentation",
        'Le Lundi, Novembre 23, 2026 09:12 CET, "MDM Lyon 8" <mdm8@grandlyon.example> a écrit:\n \n> Avez-vous le certificat ?\n \nOui, le voici.',
        "Oui, le voici.",
    ),
    Answer(
        "Proton Mail",
        "C'est parfait, merci.\n\nEnvoyé avec la messagerie sécurisée [Proton Mail](https://proton.me/mail/home).\n\nLe lundi 23 novembre 2026 à 09:12, MDM Lyon 8 <mdm8@grandlyon.example> a écrit :\n\n> Est-ce que cela convient ?\n",
        "C'est parfait, merci.",
    ),
    Answer(
        "Tuta",
        "C'est parfait, merci.\n\n--\nEnvoyé en toute sécurité avec Tuta Mail. Obtenez votre boîte mail chiffrée et sans publicité :\nhttps://tuta.com\n\n\n23 nov. 2026, 09:12 de mdm8@grandlyon.example :\n\n> Est-ce que cela convient ?\n",
        "C'est parfait, merci.",
    ),
    Answer(
        "Infomaniak",
        "Parfait pour moi.\n\n--\nNora Petit\n\nLe lundi 23 novembre 2026 à 09:12, MDM Lyon 8 <mdm8@grandlyon.example> a écrit :\n\nCela vous va-t-il ?\n",
        "Parfait pour moi.",
    ),
    Answer(
        "Horde",
        "Je n'ai pas ce document.\n\nMDM Lyon 8 <mdm8@grandlyon.example> a écrit :\n\n> Pouvez-vous envoyer l'avis d'imposition ?\n\n",
        "Je n'ai pas ce document.",
    ),
    Answer(
        "K-9, signature between",
        "Le 23 novembre 2026 09:12:00 GMT+01:00, MDM Lyon 8 <mdm8@grandlyon.example> a écrit :\n>Pouvez-vous venir lundi ?\n\nLundi oui, après 14 h.\n-- \nEnvoyé de mon appareil Android avec Courriel K-9 Mail. Veuillez excuser ma brièveté.",
        "Lundi oui, après 14 h.",
    ),
    Answer(
        "BlueMail, invisible signs around its line",
        "Oui merci\n\n\u2063Télécharger BlueMail pour Android \u200b\n\nLe 23 nov. 2026, à 09:12, MDM Lyon 8 <mdm8@grandlyon.example> a écrit:\n>Est-ce bon ?\n",
        "Oui merci",
    ),
    Answer(
        "Spark",
        "Oui merci\n\nLe 23 nov. 2026 à 09:12 +0100, MDM Lyon 8 <mdm8@grandlyon.example>, a écrit :\n> Est-ce bon ?\n",
        "Oui merci",
    ),
    Answer(
        "Evolution",
        "Le lundi 23 novembre 2026 à 09:12 +0100, Maison de la Métropole a\nécrit :\n> Quel est votre quartier ?\n\nMonplaisir.\n",
        "Monplaisir.",
    ),
    Answer(
        "KMail",
        "Le lundi 23 novembre 2026, 09:12:00 heure normale d’Europe centrale MDM Lyon 8 a écrit :\n> Quel est votre quartier ?\n\nMonplaisir.\n",
        "Monplaisir.",
    ),
    Answer(
        "Claws Mail",
        "Le Mon, 23 Nov 2026 09:12:00 +0100,\nMDM Lyon 8 <mdm8@grandlyon.example> a écrit :\n\n> Quel est votre quartier ?\n\nMonplaisir.\n",
        "Monplaisir.",
    ),
    Answer(
        "eM Client, labels without colons",
        'Je valide.\n\n------ Message d\'origine ------\nDe "MDM Lyon 8" <mdm8@grandlyon.example>\nÀ nora.p@exemple.fr\nDate 23/11/2026 09:12:00\nObjet Votre demande\n\nValidez-vous ?\n',
        "Je valide.",
    ),
    Answer(
        "The Bat!",
        "Bonjour MDM,\n\nlundi 23 novembre 2026, 09:12:00, vous écriviez :\n\n> Quel est votre quartier ?\n\nMonplaisir.\n",
        "Bonjour MDM,\n\nMonplaisir.",
    ),
    Answer(
        "An editor whose quote names the date last",
        "Nous sommes quatre à la maison.\n\nMDM Lyon 8 (mdm8@grandlyon.example) a écrit le 23/11/2026 à 09:12 :\n\nCombien êtes-vous ?\n",
        "Nous sommes quatre à la maison.",
    ),
    Answer(
        "A telephone that forgets the colon",
        "Nous sommes quatre.\n\nLe 23/11/2026 09:12, MDM Lyon 8 <mdm8@grandlyon.example> a écrit\n\n> Combien êtes-vous ?\n",
        "Nous sommes quatre.",
    ),
    Answer(
        "A quote with bars",
        "Nous sommes quatre.\n\nLe 23/11/2026 à 09:12, MDM Lyon 8 a écrit :\n| Bonjour,\n| Combien êtes-vous ?\n",
        "Nous sommes quatre.",
    ),
    Answer(
        "A conversation of WhatsApp, pasted",
        "Bonjour, voici nos échanges :\n\n[23/11/2026 09:12:33] Mme Roux: vous pouvez venir ?\n[23/11/2026 09:15:02] Nora: oui demain\n\nElle ne répond plus.",
        "Bonjour, voici nos échanges :\n\n[23/11/2026 09:12:33] Mme Roux: vous pouvez venir ?\n[23/11/2026 09:15:02] Nora: oui demain\n\nElle ne répond plus.",
    ),
    Answer(
        "Somebody who tells what was written",
        "Bonjour,\n\nLe 12 mars 2026, votre service m'a écrit :\n« Votre dossier est complet. »\n\nOr je n'ai rien reçu.",
        "Bonjour,\n\nLe 12 mars 2026, votre service m'a écrit :\n« Votre dossier est complet. »\n\nOr je n'ai rien reçu.",
    ),
    Answer(
        "Answers between marked lines",
        "Bonjour, mes réponses ci-dessous.\n\nLe 23/11/2026 à 09:12, MDM Lyon 8 a écrit :\n> Bonjour,\n> Votre adresse ?\n4 place Ambroise-Courtois\n\n> Votre téléphone ?\n06 39 98 11 22\n\n> Cordialement\n\nNora",
        "Bonjour, mes réponses ci-dessous.\n\n4 place Ambroise-Courtois\n\n06 39 98 11 22\n\nNora",
    ),
)
