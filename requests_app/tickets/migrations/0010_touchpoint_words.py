"""The words of each touchpoint, ready to be searched, kept by the database in the same statement.

No field of the model holds them: lists and threads never read this column, only the search does.
Adding it rewrites the table; at a million rows plan a quiet hour.
"""

from django.db import migrations

# What was written, not what it quotes; a letter as long as a book keeps its first 50 000 signs.
WORDS = """
ALTER TABLE tickets_touchpoint ADD COLUMN IF NOT EXISTS search_words tsvector GENERATED ALWAYS AS (
    to_tsvector('public.fr_gru', left(sender || ' ' || subject || ' ' ||
        CASE WHEN reply_text <> '' THEN reply_text ELSE text END, 50000))) STORED;
CREATE INDEX IF NOT EXISTS touchpoint_words ON tickets_touchpoint USING gin (search_words);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("tickets", "0009_event_appointment"),
        ("maisons", "0001_initial"),  # fr_gru
    ]

    # Going back leaves the column: the version before does not know it, and does not mind.
    operations = [migrations.RunSQL(WORDS, migrations.RunSQL.noop)]
