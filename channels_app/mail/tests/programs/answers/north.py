"""Answers in English, German and Dutch."""

from .model import Answer

ENGLISH = (
    Answer(
        "Outlook for Mac",
        "Thursday works for me.\n\nBest,\nSam\n\nFrom: Front desk <desk@demande.invalid>\nDate: Monday, 23 November 2026 at 09:12\nTo: Sam Green <sam@exemple.org>\nSubject: Your request\nHello,\nwhich day suits you?\n",
        "Thursday works for me.\n\nBest,\nSam",
    ),
    Answer(
        "Outlook for iOS",
        "Thursday works for me.\n\nGet Outlook for iOS<https://aka.ms/o0ukef>\n________________________________\nFrom: Front desk <desk@demande.invalid>\nSent: Monday, November 23, 2026 9:12:33 AM\nTo: Sam Green <sam@exemple.org>\nSubject: Your request\n\nWhich day suits you?\n",
        "Thursday works for me.",
    ),
    Answer(
        "New Outlook, external banner",
        "Thursday works.\n________________________________\nFrom: Front desk <desk@demande.invalid>\nSent: 23 November 2026 09:12\nTo: Sam Green <sam@exemple.org>\nSubject: Re: Your request\n\nYou don't often get email from desk@demande.invalid. Learn why this is important<https://aka.ms/LearnAboutSenderIdentification>\nWhich day?\n",
        "Thursday works.",
    ),
    Answer(
        "Fastmail",
        "On Mon, Nov 23, 2026, at 9:12 AM, Front desk wrote:\n> Which day suits you?\n\nThursday works for me.\n",
        "Thursday works for me.",
    ),
    Answer(
        "Mailspring",
        "Thursday works for me.\n\nSent from Mailspring (https://getmailspring.com/), the best free email app for work\n\nOn Nov 23 2026, at 9:12 am, Front desk <desk@demande.invalid> wrote:\n> Which day suits you?\n",
        "Thursday works for me.",
    ),
    Answer(
        "Airmail",
        "Thursday works for me.\n\nOn 23 November 2026 at 09:12:00, Front desk (desk@demande.invalid) wrote:\n\nWhich day suits you?\n",
        "Thursday works for me.",
    ),
    Answer(
        "HEY",
        "Thursday works for me.\n\nOn November 23, 2026, Front desk <desk@demande.invalid> wrote:\n\n> Which day suits you?\n",
        "Thursday works for me.",
    ),
    Answer(
        "Pegasus Mail",
        "On 23 Nov 2026 at 9:12, Front desk wrote:\n\n> Which day suits you?\n\nThursday works for me.\n",
        "Thursday works for me.",
    ),
    Answer(
        "mutt",
        "On Mon, Nov 23, 2026 at 09:12:00AM +0100, Front desk wrote:\n> Which day suits you?\n\nThursday works for me.\n\n-- \nSam\n",
        "Thursday works for me.",
    ),
    Answer(
        "Gnus",
        "Front desk <desk@demande.invalid> writes:\n\n> Which day suits you?\n\nThursday works for me.\n",
        "Thursday works for me.",
    ),
    Answer(
        "AOL",
        "Thursday works for me.\n\n\n-----Original Message-----\nFrom: Front desk <desk@demande.invalid>\nTo: sam@aol.example\nSent: Mon, Nov 23, 2026 9:12 am\nSubject: Your request\n\nWhich day suits you?\n",
        "Thursday works for me.",
    ),
    Answer(
        "Yahoo on iPhone",
        "Thursday works for me.\n\nSent from Yahoo Mail for iPhone\n\nOn Monday, November 23, 2026, 9:12 AM, Front desk <desk@demande.invalid> wrote:\n\nWhich day suits you?\n",
        "Thursday works for me.",
    ),
    Answer(
        "Edison",
        "Thursday works.\n\nSent from Edison Mail\n\nOn Nov 23, 2026 at 9:12 AM, Front desk <desk@demande.invalid> wrote:\n\nWhich day suits you?\n",
        "Thursday works.",
    ),
    Answer(
        "Vivaldi",
        "Thursday works.\n\nOn Monday, November 23, 2026 9:12:00 AM (+01:00), Front desk wrote:\n\n> Which day suits you?\n",
        "Thursday works.",
    ),
    Answer(
        "Proton Mail on a telephone",
        "Thursday works.\n\nSent from Proton Mail for Android.\n\n-------- Original Message --------\nOn Monday, 11/23/26 at 09:12 Front desk <desk@demande.invalid> wrote:\n\n> Which day suits you?\n",
        "Thursday works.",
    ),
    Answer(
        "BlackBerry",
        "Thursday works.\n\nSent from my BlackBerry 10 smartphone on the O2 network.\n  Original Message  \nFrom: Front desk\nSent: Monday, 23 November 2026 09:12\nTo: Sam Green\nSubject: Your request\n\nWhich day suits you?\n",
        "Thursday works.",
    ),
    Answer(
        "Freshdesk",
        "Thursday works.\n\nOn Mon, 23 Nov at 9:12 AM , Front desk <desk@demande.invalid> wrote:\nWhich day suits you?\n",
        "Thursday works.",
    ),
    Answer(
        "eM Client",
        'Thursday works.\n\n------ Original Message ------\nFrom "Front desk" <desk@demande.invalid>\nTo sam@exemple.org\nDate 23/11/2026 09:12:00\nSubject Your request\n\n>Which day suits you?\n',
        "Thursday works.",
    ),
    Answer(
        "Outlook with a confidential notice of the employer",
        "Thursday works.\n\nSam Green\nThis email and any attachments are confidential and intended solely for the addressee. If you have received it in error, delete it.\n\nFrom: Front desk <desk@demande.invalid>\nSent: 23 November 2026 09:12\nTo: Sam Green\nSubject: Your request\n\nWhich day suits you?\n",
        "Thursday works.\n\nSam Green\nThis email and any attachments are confidential and intended solely for the addressee. If you have received it in error, delete it.",
    ),
)

