from channels_app.delivery.models.circuits import Circuit
from channels_app.delivery.models.receipts import Receipt

__all__ = ["Circuit", "Receipt"]
