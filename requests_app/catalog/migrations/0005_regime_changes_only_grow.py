from django.db import migrations

REFUSE = """
CREATE FUNCTION catalog_regimechange_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the trace of regimes is only ever added to';
END $$;
CREATE TRIGGER catalog_regimechange_only_grows BEFORE UPDATE OR DELETE ON catalog_regimechange
  FOR EACH ROW EXECUTE FUNCTION catalog_regimechange_refuse();
"""
ALLOW = """
DROP TRIGGER catalog_regimechange_only_grows ON catalog_regimechange;
DROP FUNCTION catalog_regimechange_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("catalog", "0004_topic_regimes")]

    operations = [migrations.RunSQL(REFUSE, ALLOW)]
