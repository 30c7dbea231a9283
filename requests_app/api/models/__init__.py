from requests_app.api.models.stored_answers import StoredAnswer

__all__ = ["StoredAnswer"]
