import django.contrib.postgres.indexes
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations
from django.db.models import F

import requests_app.people.models.name_words

# The names that were there before the triggers.
FILL = """
INSERT INTO people_nameword (word)
SELECT DISTINCT w FROM people_person, unnest(people_name_words(given_name, family_name, usage_name)) AS w
ON CONFLICT DO NOTHING;
"""


class Migration(migrations.Migration):
    atomic = False  # visits go on while the words are read and the index is built
    dependencies = [("people", "0010_name_words")]

    operations = [
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        AddIndexConcurrently(
            model_name="person",
            index=django.contrib.postgres.indexes.GinIndex(
                requests_app.people.models.name_words.NameWords(
                    F("given_name"), F("family_name"), F("usage_name")
                ),
                name="person_name_words",
            ),
        ),
    ]
