from requests_app.accounts.views.codes import code
from requests_app.accounts.views.lock_screen import discard_form, lock, resume, stay, unlock
from requests_app.accounts.views.places import switch_place
from requests_app.accounts.views.second_factors import second_factor
from requests_app.accounts.views.sessions import admin_sign_in, password, sign_in, sign_out

__all__ = [
    "admin_sign_in",
    "code",
    "discard_form",
    "lock",
    "password",
    "resume",
    "second_factor",
    "sign_in",
    "sign_out",
    "stay",
    "switch_place",
    "unlock",
]
