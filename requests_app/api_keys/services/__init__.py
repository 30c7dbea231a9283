from requests_app.api_keys.services.issuing import create_key, revoke_key, rotate_key
from requests_app.api_keys.services.presenting import find_key, note_use, scope_of_key
from requests_app.api_keys.services.refusing import note_refusal

__all__ = ["create_key", "find_key", "note_refusal", "note_use", "revoke_key", "rotate_key", "scope_of_key"]
