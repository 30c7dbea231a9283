"""Answers in French, from webmails and less known programs; and what only looks like a quote."""

from .model import Answer

FRENCH_WEBMAILS = (
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
