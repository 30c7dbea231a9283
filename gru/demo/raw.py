"""The bytes in which an invented message would have come, so that it can be parsed again like a real one."""

import json
from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.mime.text import MIMEText
from email.utils import format_datetime, formataddr
from typing import Any
from urllib.parse import urlencode

from django.conf import settings

from gru.demo.crowd import Someone
from gru.demo.words import Story


@dataclass(frozen=True, slots=True)
class Raw:
    """``address`` is ours, the one written to; ``facts`` is what the channel stores beside the text."""

    address: str
    data: bytes
    facts: dict[str, Any]


def mail_raw(story: Story, someone: Someone, at: datetime, number: int) -> Raw:
    """Return a plain message as a citizen's mail program writes it."""
    address, message_id = f"accueil@{settings.MAIL_DOMAIN}", f"demo-{number}@exemple.fr"
    mail = MIMEText(story.text, "plain", "utf-8")
    mail["From"] = formataddr((someone.name, someone.email))
    mail["To"] = address
    mail["Subject"] = Header(story.subject, "utf-8").encode()
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = f"<{message_id}>"
    return Raw(address, mail.as_bytes(), {"message_id": message_id, "from": someone.email})


def sms_raw(story: Story, someone: Someone, number: int) -> Raw:
    """Return what the provider posts."""
    sid = f"SMdemo{number}"
    form = {"From": someone.phone, "Body": story.text, "MessageSid": sid}
    return Raw("", urlencode(form).encode(), {"from": someone.phone, "sid": sid})


def form_raw(story: Story, someone: Someone, at: datetime, number: int) -> Raw:
    """Return the answers of the citizen's form."""
    form = {
        "key": f"demo-{number}",
        "kind": "demande",
        "at": at.isoformat(),
        "topic_code": story.topic,
        "text": story.text,
        "way": "mail",
        "email": someone.email,
        "papers": [],
        "needs": [],
    }
    return Raw("", json.dumps(form, ensure_ascii=False, sort_keys=True).encode(), {})


def desk_raw(story: Story, someone: Someone | None, at: datetime, number: int) -> Raw:
    """Return the form that an agent would have sent."""
    form = {
        "key": f"demo-{number}",
        "person_id": someone.pk if someone else None,
        "topic": story.topic,
        "text": story.text,
        "at": at.isoformat(),
    }
    return Raw("", json.dumps(form, ensure_ascii=False, sort_keys=True).encode(), {})
