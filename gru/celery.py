"""The Celery app; tasks are found in the rooms, the schedule is in gru/schedule.py."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gru.settings.base")

app = Celery("gru")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.beat_schedule_filename = ""  # set by the launcher; see gru/schedule.py
