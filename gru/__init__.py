"""Assembles the product and decides nothing."""

from gru.celery import app as celery_app

__all__ = ["celery_app"]
