"""Answers in Spanish, Italian and Portuguese."""

from .model import Answer

SPANISH = (
    Answer(
        "Outlook",
        "El jueves me va bien.\n\nDe: Recepción <recepcion@demande.invalid>\nEnviado: lunes, 23 de noviembre de 2026 9:12\nPara: Ana Ruiz <ana@exemple.es>\nAsunto: Su solicitud\n\n¿Qué día le conviene?\n",
        "El jueves me va bien.",
    ),
    Answer(
        "Outlook, older",
        "El jueves me va bien.\n\n-----Mensaje original-----\nDe: Recepción [mailto:recepcion@demande.invalid] \nEnviado el: lunes, 23 de noviembre de 2026 9:12\nPara: Ana Ruiz\nAsunto: Su solicitud\n\n¿Qué día le conviene?\n",
        "El jueves me va bien.",
    ),
    Answer(
        "iPhone",
        "El jueves me va bien.\n\nEnviado desde mi iPhone\n\n> El 23 nov 2026, a las 9:12, Recepción <recepcion@demande.invalid> escribió:\n> \n> ¿Qué día le conviene?\n",
        "El jueves me va bien.",
    ),
    Answer(
        "Thunderbird",
        "El 23/11/26 a las 9:12, Recepción escribió:\n> ¿Qué día le conviene?\n\nEl jueves me va bien.\n",
        "El jueves me va bien.",
    ),
    Answer(
        "Yahoo",
        "El jueves me va bien.\n\n    El lunes, 23 de noviembre de 2026, 9:12:00 CET, Recepción <recepcion@demande.invalid> escribió:  \n \n ¿Qué día le conviene?\n",
        "El jueves me va bien.",
    ),
    Answer(
        "Samsung",
        "El jueves me va bien.\n\nEnviado desde mi Galaxy\n\n\n-------- Mensaje original --------\nDe: Recepción <recepcion@demande.invalid>\nFecha: 23/11/26 9:12 (GMT+01:00)\nA: ana@exemple.es\nAsunto: Su solicitud\n\n¿Qué día le conviene?\n",
        "El jueves me va bien.",
    ),
    Answer(
        "Evolution",
        "El lun, 23-11-2026 a las 09:12 +0100, Recepción escribió:\n> ¿Qué día le conviene?\n\nEl jueves me va bien.\n",
        "El jueves me va bien.",
    ),
    Answer(
        "Outlook for Android",
        "El jueves me va bien.\n\nObtener Outlook para Android<https://aka.ms/AAb9ysg>\n________________________________\nDe: Recepción <recepcion@demande.invalid>\nEnviado: Monday, November 23, 2026 9:12:33 AM\nPara: Ana Ruiz <ana@exemple.es>\nAsunto: Su solicitud\n\n¿Qué día le conviene?\n",
        "El jueves me va bien.",
    ),
    Answer(
        "Horde",
        "Recepción <recepcion@demande.invalid> escribió:\n\n> ¿Qué día le conviene?\n\nEl jueves me va bien.\n",
        "El jueves me va bien.",
    ),
)

ITALIAN = (
    Answer(
        "Outlook",
        "Giovedì va bene.\n\nDa: Sportello <sportello@demande.invalid> \nInviato: lunedì 23 novembre 2026 09:12\nA: Ugo Neri <ugo@exemple.it>\nOggetto: La sua richiesta\n\nQuale giorno preferisce?\n",
        "Giovedì va bene.",
    ),
    Answer(
        "Apple Mail",
        "Giovedì va bene.\n\n> Il giorno 23 nov 2026, alle ore 09:12, Sportello <sportello@demande.invalid> ha scritto:\n> \n> Quale giorno preferisce?\n",
        "Giovedì va bene.",
    ),
    Answer(
        "Thunderbird",
        "Il 23/11/2026 09:12, Sportello ha scritto:\n> Quale giorno preferisce?\n\nGiovedì va bene.\n",
        "Giovedì va bene.",
    ),
    Answer(
        "Libero",
        "Giovedì va bene.\n\n    Il 23/11/2026 09:12 CET Sportello <sportello@demande.invalid> ha scritto:\n\n     \n    Quale giorno preferisce?\n",
        "Giovedì va bene.",
    ),
    Answer(
        "TIM",
        "Giovedì va bene.\n\n----Messaggio originale----\nDa: sportello@demande.invalid\nData: 23-nov-2026 9.12\nA: <ugo@exemple.it>\nOgg: La sua richiesta\n\nQuale giorno preferisce?\n",
        "Giovedì va bene.",
    ),
    Answer(
        "iPhone",
        "Giovedì va bene.\n\nInviato da iPhone\n\n> Il giorno 23 nov 2026, alle ore 09:12, Sportello <sportello@demande.invalid> ha\n> scritto:\n> \n> Quale giorno preferisce?\n",
        "Giovedì va bene.",
    ),
    Answer(
        "Outlook for iOS",
        "Giovedì va bene.\n\nOttieni Outlook per iOS<https://aka.ms/o0ukef>\n________________________________\nDa: Sportello <sportello@demande.invalid>\nInviato: lunedì, novembre 23, 2026 9:12:33 AM\nA: Ugo Neri <ugo@exemple.it>\nOggetto: La sua richiesta\n\nQuale giorno preferisce?\n",
        "Giovedì va bene.",
    ),
)

PORTUGUESE = (
    Answer(
        "Outlook",
        "Quinta-feira está bem.\n\nDe: Atendimento <atendimento@demande.invalid>\nEnviado: segunda-feira, 23 de novembro de 2026 09:12\nPara: Rui Costa <rui@exemple.pt>\nAssunto: O seu pedido\n\nQue dia prefere?\n",
        "Quinta-feira está bem.",
    ),
    Answer(
        "Outlook in Brazil",
        "Quinta está bem.\n\nDe: Atendimento [mailto:atendimento@demande.invalid] \nEnviada em: segunda-feira, 23 de novembro de 2026 09:12\nPara: 'Rui Costa'\nAssunto: O seu pedido\n\nQue dia prefere?\n",
        "Quinta está bem.",
    ),
    Answer(
        "Apple Mail",
        "Quinta está bem.\n\n> No dia 23/11/2026, às 09:12, Atendimento <atendimento@demande.invalid> escreveu:\n> \n> Que dia prefere?\n",
        "Quinta está bem.",
    ),
    Answer(
        "Thunderbird",
        "Às 09:12 de 23/11/2026, Atendimento escreveu:\n> Que dia prefere?\n\nQuinta está bem.\n",
        "Quinta está bem.",
    ),
    Answer(
        "SAPO",
        "Quinta está bem.\n\nCitando Atendimento <atendimento@demande.invalid>:\n\n> Que dia prefere?\n",
        "Quinta está bem.",
    ),
    Answer(
        "Gmail",
        "Quinta está bem.\n\nAtendimento <atendimento@demande.invalid> escreveu (segunda, 23/11/2026 à(s)\n09:12):\n\n> Que dia prefere?\n>\n",
        "Quinta está bem.",
    ),
)
