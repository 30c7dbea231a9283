"""Answers written after the first were fixed, to measure what that was worth for others."""

from .model import Answer

OLD = "Bonjour,\nPouvez-vous confirmer votre venue ?\nL'accueil"
MARKED = "> Bonjour,\n> Pouvez-vous confirmer votre venue ?\n> L'accueil"


def plain(program: str, kept: str, between: str, quote: str = OLD) -> Answer:
    return Answer(program, f"{kept}\n\n{between}{quote}\n", kept)


LATER = (
    plain(
        "Outlook 365, header with a time zone",
        "Je confirme.",
        "________________________________\nDe : MDM <mdm@grandlyon.example>\nEnvoyé : lundi 23 novembre 2026 09:12:45 (UTC+01:00) Bruxelles, Copenhague, Madrid, Paris\nÀ : Léa <lea@exemple.fr>\nObjet : Re: Venue\n\n",
    ),
    plain(
        "Outlook, two recipients on two lines",
        "Je confirme.",
        "De : MDM <mdm@grandlyon.example>\nEnvoyé : lundi 23 novembre 2026 09:12\nÀ : Léa Martin <lea@exemple.fr>; Paul Martin\n <paul@exemple.fr>\nCc : MDM Accueil\nObjet : Venue\n\n",
    ),
    plain(
        "Outlook, answered from the calendar",
        "Je confirme.",
        "-----Rendez-vous d'origine-----\nDe : MDM <mdm@grandlyon.example>\nEnvoyé : lundi 23 novembre 2026 09:12\nÀ : Léa\nObjet : Venue\nDate : jeudi 26 novembre 2026 10:00-10:30 (UTC+01:00) Paris.\nOù : 8e\n\n",
    ),
    plain(
        "Outlook for Mac, English labels and French dates",
        "Je confirme.",
        "From: MDM <mdm@grandlyon.example>\nDate: lundi 23 novembre 2026 à 09:12\nTo: Léa <lea@exemple.fr>\nSubject: Venue\n",
    ),
    plain(
        "Exchange, sent on behalf",
        "Je confirme.",
        "De : accueil-mdm@grandlyon.example [mailto:accueil-mdm@grandlyon.example] De la part de MDM Lyon 8\nEnvoyé : lundi 23 novembre 2026 09:12\nÀ : Léa\nObjet : Venue\n\n",
    ),
    plain(
        "Gmail, long name folded thrice",
        "Je confirme.",
        "Le lun. 23 nov. 2026 à 09:12, Maison de la Métropole pour les solidarités de\nLyon 8e - secteur États-Unis, Accueil du public <\nmdm-lyon8-accueil-du-public@grandlyon.example> a écrit :\n\n",
        MARKED,
    ),
    plain(
        "Gmail in French, written « via »",
        "Je confirme.",
        "Le lun. 23 nov. 2026 à 09:12, MDM via Demandes <demandes@grandlyon.example>\na écrit :\n\n",
        MARKED,
    ),
    plain(
        "Gmail in Spanish, folded",
        "Confirmo.",
        "El lun, 23 nov 2026 a las 9:12, Maison de la Métropole (<\nmdm@grandlyon.example>) escribió:\n\n",
        MARKED,
    ),
    plain(
        "Gmail in Catalan",
        "Confirmo.",
        "Missatge de MDM <mdm@grandlyon.example> del dia dl., 23 de nov.\n2026 a les 9:12:\n\n",
        MARKED,
    ),
    plain(
        "Gmail in Hungarian",
        "Megerősítem.",
        "MDM <mdm@grandlyon.example> ezt írta (időpont: 2026. nov. 23., H, 9:12):\n\n",
        MARKED,
    ),
    plain(
        "Gmail in Czech",
        "Potvrzuji.",
        "po 23. 11. 2026 v 9:12 odesílatel MDM <mdm@grandlyon.example> napsal:\n\n",
        MARKED,
    ),
    plain(
        "Gmail in Swedish",
        "Jag bekräftar.",
        "Den mån 23 nov. 2026 kl 09:12 skrev MDM <mdm@grandlyon.example>:\n\n",
        MARKED,
    ),
    plain(
        "Gmail in Ukrainian",
        "Підтверджую.",
        "пн, 23 лист. 2026 р. о 09:12 MDM <mdm@grandlyon.example> пише:\n\n",
        MARKED,
    ),
    plain(
        "Gmail in Vietnamese",
        "Tôi xác nhận.",
        "Vào Th 2, 23 thg 11, 2026 vào lúc 09:12 MDM <mdm@grandlyon.example> đã\nviết:\n\n",
        MARKED,
    ),
    plain(
        "Gmail in Chinese",
        "我确认。",
        "MDM <mdm@grandlyon.example> 于2026年11月23日周一 09:12写道：\n\n",
        MARKED,
    ),
    plain(
        "Gmail in Japanese",
        "確認しました。",
        "2026年11月23日(月) 9:12 MDM <mdm@grandlyon.example>:\n\n",
        MARKED,
    ),
    plain(
        "Gmail in Hebrew",
        "מאשרת.",
        "‫בתאריך יום ב׳, 23 בנוב׳ 2026 ב-9:12 מאת ‪MDM‬‏ <‪mdm@grandlyon.example‬‏>:‬\n\n",
        MARKED,
    ),
    plain(
        "Gmail in Persian",
        "تأیید می‌کنم.",
        "در تاریخ دوشنبه ۲۳ نوامبر ۲۰۲۶،‏ ۹:۱۲ MDM <mdm@grandlyon.example> نوشت:\n\n",
        MARKED,
    ),
    plain(
        "Gmail in Bulgarian",
        "Потвърждавам.",
        "На пн, 23.11.2026 г. в 9:12 MDM <mdm@grandlyon.example> написа:\n\n",
        MARKED,
    ),
    plain(
        "Gmail in Greek",
        "Επιβεβαιώνω.",
        "Στις Δευ 23 Νοε 2026 στις 9:12 π.μ., ο/η MDM <mdm@grandlyon.example> έγραψε:\n\n",
        MARKED,
    ),
    plain(
        "Apple Mail in Portuguese of Brazil",
        "Confirmo.",
        "> Em 23 de nov. de 2026, à(s) 09:12, MDM <mdm@grandlyon.example> escreveu:\n> \n",
        MARKED,
    ),
    plain(
        "Apple Mail in Turkish",
        "Onaylıyorum.",
        "> MDM <mdm@grandlyon.example> şunları yazdı (23 Kas 2026 09:12):\n> \n",
        MARKED,
    ),
    plain(
        "Apple Mail in Russian",
        "Подтверждаю.",
        "> 23 нояб. 2026 г., в 09:12, MDM <mdm@grandlyon.example> написал(а):\n> \n",
        MARKED,
    ),
    plain(
        "Yahoo in Italian",
        "Confermo.",
        "    Il lunedì 23 novembre 2026 alle ore 09:12:00 CET, MDM <mdm@grandlyon.example> ha scritto:  \n \n ",
    ),
    plain(
        "Yahoo in Portuguese",
        "Confirmo.",
        "    Em segunda-feira, 23 de novembro de 2026 09:12:00 WET, MDM <mdm@grandlyon.example> escreveu:  \n \n ",
    ),
)
