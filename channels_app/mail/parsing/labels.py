"""The labels of the header that mail programs copy above a reply, by language."""

import re

# Each label once, even when languages share it.
LABELS = {
    "from": "from|de|von|van|da|fra|frå|från|od|от|отправитель|від|发件人|寄件者|寄件人|lähettäjä|expéditeur"
    "|remitente|remetente|feladó|gönderen|kimden|de la|差出人|送信者|보낸 사람|보낸사람|από|من|מאת|از"
    "|nga|từ|šalje|saatja|no|nuo|dari|absender|afzender|mittente|avsender|avsändare|afsender",
    "date": "sent|date|envoyé|envoyée|envoye|envoyé le|date d'envoi|gesendet|gesendet am"
    "|datum|verzonden"
    "|inviato|inviato il|data|enviado|enviada|enviado el|enviado em|enviada em|enviat|fecha|dato|sendt"
    "|sendt den|skickat|skickades|wysłano|wysłane|data wysłania|отправлено|дата|надіслано|відправлено"
    "|изпратено|发送时间|發送時間|传送日期|寄件日期|日期|lähetetty|odesláno|odoslané|poslano|poslato|送信日時|送信"
    "|日付|日時|päivämäärä|tarih|gönderildi|gönderme tarihi|gönderim tarihi|küldve|elküldve"
    "|dátum|trimis|보낸 날짜"
    "|날짜|στάλθηκε|ημερομηνία|تم الإرسال|تاريخ الإرسال|التاريخ|تاريخ|أرسلت|נשלח|תאריך|تاریخ"
    "|ارسال شده|dërguar|đã gửi"
    "|ngày|saadetud|kuupäev|išsiųsta|nosūtīts|dikirim|tanggal|terkirim",
    "to": "to|à|a|pour|an|aan|para|per a|til|till|do|кому|до|收件人|收信人|宛先|vastaanottaja|komu|za|prima"
    "|cc|cci|copie|copie à|kopie|kopia|kopi|copia|cópia|kime|alıcı|címzett|către|받는 사람|받는사람"
    "|destinataire"
    "|destinatari|destinatario|destinatário|empfänger|ontvanger|mottagare|mottaker|modtager|προς|إلى|אל"
    "|به|për|deri|đến|tới|adressaat|kam|kepada|抄送",
    "subject": "subject|objet|sujet|betreff|onderwerp|oggetto|ogg|asunto|assumpte|emne|ämne"
    "|assunto|temat"
    "|тема|относно|主题|主題|主旨|件名|aihe|předmět|predmet|naslov|zadeva|konu|tárgy|subiect|제목|θέμα|الموضوع"
    "|موضوع|נושא|subjekti|tema|temats|teema|chủ đề|subjek|perihal",
}
LABEL_OF = {word: kind for kind, words in LABELS.items() for word in words.split("|")}
INSIDE = {
    kind: re.compile(rf"(?i)(?<!\w)(?:{words})\s*+(?:\*++\s*+)?[:：՝]") for kind, words in LABELS.items()
}
LABEL = re.compile(r"\A([^\W\d][\w' ]{0,20}?)\s*+(?:\*++\s*+)?[:：՝]")
