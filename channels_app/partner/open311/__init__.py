"""Requests of Open311 clients (GeoReport v2, https://wiki.open311.org/GeoReport_v2/)."""
