from django.db import migrations

# The threshold of « <% » is a setting of the session, which the function sets for itself alone. One wrong
# letter costs three signs in a row: 0.4 of a name alone is left, 0.5 when another word is right.
ALIKE = """
DROP FUNCTION people_alike(text);
CREATE FUNCTION people_alike(typed text) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 2000
SET pg_trgm.word_similarity_threshold = 0.5
AS $$
BEGIN
  IF position(' ' IN typed) = 0 THEN
    PERFORM set_config('pg_trgm.word_similarity_threshold', '0.4', true);
  END IF;
  RETURN QUERY SELECT id FROM people_person WHERE typed <% search_name;
END $$
"""
BEFORE = """
DROP FUNCTION people_alike(text);
CREATE FUNCTION people_alike(typed text) RETURNS TABLE (person_id bigint, likeness real)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 200
SET pg_trgm.word_similarity_threshold = 0.4
AS $$
  SELECT id, word_similarity(typed, search_name) FROM people_person WHERE typed <% search_name
$$
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0002_search_name_by_words")]

    operations = [migrations.RunSQL(ALIKE, BEFORE)]
