"""What citizens see."""

from channels_app.portal.views.links import link

__all__ = ["link"]
