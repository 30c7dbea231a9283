"""Programs and their keys: `program("tickets:read")` is a client that presents a key with these scopes."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from requests_app.api_keys.services import create_key

ROOT = "/api/v1/"


class Program:
    """Calls the interface as another program does: JSON both ways, and a key."""

    def __init__(self, key: Any, secret: str, **headers: str) -> None:
        self.key, self.secret, self.client = key, secret, Client()
        self.headers = {"Authorization": f"Bearer {secret}", **headers}

    def get(self, path: str, headers: dict[str, str] | None = None, **query: Any) -> Any:
        return self.client.get(address(path), query, headers={**self.headers, **(headers or {})})

    def send(
        self, verb: str, path: str, body: Any = None, headers: dict[str, str] | None = None, **more: Any
    ) -> Any:
        raw = body if isinstance(body, bytes) else json.dumps(body or {}).encode()
        whole = {**self.headers, **(headers or {})}
        call = getattr(self.client, verb)
        return call(address(path), raw, content_type="application/json", headers=whole, **more)

    def post(self, path: str, body: Any = None, headers: dict[str, str] | None = None, **more: Any) -> Any:
        return self.send("post", path, body, headers, **more)


def address(path: str) -> str:
    return path if path.startswith("/") else f"{ROOT}{path}"


def creation_of(*, expires_at: datetime | None = None, **_limits: Any) -> datetime:
    """Return when a key was created: one that has expired was valid for a day."""
    now = timezone.now()
    return expires_at - timedelta(days=1) if expires_at and expires_at <= now else now


@pytest.fixture
def program(territory):
    """Create a key and its program: `program("tickets:read", maisons=[lyon_8])`."""

    def make(*scopes: str, name: str = "Portail", **limits: Any) -> Program:
        key, secret = create_key(name=name, scopes=scopes, by=None, at=creation_of(**limits), **limits)
        return Program(key, secret)

    return make
