"""Territory files into tables: check whole files first, compare, then write all or nothing."""
