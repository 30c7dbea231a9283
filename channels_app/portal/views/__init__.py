"""What citizens see."""

from channels_app.portal.views.home import home
from channels_app.portal.views.links import link
from channels_app.portal.views.photos import photo
from channels_app.portal.views.question import question
from channels_app.portal.views.resume import erase, later, resume
from channels_app.portal.views.review import done, review

__all__ = ["done", "erase", "home", "later", "link", "photo", "question", "resume", "review"]
