from requests_app.access.models.glass import BrokenGlass, GlassNotice, Motive
from requests_app.access.models.readings import Reading

__all__ = ["BrokenGlass", "GlassNotice", "Motive", "Reading"]
