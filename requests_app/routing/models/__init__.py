from requests_app.routing.models.coverage import Coverage
from requests_app.routing.models.decision import RoutingDecision

__all__ = ["Coverage", "RoutingDecision"]
