"""A small portal of the Publik family on this machine: the documented shapes, and signatures checked.

Of its forms it keeps the fields it has, and skips the others, as w.c.s. does. ``next_answers`` are answers
to give instead, once each: a status, or "cut" once the request was created.
"""

import json
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from channels_app.partner.publik.signing import Forbidden, check

FIELDS = ("reference", "message", "nom", "prenom", "courriel", "telephone", "fichier", "recue_le")


@dataclass
class FakePortal:
    base: str = ""
    key: str = "s3cret"
    slugs: tuple[str, ...] = ("signaler-un-depot",)
    fields: tuple[str, ...] = FIELDS
    requests: list[dict] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    next_answers: list = field(default_factory=list)

    def create(self, slug, written):
        data = {name: value for name, value in written["data"].items() if name in self.fields}
        number = str(len(self.requests) + 1)
        row = {
            "id": number,
            "slug": slug,
            "display_id": f"7-{number}",
            "url": f"{self.base}/{slug}/{number}/",
            "backoffice_url": f"{self.base}/backoffice/management/{slug}/{number}/",
            "api_url": f"{self.base}/api/forms/{slug}/{number}/",
            "fields": data,
            "context": written.get("context"),
            "workflow": {"status": {"id": "new", "name": "Nouveau", "endpoint": False}},
        }
        self.requests.append(row)
        return {"err": 0, "data": {name: row[name] for name in ("id", "url", "backoffice_url", "api_url")}}

    def move(self, number, *, id, name, endpoint=False):
        status = {"id": id, "name": name, "endpoint": endpoint}
        self.requests[int(number) - 1]["workflow"] = {"status": status}

    def listed(self, slug, query):
        wanted = {name[7:]: each[0] for name, each in query.items() if name.startswith("filter-")}
        if set(wanted) - set(self.fields):
            return 400, {"err": 1, "err_class": "Invalid request", "err_desc": "Invalid filter"}
        rows = [row for row in self.requests if row["slug"] == slug]
        return 200, [
            row for row in rows if all(row["fields"].get(name) == value for name, value in wanted.items())
        ]


class Handler(BaseHTTPRequestHandler):
    def answer(self, status, body):
        raw = json.dumps(body).encode()
        self.send_response(status)
        if status in {301, 302, 307}:
            self.send_header("Location", "http://127.0.0.1:9/")
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def handle_call(self):
        portal, (_s, _n, path, query, _f) = self.server.portal, urlsplit(self.path)
        portal.calls.append(f"{self.command} {path}")
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        try:
            check(query, key_of=lambda orig: portal.key if orig == "gru" else "", at=datetime.now(UTC))
        except Forbidden:
            return self.answer(403, {"err": 1, "err_class": "Access denied", "err_desc": "Invalid signature"})
        planned = portal.next_answers.pop(0) if portal.next_answers else None
        if isinstance(planned, int):
            return self.answer(planned, {"err": 1, "err_desc": "Désolé"})
        parts = path.strip("/").split("/")
        if self.command == "POST" and parts[:2] == ["api", "formdefs"] and parts[3:] == ["submit"]:
            if parts[2] not in portal.slugs:
                return self.answer(404, {"err": 1, "err_desc": "Not found"})
            created = portal.create(parts[2], json.loads(body))
            if planned == "cut":
                return self.connection.close()
            return self.answer(200, "?" if planned == "odd" else created)
        if parts[:2] == ["api", "forms"] and parts[3:] == ["list"]:
            return self.answer(*portal.listed(parts[2], parse_qs(query)))
        found = [row for row in portal.requests if row["api_url"].endswith(path)]
        return self.answer(200, found[0]) if found else self.answer(404, {"err": 1})

    do_GET = do_POST = handle_call

    def log_message(self, *_args):
        pass


@contextmanager
def running_portal():
    """Run a portal on a free port of this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.portal = FakePortal(base=f"http://127.0.0.1:{server.server_port}")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.portal
    finally:
        server.shutdown()
        server.server_close()