GERMAN = (
    Answer(
        "Outlook",
        "Guten Tag,\n\nDonnerstag passt mir.\n\nMax\n\nVon: Empfang <empfang@demande.invalid> \nGesendet: Montag, 23. November 2026 09:12\nAn: Max Weber <max@exemple.de>\nBetreff: Ihre Anfrage\n\nWelcher Tag passt?\n",
        "Guten Tag,\n\nDonnerstag passt mir.\n\nMax",
    ),
    Answer(
        "Outlook for Mac",
        "Donnerstag passt mir.\n\nVon: Empfang <empfang@demande.invalid>\nDatum: Montag, 23. November 2026 um 09:12\nAn: Max Weber <max@exemple.de>\nBetreff: Ihre Anfrage\nWelcher Tag passt?\n",
        "Donnerstag passt mir.",
    ),
    Answer(
        "Apple Mail",
        "Donnerstag passt mir.\n\n> Am 23.11.2026 um 09:12 schrieb Empfang <empfang@demande.invalid>:\n> \n> Welcher Tag passt?\n",
        "Donnerstag passt mir.",
    ),
    Answer(
        "Thunderbird",
        "Am 23.11.26 um 09:12 schrieb Empfang:\n> Welcher Tag passt?\n\nDonnerstag passt mir.\n",
        "Donnerstag passt mir.",
    ),
    Answer(
        "WEB.DE",
        'Donnerstag passt mir.\n \nGesendet: Montag, 23. November 2026 um 09:12 Uhr\nVon: "Empfang" <empfang@demande.invalid>\nAn: max@web.example\nBetreff: Ihre Anfrage\nWelcher Tag passt?\n',
        "Donnerstag passt mir.",
    ),
    Answer(
        "WEB.DE on Android",
        "Donnerstag passt mir.\n-- \nDiese Nachricht wurde von meinem Android Mobiltelefon mit WEB.DE Mail gesendet.\nAm 23.11.26, 09:12 schrieb Empfang <empfang@demande.invalid>:\n\n> Welcher Tag passt?\n",
        "Donnerstag passt mir.",
    ),
    Answer(
        "T-Online",
        'Donnerstag passt mir.\n\n-----Original-Nachricht-----\nBetreff: Ihre Anfrage\nDatum: 2026-11-23T09:12:00+0100\nVon: "Empfang" <empfang@demande.invalid>\nAn: "max@t-online.example" <max@t-online.example>\n\nWelcher Tag passt?\n',
        "Donnerstag passt mir.",
    ),
    Answer(
        "Tuta",
        "Donnerstag passt mir.\n\n23. Nov. 2026, 09:12 von empfang@demande.invalid:\n\n> Welcher Tag passt?\n",
        "Donnerstag passt mir.",
    ),
    Answer(
        "K-9",
        "Am 23. November 2026 09:12:00 MEZ schrieb Empfang <empfang@demande.invalid>:\n>Welcher Tag passt?\n\nDonnerstag passt mir.\n-- \nDiese Nachricht wurde von meinem Android-Gerät mit K-9 Mail gesendet.",
        "Donnerstag passt mir.",
    ),
    Answer(
        "Samsung",
        "Donnerstag passt mir.\n\nVon meinem Galaxy gesendet\n\n\n-------- Ursprüngliche Nachricht --------\nVon: Empfang <empfang@demande.invalid>\nDatum: 23.11.26 09:12 (GMT+01:00)\nAn: max@exemple.de\nBetreff: Ihre Anfrage\n\nWelcher Tag passt?\n",
        "Donnerstag passt mir.",
    ),
    Answer(
        "Yahoo",
        "Donnerstag passt mir.\n\n    Am Montag, 23. November 2026 um 09:12:00 MEZ hat Empfang <empfang@demande.invalid> Folgendes geschrieben:  \n \n Welcher Tag passt?\n",
        "Donnerstag passt mir.",
    ),
    Answer(
        "KMail",
        "Am Montag, 23. November 2026, 09:12:00 CET schrieb Empfang:\n> Welcher Tag passt?\n\nDonnerstag passt mir.\n",
        "Donnerstag passt mir.",
    ),
    Answer(
        "Horde",
        "Zitat von Empfang <empfang@demande.invalid>:\n\n> Welcher Tag passt?\n\nDonnerstag passt mir.\n",
        "Donnerstag passt mir.",
    ),
)

DUTCH = (
    Answer(
        "Outlook",
        "Donderdag is goed.\n\nVan: Balie <balie@demande.invalid>\nVerzonden: maandag 23 november 2026 09:12\nAan: Jan de Vries <jan@exemple.nl>\nOnderwerp: Uw aanvraag\n\nWelke dag?\n",
        "Donderdag is goed.",
    ),
    Answer(
        "iPhone",
        "Donderdag is goed.\n\nVerstuurd vanaf mijn iPhone\n\n> Op 23 nov 2026 om 09:12 heeft Balie <balie@demande.invalid> het volgende geschreven:\n> \n> Welke dag?\n",
        "Donderdag is goed.",
    ),
    Answer(
        "Ziggo",
        "Donderdag is goed.\n\n> Op 23-11-2026 09:12 CET schreef Balie <balie@demande.invalid>:\n>  \n>  Welke dag?\n",
        "Donderdag is goed.",
    ),
    Answer(
        "Thunderbird",
        "Op 23-11-2026 om 09:12 schreef Balie:\n> Welke dag?\n\nDonderdag is goed.\n",
        "Donderdag is goed.",
    ),
)
