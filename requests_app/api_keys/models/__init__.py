from requests_app.api_keys.models.keys import ApiKey, ApiSecret
from requests_app.api_keys.models.refusals import ApiRefusal

__all__ = ["ApiKey", "ApiRefusal", "ApiSecret"]
