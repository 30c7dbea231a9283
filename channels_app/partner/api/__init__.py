"""Requests that other software brings by the interface: stored as they came, then understood."""
