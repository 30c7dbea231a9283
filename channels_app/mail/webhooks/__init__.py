"""A third route in for mail: a provider receives it and calls us."""
