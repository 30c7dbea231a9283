from requests_app.first_delay.services.searching import Search, record_search

__all__ = ["Search", "record_search"]
