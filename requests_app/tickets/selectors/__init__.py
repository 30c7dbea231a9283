"""Reads across rooms for the staff pages, returned as plain values: masking and clocks are decided here."""
