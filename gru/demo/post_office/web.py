"""The pages of the post office: the mails sent, as a list, as JSON; failures on command."""

import json
from dataclasses import asdict
from datetime import datetime
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, parse_qsl, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from gru.demo.post_office.shelf import Posted, Shelf
from gru.demo.post_office.smtp import MODES, Trouble
from gru.demo.telephone.desk import ApiCall, HangUp, Telephone
from requests_app.lib import french

PAGE = """<!doctype html><html lang="fr" data-bs-theme="light"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>
<link rel="stylesheet" href="/static/vendor/bootstrap-5.3.9/bootstrap.min.css">
<link rel="stylesheet" href="/static/ui/tokens.css"><link rel="stylesheet" href="/static/ui/gru.css"></head>
<body><main class="wrap wrap-narrow py-4"><h1>{title}</h1>{content}</main></body></html>"""
ROW = """<article class="card-g card-pad mb-3"><h2 class="h5"><a href="/courriels/{key}/">{subject}</a></h2>
<p class="text-body-secondary mb-0">{who}</p></article>"""
MAIL = """<p><a href="/courriels/">{back}</a></p><article class="card-g card-pad">
<dl class="text-body-secondary">{facts}</dl>
{text}</article>"""
FACT = "<dt>{word}</dt><dd>{value}</dd>"
STATIC = Path(settings.BASE_DIR) / "static"
KINDS = {".css": "text/css", ".woff2": "font/woff2"}
SHOWN = 200
MAX_BYTES = 100_000
MAX_WRITTEN = 12 * 1024 * 1024  # an SMS written on the telephone, with its pictures
POLICY = "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; form-action 'self'"


def serving(
    shelf: Shelf, trouble: Trouble, *, host: str, port: int, telephone: Telephone | None = None
) -> ThreadingHTTPServer:
    """Return the web server, ready to serve for ever; the telephone is on the same port."""

    class Desk(_Desk):
        pass

    Desk.shelf, Desk.trouble, Desk.telephone = shelf, trouble, telephone
    return ThreadingHTTPServer((host, port), Desk)


class _Desk(BaseHTTPRequestHandler):
    shelf: Shelf
    trouble: Trouble
    telephone: Telephone | None = None
    protocol_version = "HTTP/1.1"  # a sender of many messages keeps its connection
    wbufsize = 64 * 1024  # head and body in one packet
    timeout = 70

    def do_GET(self) -> None:
        if self._try_telephone(b""):
            return
        asked = urlsplit(self.path)
        if asked.path == "/courriels/":
            self._page(_list(self.shelf.newest_first()))
        elif asked.path.startswith("/courriels/") and (mail := self.shelf.find(asked.path[11:].strip("/"))):
            self._page(_mail(mail))
        elif asked.path == "/courriels.json":
            mails = [asdict(mail) for mail in self.shelf.newest_first()]
            self._answer(200, "application/json", json.dumps(mails, ensure_ascii=False).encode())
        elif asked.path == "/courriels/recu":
            known = self.shelf.has(parse_qs(asked.query).get("message_id", [""])[0])
            self._answer(200 if known else 404, "text/plain", b"")
        elif file := _style(asked.path):
            self._answer(200, KINDS[file.suffix], file.read_bytes())
        else:
            self._answer(404, "text/plain", b"")

    def do_POST(self) -> None:
        """Handle « /courriels/panne » with {"mode": "450", "count": 3}: how the next mails fail."""
        size = int(self.headers.get("Content-Length") or 0)
        most = MAX_WRITTEN if self.path == "/telephone/recu" else MAX_BYTES
        body = self.rfile.read(min(size, most))
        self.close_connection = size > most
        if self._try_telephone(body):
            return
        try:
            wanted = json.loads(body or b"{}")
            mode, count = wanted["mode"], int(wanted.get("count", 1))
        except (ValueError, KeyError, TypeError):
            mode, count = "", 0
        if self.path != "/courriels/panne" or mode not in MODES:
            self._answer(404 if self.path != "/courriels/panne" else 400, "text/plain", b"")
            return
        self.trouble.set(mode, count)
        self._answer(200, "text/plain", b"")

    def do_DELETE(self) -> None:
        if not self._try_telephone(b""):
            self._answer(404, "text/plain", b"")

    def _try_telephone(self, body: bytes) -> bool:
        """Answer a call to the telephone; returns False when it was not for it."""
        try:
            reply = self.telephone.answer(self._read_call(body)) if self.telephone else None
        except HangUp:
            self.close_connection = True
            return True
        if reply is None:
            return False
        self._answer(reply.status, reply.kind, reply.body, reply.headers)
        return True

    def _read_call(self, body: bytes) -> ApiCall:
        parts, origin = urlsplit(self.path), self.headers.get("Origin", "")
        return ApiCall(
            method=self.command,
            path=parts.path,
            query=dict(parse_qsl(parts.query)),
            authorization=self.headers.get("Authorization", ""),
            body=body,
            content_type=self.headers.get("Content-Type", ""),
            is_foreign=bool(origin) and urlsplit(origin).netloc != self.headers.get("Host", ""),
        )

    def _page(self, page: str) -> None:
        self._answer(200, "text/html; charset=utf-8", page.encode())

    def _answer(self, status: int, kind: str, body: bytes, more: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in (more or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", POLICY)
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Log nothing: an address may be personal."""


def _list(mails: list[Posted]) -> str:
    intro = _("Ce que la démonstration a envoyé. Rien ne sort de cette machine.")
    empty = f'<p class="muted">{escape(_("Aucun courriel n’est encore parti."))}</p>'
    rows = "".join(map(_row, mails[:SHOWN])) or empty
    return PAGE.format(title=escape(_("Courriels envoyés")), content=f"<p>{escape(intro)}</p>{rows}")


def _row(mail: Posted) -> str:
    who = _("De %(sender)s à %(to)s, %(at)s") % {"sender": mail.sender, "to": mail.to, "at": _moment(mail)}
    return ROW.format(key=mail.key, subject=escape(mail.subject), who=escape(who))


def _mail(mail: Posted) -> str:
    facts = {
        _("De"): mail.sender,
        _("À"): mail.to,
        _("Le"): _moment(mail),
        _("Répondre à"): mail.reply_to,
        _("Pièces jointes"): ", ".join(mail.files),
    }
    shown = "".join(FACT.format(word=escape(k), value=escape(v)) for k, v in facts.items() if v)
    blocks = escape(mail.text.strip()).replace("\r\n", "\n").split("\n\n")
    text = "".join(f"<p>{block.replace(chr(10), '<br>')}</p>" for block in blocks)
    content = MAIL.format(back=escape(_("Tous les courriels")), facts=shown, text=text)
    return PAGE.format(title=escape(mail.subject), content=content)


def _moment(mail: Posted) -> str:
    return french.moment(datetime.fromisoformat(mail.at))


def _style(path: str) -> Path | None:
    """Return a style or a font of the product; nothing else of this machine."""
    file = (STATIC / path.removeprefix("/static/")).resolve()
    is_ours = path.startswith("/static/") and file.is_relative_to(STATIC.resolve())
    return file if is_ours and file.suffix in KINDS and file.is_file() else None
