"""Answers in Turkish, Arabic and the languages of Eastern Europe and Asia."""

from .model import Answer

EASTERN = (
    Answer(
        "Outlook in Turkish",
        "Perşembe uygun.\n\nKimden: Danışma <danisma@demande.invalid>\nGönderildi: 23 Kasım 2026 Pazartesi 09:12\nKime: Ayşe Kaya <ayse@exemple.org>\nKonu: Başvurunuz\n\nHangi gün uygun?\n",
        "Perşembe uygun.",
    ),
    Answer(
        "iPhone in Turkish",
        "Perşembe uygun.\n\niPhone’umdan gönderildi\n\n> Danışma <danisma@demande.invalid> şunları yazdı (23 Kas 2026 09:12):\n> \n> Hangi gün uygun?\n",
        "Perşembe uygun.",
    ),
    Answer(
        "Thunderbird in Turkish",
        "23.11.2026 09:12 tarihinde Danışma yazdı:\n> Hangi gün uygun?\n\nPerşembe uygun.\n",
        "Perşembe uygun.",
    ),
    Answer(
        "Outlook in Arabic",
        "يوم الخميس مناسب.\n\nمن: الاستقبال <desk@demande.invalid>\nتم الإرسال: الاثنين، 23 نوفمبر 2026 09:12\nإلى: أمل <amal@exemple.org>\nالموضوع: طلبك\n\nأي يوم يناسبك؟\n",
        "يوم الخميس مناسب.",
    ),
    Answer(
        "iPhone in Arabic",
        "يوم الخميس مناسب.\n\nتم الإرسال من الـ iPhone\n\n> في ٢٣ نوفمبر ٢٠٢٦، الساعة ٩:١٢ ص، كتب/كتبت الاستقبال <desk@demande.invalid>:\n> \n> أي يوم يناسبك؟\n",
        "يوم الخميس مناسب.",
    ),
    Answer(
        "Yahoo in Arabic",
        "يوم الخميس مناسب.\n\n    في الاثنين، 23 نوفمبر 2026 في 09:12:00 ص غرينتش+1، كتب الاستقبال <desk@demande.invalid>:  \n \n أي يوم يناسبك؟\n",
        "يوم الخميس مناسب.",
    ),
    Answer(
        "Gmail in Arabic",
        "يوم الخميس مناسب.\n\nفي الاثنين، 23 نوفمبر 2026 في 9:12 ص تمت كتابة ما يلي بواسطة ‪الاستقبال‬‏ <‪desk@demande.invalid‬‏>:\n\n> أي يوم يناسبك؟\n>\n",
        "يوم الخميس مناسب.",
    ),
    Answer(
        "Gmail in Albanian",
        "E enjtja është mirë.\n\nMë hën, 23 nën 2026 në 9:12 e paradites, Recepsioni <desk@demande.invalid> shkroi:\n\n> Cila ditë?\n>\n",
        "E enjtja është mirë.",
    ),
    Answer(
        "Outlook in Romanian",
        "Joi este bine.\n\nDe la: Recepție <desk@demande.invalid>\nTrimis: luni, 23 noiembrie 2026 09:12\nCătre: Ion Pop <ion@exemple.org>\nSubiect: Cererea dvs.\n\nCe zi preferați?\n",
        "Joi este bine.",
    ),
    Answer(
        "Mail.ru",
        "Четверг подходит.\n\nПонедельник, 23 ноября 2026, 9:12 +03:00 от Приёмная <desk@demande.invalid>:\n\nКакой день подходит?\n",
        "Четверг подходит.",
    ),
    Answer(
        "Yandex",
        'Четверг подходит.\n\n23.11.2026, 09:12, "Приёмная" <desk@demande.invalid>:\n\n> Какой день подходит?\n',
        "Четверг подходит.",
    ),
    Answer(
        "Ukr.net",
        'Четвер підходить.\n\n23 листопада 2026, 09:12:00, від "Приймальня" <desk@demande.invalid>:\n\nЯкий день?\n',
        "Четвер підходить.",
    ),
    Answer(
        "Onet in Polish",
        "Czwartek pasuje.\n\nW dniu 2026-11-23 09:12:00 użytkownik Recepcja <desk@demande.invalid> napisał:\n\n> Jaki dzień?\n",
        "Czwartek pasuje.",
    ),
    Answer(
        "Outlook in Polish",
        "Czwartek pasuje.\n\nOd: Recepcja <desk@demande.invalid>\nWysłane: poniedziałek, 23 listopada 2026 09:12\nDo: Jan Nowak <jan@exemple.org>\nTemat: Wniosek\n\nJaki dzień?\n",
        "Czwartek pasuje.",
    ),
    Answer(
        "Seznam in Czech",
        "Čtvrtek se hodí.\n\n---------- Původní e-mail ----------\nOd: Recepce <desk@demande.invalid>\nKomu: jan@exemple.org\nDatum: 23. 11. 2026 9:12:00\nPředmět: Žádost\n\nKterý den?\n",
        "Čtvrtek se hodí.",
    ),
    Answer(
        "QQ in Chinese",
        '星期四可以。\n\n------------------ 原始邮件 ------------------\n发件人: "接待处" <desk@demande.invalid>;\n发送时间: 2026年11月23日(星期一) 上午9:12\n收件人: "王"<wang@exemple.org>;\n主题: 您的申请\n\n哪一天合适？\n',
        "星期四可以。",
    ),
)
