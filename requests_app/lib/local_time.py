"""The time zone in which the clock of every Maison and every legal deadline is read."""

from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")
