"""What went wrong with a mailbox, in words for staff; never the server's own, which may quote an account."""

import imaplib
import socket
import ssl

from django.utils.translation import gettext as _
from imap_tools import MailboxFolderSelectError, MailboxLoginError

from channels_app.mail.imap.connection import FetchRefused


def why(error: Exception) -> str:
    """Return one short sentence, without its full stop."""
    match error:
        case MailboxLoginError():
            return _("le serveur refuse l’identifiant ou le mot de passe")
        case MailboxFolderSelectError():
            return _("le dossier ne s’ouvre pas")
        case FetchRefused():
            return _("le serveur refuse de lire le dossier")
        case ssl.SSLError():
            return _("la liaison chiffrée n’est pas sûre (certificat refusé)")
        case socket.gaierror() | UnicodeError():
            return _("le serveur est introuvable")
        case imaplib.IMAP4.abort():
            return _("le serveur a coupé la ligne")
        case imaplib.IMAP4.error():
            return _("le serveur refuse la connexion")
        case _other:
            return _("le serveur ne répond pas")
