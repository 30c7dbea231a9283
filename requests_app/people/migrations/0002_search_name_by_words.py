import django.contrib.postgres.indexes
import django.db.models.functions.text
from django.db import migrations, models
from django.db.models import F, Value

import requests_app.people.models.persons

# The threshold of « <% » is a setting of the session; a function carries its own. 0.4 lets one wrong
# letter pass in a name of six (« benoli » for « benali »).
ALIKE = """
CREATE OR REPLACE FUNCTION people_alike(typed text) RETURNS TABLE (person_id bigint, likeness real)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 200
SET pg_trgm.word_similarity_threshold = 0.4
AS $$
  SELECT id, word_similarity(typed, search_name) FROM people_person WHERE typed <% search_name
$$
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [
        migrations.RemoveIndex(model_name="person", name="person_search_name"),
        migrations.RemoveField(model_name="person", name="search_name"),
        migrations.AddField(
            model_name="person",
            name="search_name",
            field=models.GeneratedField(
                db_persist=True,
                expression=requests_app.people.models.persons.Unaccent(
                    django.db.models.functions.text.Lower(
                        requests_app.people.models.persons.Spaced(
                            django.db.models.functions.text.Concat(
                                Value(" "),
                                F("given_name"),
                                Value(" "),
                                F("family_name"),
                                Value(" "),
                                F("usage_name"),
                            )
                        )
                    )
                ),
                output_field=models.TextField(),
            ),
        ),
        migrations.AddIndex(
            model_name="person",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(F("search_name"), name="gin_trgm_ops"),
                name="person_search_name",
            ),
        ),
        migrations.RunSQL(ALIKE, "DROP FUNCTION people_alike(text)"),
    ]
