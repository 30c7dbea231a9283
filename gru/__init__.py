"""Assembles the product and decides nothing."""
