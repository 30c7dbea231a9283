"""A line of a journal may be deleted once it is six months old, the shortest that the law allows (P02).

The owner of the tables alone may: `purge_journals` does, after the months that the authority chose.
"""

from django.db import migrations

JOURNAL = """
CREATE OR REPLACE FUNCTION access_reading_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  %s
  RAISE EXCEPTION 'the reading journal is only ever added to';
END $$;
"""
GLASS = """
CREATE OR REPLACE FUNCTION access_glass_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  %s
  IF TG_OP = 'UPDATE' AND OLD.ended_at IS NULL
     AND to_jsonb(NEW) - 'ended_at' = to_jsonb(OLD) - 'ended_at' THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'an exception stays as it was written';
END $$;
"""
# The tables of one function call their instant « at » or « read_at ».
OLD_ENOUGH = """IF TG_OP = 'DELETE'
     AND coalesce(to_jsonb(OLD)->>'at', to_jsonb(OLD)->>'read_at')::timestamptz
         < now() - interval '6 months'
     AND current_user = (SELECT rolname FROM pg_catalog.pg_class
                           JOIN pg_catalog.pg_roles ON pg_roles.oid = relowner
                          WHERE pg_class.oid = TG_RELID) THEN
    RETURN OLD;
  END IF;"""


class Migration(migrations.Migration):
    dependencies = [("access", "0008_reading_alerts")]

    operations = [
        migrations.RunSQL(JOURNAL % OLD_ENOUGH, JOURNAL % ""),
        migrations.RunSQL(GLASS % OLD_ENOUGH, GLASS % ""),
    ]
