"""Refusals as the standard writes them: 403 for the key, 404 for what does not exist, 400 for the rest."""

from requests_app.open311.rendering import Content, Value


class Refusal(Exception):
    """Ends a call; each reason is a sentence for whoever wrote the client."""

    def __init__(self, status: int, *reasons: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(*reasons)
        self.status, self.reasons, self.headers = status, reasons, headers or {}

    @property
    def content(self) -> Content:
        errors: list[Value] = [{"code": self.status, "description": reason} for reason in self.reasons]
        return Content("errors", errors)
