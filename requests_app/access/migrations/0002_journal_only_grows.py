"""The reading journal is only ever added to (threats: P02)."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION access_reading_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the reading journal is only ever added to';
END $$;
CREATE TRIGGER access_reading_only_grows BEFORE UPDATE OR DELETE ON access_reading
  FOR EACH ROW EXECUTE FUNCTION access_reading_refuse();
"""
ALLOW = """
DROP TRIGGER access_reading_only_grows ON access_reading;
DROP FUNCTION access_reading_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0001_initial")]

    operations = [migrations.RunSQL(REFUSE, ALLOW)]
