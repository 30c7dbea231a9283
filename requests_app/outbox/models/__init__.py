"""What we must tell someone, and the secret links that some messages carry."""

from requests_app.outbox.models.outgoing import Outgoing, OutgoingQuerySet, OutgoingStep
from requests_app.outbox.models.secret_links import SecretLink, SecretLinkQuerySet

__all__ = ["Outgoing", "OutgoingQuerySet", "OutgoingStep", "SecretLink", "SecretLinkQuerySet"]
