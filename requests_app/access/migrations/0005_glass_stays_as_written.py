"""An exception is never rewritten nor removed; its end is written once (threats: A04, P02)."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION access_glass_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.ended_at IS NULL
     AND to_jsonb(NEW) - 'ended_at' = to_jsonb(OLD) - 'ended_at' THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'an exception stays as it was written';
END $$;
CREATE TRIGGER access_glass_stays BEFORE UPDATE OR DELETE ON access_brokenglass
  FOR EACH ROW EXECUTE FUNCTION access_glass_refuse();
"""
ALLOW = """
DROP TRIGGER access_glass_stays ON access_brokenglass;
DROP FUNCTION access_glass_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0004_broken_glass")]

    operations = [migrations.RunSQL(REFUSE, ALLOW)]
