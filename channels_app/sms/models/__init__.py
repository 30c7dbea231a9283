from channels_app.sms.models.refused_calls import RefusedCalls
from channels_app.sms.models.spending import Spending

__all__ = ["RefusedCalls", "Spending"]
