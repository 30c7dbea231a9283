from requests_app.indicators.rolling import roll

__all__ = ["roll"]
