from requests_app.indicators.groups import measure_groups
from requests_app.indicators.rolling import roll

__all__ = ["measure_groups", "roll"]
