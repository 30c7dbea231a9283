from django.db import migrations

REFUSE = """
CREATE FUNCTION accounts_rightsevent_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the trace of rights is only ever added to';
END $$;
CREATE TRIGGER accounts_rightsevent_only_grows BEFORE UPDATE OR DELETE ON accounts_rightsevent
  FOR EACH ROW EXECUTE FUNCTION accounts_rightsevent_refuse();
"""
ALLOW = """
DROP TRIGGER accounts_rightsevent_only_grows ON accounts_rightsevent;
DROP FUNCTION accounts_rightsevent_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_rights_trace")]

    operations = [migrations.RunSQL(REFUSE, ALLOW)]
