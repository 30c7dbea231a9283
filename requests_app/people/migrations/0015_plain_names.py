"""Names compared in one form by Python and by the database, in any script: « Işık », « Шевченко », « N`Diaye ».

The column of names is written again, its indexes with it: some seconds for half a million persons, during
which nobody is registered. The version that runs beside goes on reading it: names in Latin letters are
written as before.
"""

import django.db.models.functions.text
from django.db import migrations, models
from django.db.models import F, Value

import requests_app.people.models.persons

# As lib/text.py and people/plain_names.py have it; a test compares both on a thousand names.
PLAIN_NAME = r"""
CREATE FUNCTION people_plain_name(name text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
SELECT pg_catalog.translate(
  pg_catalog.replace(pg_catalog.replace(pg_catalog.replace(pg_catalog.replace(
    pg_catalog.lower(pg_catalog.regexp_replace(pg_catalog.normalize(name, 'NFKD'),
      '[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640'
      || '\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed'
      || '\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]+', '', 'g')),
    'œ', 'oe'), 'æ', 'ae'), 'ß', 'ss'), 'þ', 'th'),
  'ıɨøłđðɖɗħŧŋɲɓƀƙƴƶǥɛɔς' || '-''’ʼ.,;:/()[]"&+*_`~|·•‐‑‒–—‘“”«»ʹʻʽʾʿ׳־،',
  'iiolddddhtnnbbkyzgeoσ' || pg_catalog.repeat(' ', 41))
$$;
"""
NAME_WORDS = """
CREATE OR REPLACE FUNCTION people_name_words(VARIADIC names text[]) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  name text; parts text[]; found text[] := '{}';
BEGIN
  FOREACH name IN ARRAY names LOOP
    parts := string_to_array(%s, ' ');
    parts := array_remove(parts, '');
    found := found || parts;
    FOR n IN 2..cardinality(parts) LOOP
      found := found || (parts[n - 1] || parts[n]);
    END LOOP;
  END LOOP;
  RETURN found;
END $$;
"""
PLAINLY, AS_BEFORE = (
    "public.people_plain_name(name)",
    "translate(public.f_unaccent(lower(name)), '-''’.', '    ')",
)
COLUMN = "ALTER TABLE people_person ALTER COLUMN search_name SET EXPRESSION AS (%s);"
NAMES = "' ' || given_name || ' ' || family_name || ' ' || usage_name"
WRITTEN_PLAINLY = COLUMN % f"public.people_plain_name({NAMES})"
WRITTEN_AS_BEFORE = COLUMN % f"f_unaccent(lower(translate({NAMES}, '-''’.', '    ')))"
FILL = """
INSERT INTO people_nameword (word)
SELECT DISTINCT w FROM people_person, unnest(people_name_words(given_name, family_name, usage_name)) AS w
ON CONFLICT DO NOTHING;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0014_contact_choice_author")]

    operations = [
        migrations.RunSQL(PLAIN_NAME, "DROP FUNCTION people_plain_name(text)"),
        migrations.RunSQL(NAME_WORDS % PLAINLY, NAME_WORDS % AS_BEFORE),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(WRITTEN_PLAINLY, WRITTEN_AS_BEFORE)],
            state_operations=[
                migrations.AlterField(
                    model_name="person",
                    name="search_name",
                    field=models.GeneratedField(
                        db_persist=True,
                        expression=requests_app.people.models.persons.PlainName(
                            django.db.models.functions.text.Concat(
                                Value(" "),
                                F("given_name"),
                                Value(" "),
                                F("family_name"),
                                Value(" "),
                                F("usage_name"),
                            )
                        ),
                        output_field=models.TextField(),
                    ),
                )
            ],
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
