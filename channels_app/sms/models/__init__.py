from channels_app.sms.models.erasures import Erasures
from channels_app.sms.models.pictures import Pictures
from channels_app.sms.models.refused_calls import RefusedCalls
from channels_app.sms.models.spending import Spending

__all__ = ["Erasures", "Pictures", "RefusedCalls", "Spending"]
