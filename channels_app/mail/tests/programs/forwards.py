"""How programs pass on a mail that another wrote: subject, and what stands between the two."""

PASSED_ON = "Pour vous, merci."
WRITTEN = "Bonjour,\nMa facture est trop élevée.\nSamira"
WRITER = ("samira@exemple.fr", "Samira Benali")

FORWARDS = {
    "Outlook": (
        "TR: Ma facture",
        "De : Samira Benali <samira@exemple.fr>\nEnvoyé : mardi 3 mars 2026 09:12\nÀ : Accueil\nObjet : Ma facture\n\n",
    ),
    "Outlook 2003": (
        "TR : Ma facture",
        "-----Message d'origine-----\nDe : Samira Benali [mailto:samira@exemple.fr]\nEnvoyé : mardi 3 mars 2026 09:12\nÀ : Accueil\nObjet : Ma facture\n\n",
    ),
    "Outlook in English": (
        "FW: Ma facture",
        "From: Samira Benali <samira@exemple.fr>\nSent: Tuesday, March 3, 2026 9:12 AM\nTo: Accueil\nSubject: Ma facture\n\n",
    ),
    "Gmail": (
        "Fwd: Ma facture",
        "---------- Forwarded message ---------\nDe : Samira Benali <samira@exemple.fr>\nDate: mar. 3 mars 2026 à 09:12\nSubject: Ma facture\nTo: <accueil@demande.invalid>\n\n\n",
    ),
    "Gmail, older": (
        "Fwd: Ma facture",
        "---------- Message transféré ----------\nDe : Samira Benali <samira@exemple.fr>\nDate : 3 mars 2026 à 09:12\nObjet : Ma facture\nÀ : accueil@demande.invalid\n\n\n",
    ),
    "Apple Mail": (
        "Fwd: Ma facture",
        "Début du message réexpédié :\n\n> De: Samira Benali <samira@exemple.fr>\n> Objet: Ma facture\n> Date: 3 mars 2026 à 09:12\n> À: accueil@demande.invalid\n> \n",
    ),
    "iPhone": (
        "Fwd: Ma facture",
        "Envoyé de mon iPhone\n\nDébut du message transféré :\n\n> De: Samira Benali <samira@exemple.fr>\n> Date: 3 mars 2026 à 09:12\n> À: accueil@demande.invalid\n> Objet: Ma facture\n> \n",
    ),
    "Thunderbird": (
        "Fwd: Ma facture",
        "\n-------- Message transféré --------\nSujet : \tMa facture\nDate : \tTue, 3 Mar 2026 09:12:00 +0100\nDe : \tSamira Benali <samira@exemple.fr>\nPour : \taccueil@demande.invalid\n\n\n\n",
    ),
    "Thunderbird, older": (
        "[Fwd: Ma facture]",
        "-------- Message original --------\nSujet: Ma facture\nDate: Tue, 3 Mar 2026 09:12:00 +0100\nDe: Samira Benali <samira@exemple.fr>\nPour: accueil@demande.invalid\n\n",
    ),
    "Yahoo": (
        "Tr : Ma facture",
        " ----- Message transféré -----De : Samira Benali <samira@exemple.fr>À : accueil@demande.invalid\nEnvoyé : mardi 3 mars 2026 à 09:12:00 UTC+1Objet : Ma facture\n \n",
    ),
    "Zimbra": (
        "Fwd: Ma facture",
        'De: "Samira Benali" <samira@exemple.fr>\nÀ: "Accueil" <accueil@demande.invalid>\nEnvoyé: Mardi 3 Mars 2026 09:12:00\nObjet: Ma facture\n\n',
    ),
    "Zimbra, older": (
        "Fwd: Ma facture",
        '----- Mail transféré -----\nDe: "Samira Benali" <samira@exemple.fr>\nÀ: "Accueil" <accueil@demande.invalid>\nEnvoyé: Mardi 3 Mars 2026 09:12:00\nObjet: Ma facture\n\n',
    ),
    "Orange": (
        "TR: Ma facture",
        '> Message du 03/03/26 09:12\n> De : "Samira Benali" <samira@exemple.fr>\n> A : accueil@demande.invalid\n> Copie à : \n> Objet : Ma facture\n>\n',
    ),
    "Lotus Notes": (
        "Tr : Ma facture",
        "----- Transféré par Paul Martin/Lyon le 03/03/2026 09:30 -----\n\nDe :\tSamira Benali <samira@exemple.fr>\nPour :\taccueil@demande.invalid\nDate :\t03/03/2026 09:12\nObjet :\tMa facture\n\n",
    ),
    "Samsung": (
        "Fwd: Ma facture",
        "-------- Message transféré --------\nDe : Samira Benali <samira@exemple.fr>\nDate : 03/03/2026 09:12 (GMT+01:00)\nÀ : accueil@demande.invalid\nObjet : Ma facture\n\n",
    ),
    "Proton Mail": (
        "Fw: Ma facture",
        "------- Message transféré -------\nDe : Samira Benali <samira@exemple.fr>\nLe : mardi 3 mars 2026 à 09:12\nObjet : Ma facture\nÀ : accueil@demande.invalid\n\n\n> ",
    ),
    "Roundcube": (
        "Fwd: Ma facture",
        "-------- Message original --------\nObjet: Ma facture\nDate: 2026-03-03 09:12\nDe: Samira Benali <samira@exemple.fr>\nÀ: accueil@demande.invalid\n\n",
    ),
    "K-9": (
        "Fwd: Ma facture",
        "-------- Message original --------\nDe : Samira Benali <samira@exemple.fr>\nEnvoyé : 3 mars 2026 09:12:00 GMT+01:00\nÀ : accueil@demande.invalid\nObjet : Ma facture\n\n",
    ),
}
