"""Load territory files into tables: check all files first, compare, then write all or nothing."""
