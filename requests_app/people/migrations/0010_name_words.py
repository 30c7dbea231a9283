import django.contrib.postgres.indexes
from django.db import migrations, models
from django.db.models import F

# The words of each name given, without accents; within one name, two that follow are also kept as one:
# « Ben Ali » is found by « benali ». The threshold of « % » is a setting that the function sets for itself alone.
WORDS = """
CREATE FUNCTION people_name_words(VARIADIC names text[]) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  name text; parts text[]; found text[] := '{}';
BEGIN
  FOREACH name IN ARRAY names LOOP
    parts := string_to_array(translate(public.f_unaccent(lower(name)), '-''’.', '    '), ' ');
    parts := array_remove(parts, '');
    found := found || parts;
    FOR n IN 2..cardinality(parts) LOOP
      found := found || (parts[n - 1] || parts[n]);
    END LOOP;
  END LOOP;
  RETURN found;
END $$;
CREATE FUNCTION people_near_words(typed text[], most int) RETURNS TABLE (word text, near text[])
LANGUAGE sql STABLE PARALLEL SAFE
SET pg_trgm.similarity_threshold = 0.25
AS $$
  SELECT t.word, ARRAY(SELECT k.word FROM people_nameword k WHERE k.word % t.word
                        ORDER BY similarity(k.word, t.word) DESC, k.word LIMIT most)
    FROM unnest(typed) AS t(word)
$$;
CREATE FUNCTION people_keep_name_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO people_nameword (word)
  SELECT DISTINCT w FROM named, unnest(people_name_words(given_name, family_name, usage_name)) AS w
   WHERE NOT EXISTS (SELECT FROM people_nameword k WHERE k.word = w)
   ORDER BY w
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER people_name_words_of_new AFTER INSERT ON people_person REFERENCING NEW TABLE AS named
  FOR EACH STATEMENT EXECUTE FUNCTION people_keep_name_words();
CREATE TRIGGER people_name_words_of_changed AFTER UPDATE ON people_person REFERENCING NEW TABLE AS named
  FOR EACH STATEMENT EXECUTE FUNCTION people_keep_name_words();
"""
NO_WORDS = """
DROP TRIGGER people_name_words_of_changed ON people_person;
DROP TRIGGER people_name_words_of_new ON people_person;
DROP FUNCTION people_keep_name_words();
DROP FUNCTION people_near_words(text[], int);
DROP FUNCTION people_name_words(text[]);
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0009_use_code")]

    operations = [
        migrations.CreateModel(
            name="NameWord",
            fields=[("word", models.TextField(primary_key=True, serialize=False))],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass(F("word"), name="gin_trgm_ops"),
                        name="nameword_alike",
                    )
                ]
            },
        ),
        migrations.RunSQL(WORDS, NO_WORDS),
    ]
