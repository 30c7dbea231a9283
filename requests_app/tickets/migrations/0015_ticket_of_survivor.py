"""A demand given to a file that was merged belongs to the survivor, whoever gives it and whenever.

The row of the person is locked as the foreign key would lock it: a demand that comes during a merge waits for its
end, then reads who survived. Without this it would stay with a file that nobody opens.
"""

from django.db import migrations

FOLLOW = """
CREATE FUNCTION tickets_ticket_survivor() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE survivor bigint;
BEGIN
  LOOP
    SELECT merged_into_id INTO survivor FROM people_person WHERE id = NEW.person_id FOR KEY SHARE;
    EXIT WHEN survivor IS NULL;
    NEW.person_id := survivor;
  END LOOP;
  RETURN NEW;
END $$;
CREATE TRIGGER tickets_ticket_of_survivor BEFORE INSERT OR UPDATE OF person_id ON tickets_ticket
  FOR EACH ROW WHEN (NEW.person_id IS NOT NULL) EXECUTE FUNCTION tickets_ticket_survivor();
"""
LEAVE = """
DROP TRIGGER tickets_ticket_of_survivor ON tickets_ticket;
DROP FUNCTION tickets_ticket_survivor();
"""


class Migration(migrations.Migration):
    dependencies = [("tickets", "0014_event_merges"), ("people", "0007_merges")]

    operations = [migrations.RunSQL(FOLLOW, LEAVE)]
