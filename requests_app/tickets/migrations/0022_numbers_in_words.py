"""The telephone numbers inside what was said, so that one is found however it was written.

An index over a function, and no column: no row is rewritten. On a million messages it takes some
minutes, during which everything goes on.
"""

from django.db import migrations

# Each is given as +33639988877. Between two digits: blanks (those of typographers too), dots, dashes,
# slashes, brackets. A number of here has nine digits after its 0; elsewhere, as many as follow the code.
NUMBERS = r"""
CREATE OR REPLACE FUNCTION tickets_numbers_in(words text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
SELECT pg_catalog.array_agg('+' || pg_catalog.regexp_replace(number, '\(0\)|\D', '', 'g')) FROM (
    SELECT '33' || found[1] FROM pg_catalog.regexp_matches(words,
        '(?<!\d)(?:0|(?:\+|00)[\s\u00a0\u202f.]?33[\s\u00a0\u202f.()0-]{0,5})'
        || '([1-9](?:[\s\u00a0\u202f./()-]{0,3}\d){8})(?!\d)', 'g') AS found
    UNION
    SELECT found[1] FROM pg_catalog.regexp_matches(words,
        '(?<!\d)(?:\+|00)[\s\u00a0\u202f.]?([1-9](?:[\s\u00a0\u202f./()-]{0,3}\d){6,14})', 'g') AS found
) AS numbers (number)
$$
"""
# The same words as `search_words` (0010).
INDEX = """
CREATE INDEX CONCURRENTLY IF NOT EXISTS touchpoint_numbers ON tickets_touchpoint USING gin (
    tickets_numbers_in(left(sender || ' ' || subject || ' ' ||
        CASE WHEN reply_text <> '' THEN reply_text ELSE text END, 50000)))
"""


class Migration(migrations.Migration):
    atomic = False  # an index that lets everything go on is not built in a transaction

    dependencies = [("tickets", "0021_ticket_marks")]

    operations = [
        migrations.RunSQL(NUMBERS, "DROP FUNCTION IF EXISTS tickets_numbers_in(text)"),
        migrations.RunSQL(INDEX, "DROP INDEX CONCURRENTLY IF EXISTS touchpoint_numbers"),
    ]
