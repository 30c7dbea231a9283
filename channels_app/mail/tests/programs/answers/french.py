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
)
