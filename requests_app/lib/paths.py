"""Addresses given by the browser, followed only inside this site."""

from django.utils.http import url_has_allowed_host_and_scheme


def own_path(given: str | None, otherwise: str = "/") -> str:
    """Return the local path that was asked for, or `otherwise`: never another site (threats: W10)."""
    path = given or ""
    if path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None):
        return path
    return otherwise
