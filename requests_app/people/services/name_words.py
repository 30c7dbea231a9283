"""The words of names that approximate searches read: unused ones are purged."""

from django.db import connection

UNBORNE = """
DELETE FROM people_nameword k
 WHERE NOT EXISTS (SELECT FROM people_person p
                    WHERE people_name_words(p.given_name, p.family_name, p.usage_name) @> ARRAY[k.word])
"""


def purge_unborne() -> int:
    """Delete the words that no name holds any longer; one statement, an index lookup per word."""
    with connection.cursor() as cursor:
        cursor.execute(UNBORNE)
        return int(cursor.rowcount)
