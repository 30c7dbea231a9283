"""A third way in for mail: a provider receives it and calls us."""
