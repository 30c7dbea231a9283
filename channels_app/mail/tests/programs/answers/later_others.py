"""The end of what was written later: other Outlooks, webmails, telephones, and what is no quote."""

from .later import MARKED, plain
from .model import Answer

LATER_OTHERS = (
    plain(
        "Outlook in Italian, answered on a telephone",
        "Confermo.",
        "Inviato da Outlook per Android<https://aka.ms/AAb9ysg>\n________________________________\nDa: MDM <mdm@grandlyon.example>\nInviato: Monday, November 23, 2026 9:12:33 AM\nA: Lea <lea@exemple.it>\nOggetto: Venue\n\n",
    ),
    plain(
        "Outlook in Danish",
        "Jeg bekræfter.",
        "Fra: MDM <mdm@grandlyon.example>\nSendt: 23. november 2026 09:12\nTil: Lea <lea@exemple.dk>\nEmne: Venue\n\n",
    ),
    plain(
        "Outlook in Vietnamese",
        "Tôi xác nhận.",
        "________________________________\nTừ: MDM <mdm@grandlyon.example>\nĐã gửi: Thứ Hai, 23 tháng 11, 2026 09:12\nĐến: Lea <lea@exemple.fr>\nChủ đề: Venue\n\n",
    ),
    plain(
        "Outlook in Tamil",
        "உறுதி.",
        "________________________________\nஅனுப்புநர்: MDM <mdm@grandlyon.example>\nஅனுப்பியது: 23 நவம்பர், 2026 09:12\nபெறுநர்: Lea <lea@exemple.fr>\nபொருள்: Venue\n\n",
    ),
    plain(
        "Outlook in Armenian",
        "Հաստատում եմ.",
        "________________________________\nՈւմից՝ MDM <mdm@grandlyon.example>\nՈւղարկված՝ 23 նոյեմբերի, 2026 թ. 09:12\nՈւմ՝ Lea <lea@exemple.fr>\nԹեմա՝ Venue\n\n",
    ),
    plain(
        "La Poste, new",
        "Je confirme.",
        "Envoyé depuis La Poste Mail\n\nDe : MDM <mdm@grandlyon.example>\nÀ : lea@laposte.net\nDate : 23/11/2026 09:12\nObjet : Venue\n\n",
    ),
    plain(
        "Bouygues",
        "Je confirme.",
        "---- Message d'origine ----\nde : MDM <mdm@grandlyon.example>\nle : 23/11/2026 09:12\nà : lea@bbox.fr\nobjet : Venue\n\n",
    ),
    plain(
        "Numericable",
        "Je confirme.",
        '========================================\nMessage du : 23/11/2026\nDe : "MDM" <mdm@grandlyon.example>\nA : lea@numericable.fr\nCopie à :\nSujet : Venue\n\n',
    ),
    plain(
        "Mail of Huawei",
        "Je confirme.",
        "-------- Message d'origine --------\nObjet : Venue\nDe : MDM\nÀ : lea@exemple.fr\nCc : \n\n",
    ),
    plain(
        "Nine",
        "Je confirme.",
        "Envoyé à partir de Nine\n________________________________\nDe : MDM <mdm@grandlyon.example>\nEnvoyé : lundi 23 novembre 2026 09:12\nÀ : lea@exemple.fr\nObjet : Venue\n\n",
    ),
    plain(
        "Canary",
        "Je confirme.",
        "Envoyé via Canary (https://canarymail.io)\n\nLe lundi 23 nov. 2026 à 9:12 AM, MDM <[mdm@grandlyon.example](mailto:mdm@grandlyon.example)> a écrit :\n\n",
        MARKED,
    ),
    plain(
        "Missive",
        "Je confirme.",
        "On November 23, 2026 at 09:12 GMT+1, MDM <mdm@grandlyon.example> wrote:\n\n",
    ),
    plain(
        "FairEmail in French",
        "Je confirme.",
        "Le 23 novembre 2026 09:12:00 GMT+01:00, MDM <mdm@grandlyon.example> a écrit:\n\n",
        MARKED,
    ),
    plain(
        "Delta Chat",
        "Je confirme.",
        "",
        "> Pouvez-vous confirmer votre venue ?\n\n-- \nEnvoyé avec Delta Chat : https://delta.chat",
    ),
    plain(
        "SnappyMail",
        "Je confirme.",
        '23 novembre 2026 à 09:12, "MDM" <mdm@grandlyon.example> a écrit:\n\n',
        MARKED,
    ),
    plain(
        "RainLoop",
        "Je confirme.",
        '23 novembre 2026 09:12 "MDM" <mdm@grandlyon.example> a écrit:\n\n',
        MARKED,
    ),
    plain("OVH's Roundcube", "Je confirme.", "Le 2026-11-23 09:12, MDM Lyon 8 a écrit :\n\n", MARKED),
    plain(
        "Kopano",
        "Je confirme.",
        "-----Message original-----\nDe: MDM <mdm@grandlyon.example>\nEnvoyé: lundi 23 novembre 2026 09:12\nA: Léa <lea@exemple.fr>\nSujet: Venue\n\n",
    ),
    plain(
        "A person who draws a line, quotes and signs below",
        "Je confirme.",
        "-- \nLéa Martin\n\nLe 23/11/2026 à 09:12, MDM a écrit :\n",
        MARKED,
    ),
    Answer(
        "Answered below, greeted above",
        f"Bonjour Madame,\n\nLe 23/11/2026 à 09:12, MDM a écrit :\n{MARKED}\n\nJe confirme.\nLéa",
        "Bonjour Madame,\n\nJe confirme.\nLéa",
    ),
    Answer(
        "Answers inside, marked by bars and arrows",
        "Le 23/11/2026 à 09:12, MDM a écrit :\n> Bonjour,\n> Pouvez-vous confirmer ?\n>> Oui\nOui, je confirme.\n> Combien serez-vous ?\nDeux.",
        "Oui, je confirme.\n\nDeux.",
    ),
    Answer(
        "An iPhone that quotes inside a paragraph",
        "Oui c’est bon\n\nEnvoyé de mon iPhone\n\n> Le 23 nov. 2026 à 09:12, MDM Lyon 8\n> <mdm@grandlyon.example> a écrit :\n> \n> Bonjour\n",
        "Oui c’est bon",
    ),
    Answer(
        "A letter with an address block",
        "Léa Martin\n12 rue des Lilas\n69008 Lyon\n\nObjet : demande de logement\n\nMadame, Monsieur,\n\nJe vous écris le 23/11/2026 à 09:12 : mon bail finit.\n\nLéa",
        "Léa Martin\n12 rue des Lilas\n69008 Lyon\n\nObjet : demande de logement\n\nMadame, Monsieur,\n\nJe vous écris le 23/11/2026 à 09:12 : mon bail finit.\n\nLéa",
    ),
    Answer(
        "A form filled in by a person",
        "Nom : Martin\nPrénom : Léa\nDate de naissance : 12/03/1980\nAdresse : 12 rue des Lilas\nMail : lea@exemple.fr\nObjet : logement\n\nMerci",
        "Nom : Martin\nPrénom : Léa\nDate de naissance : 12/03/1980\nAdresse : 12 rue des Lilas\nMail : lea@exemple.fr\nObjet : logement\n\nMerci",
    ),
)
