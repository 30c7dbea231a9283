"""What citizens see."""

from channels_app.portal.views.cards import card
from channels_app.portal.views.following import code, follow
from channels_app.portal.views.home import home
from channels_app.portal.views.links import link
from channels_app.portal.views.opinions import opinion
from channels_app.portal.views.photos import photo
from channels_app.portal.views.question import question
from channels_app.portal.views.resume import erase, later, resume
from channels_app.portal.views.review import review, show_done
from channels_app.portal.views.tracking import act, show_left, track

__all__ = [
    "act",
    "card",
    "code",
    "erase",
    "follow",
    "home",
    "later",
    "link",
    "opinion",
    "photo",
    "question",
    "resume",
    "review",
    "show_done",
    "show_left",
    "track",
]
