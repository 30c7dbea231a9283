"""Another program's writer against our reader: what Python's own library writes, we read back whole."""

import email.policy
from email.header import Header
from email.message import EmailMessage
from email.mime.application import MIMEApplication
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.utils import encode_rfc2231, formataddr

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from channels_app.mail.parsing import understand

PRINTED = st.characters(
    min_codepoint=32, max_codepoint=0x2FFF, exclude_categories=("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
)
WORDS = st.text(PRINTED, min_size=1, max_size=60).map(lambda text: " ".join(text.split())).filter(bool)
LETTERS = st.text("abcdefghijklmnop éèàçœ’€ßñ汉字кириллица0123456789", min_size=1, max_size=40)
NAMES = LETTERS.map(lambda text: " ".join(text.split()) or "a").map(lambda text: f"{text}.pdf")
SENTENCES = st.lists(LETTERS, min_size=1, max_size=6).map("\n".join)  # no UTF-8 under another name
LINES = st.lists(WORDS, min_size=1, max_size=6).map("\n".join)
FILES = st.lists(st.tuples(NAMES, st.binary(max_size=500)), max_size=3)
bounded = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def dense(text: str) -> str:
    return "".join(text.split())


@bounded
@given(WORDS, WORDS, LINES, FILES)
def test_a_mail_of_today_is_read_back(name, subject, text, files):
    mail = EmailMessage(policy=email.policy.SMTP)
    mail["From"] = formataddr((name, "amina@exemple.fr"))
    mail["Subject"] = subject
    mail.set_content(text)
    for file_name, data in files:
        mail.add_attachment(data, maintype="application", subtype="pdf", filename=file_name)
    read = understand(mail.as_bytes())
    assert read.from_address == "amina@exemple.fr"
    assert dense(read.subject) == dense(subject)
    assert dense(text) in dense(read.text)
    assert [(file.name, file.data) for file in read.files] == files


@bounded
@given(LETTERS, SENTENCES, FILES, st.sampled_from(["utf-8", "iso-8859-1", "iso-8859-15", "windows-1252"]))
def test_a_mail_of_yesterday_is_read_back(subject, text, files, charset):
    mail = MIMEMultipart()
    mail["From"] = "amina@exemple.fr"
    mail["Subject"] = Header(subject, "utf-8").encode()
    text = text.encode(charset, "replace").decode(charset)
    mail.attach(MIMEText(text, "plain", charset))
    for number, (file_name, data) in enumerate(files):
        part = MIMEApplication(data, "pdf")
        if number % 2:  # as Outlook does, against the standard: an encoded word inside quotes
            part["Content-Disposition"] = (
                f'attachment; filename="{Header(file_name, "utf-8", maxlinelen=998).encode()}"'
            )
        else:
            part["Content-Disposition"] = f"attachment; filename*={encode_rfc2231(file_name, 'utf-8')}"
        mail.attach(part)
    read = understand(mail.as_bytes())
    assert dense(read.subject) == dense(subject)
    assert dense(text) in dense(read.text)
    assert [(file.name, file.data) for file in read.files] == files
