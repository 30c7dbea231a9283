"""An interpreter's time under the same constraint as that of agents and rooms.

The names come in the order in which every booking takes its locks: agent, interpreter, room.
"""

from django.db import migrations

COLUMNS = "agent_id, {}maison_id, room, starts_at, ends_at"
RESOURCES = """
CREATE FUNCTION appointments_resources(agent bigint, maison bigint, room text, interpreter bigint) RETURNS text[]
LANGUAGE sql IMMUTABLE AS $$
  SELECT ARRAY['agent:' || agent]
    || CASE WHEN interpreter IS NULL THEN ARRAY[]::text[] ELSE ARRAY['interpreter:' || interpreter] END
    || CASE WHEN room = '' THEN ARRAY[]::text[] ELSE ARRAY['room:' || maison || ':' || lower(room)] END
$$;
"""
FUNCTIONS = """
CREATE OR REPLACE FUNCTION appointments_make_way() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  wanted text[] := appointments_resources({taken});
  one text;
BEGIN
  FOREACH one IN ARRAY wanted LOOP
    PERFORM pg_advisory_xact_lock(hashtextextended(one, 0));
  END LOOP;
  DELETE FROM appointments_hold WHERE expires_at <= NEW.changed_at AND id IN (
    SELECT hold_id FROM appointments_busytime
    WHERE resource = ANY (wanted) AND during && tstzrange(NEW.starts_at, NEW.ends_at)
      AND (TG_TABLE_NAME <> 'appointments_hold' OR hold_id <> NEW.id)
  );
  RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION appointments_take_time() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_TABLE_NAME = 'appointments_hold' THEN
    DELETE FROM appointments_busytime WHERE hold_id = NEW.id;
    INSERT INTO appointments_busytime (resource, during, hold_id)
      SELECT resource, tstzrange(NEW.starts_at, NEW.ends_at), NEW.id
      FROM unnest(appointments_resources({taken})) AS resource
      WHERE NEW.blocks;
  ELSE
    DELETE FROM appointments_busytime WHERE appointment_id = NEW.id;
    INSERT INTO appointments_busytime (resource, during, appointment_id)
      SELECT resource, tstzrange(NEW.starts_at, NEW.ends_at), NEW.id
      FROM unnest(appointments_resources({taken})) AS resource
      WHERE NEW.state IN ('booked', 'confirmed', 'came');
  END IF;
  RETURN NULL;
END $$;
"""
TRIGGERS = """
DROP TRIGGER appointments_appointment_makes_way ON appointments_appointment;
DROP TRIGGER appointments_appointment_takes_time ON appointments_appointment;
DROP TRIGGER appointments_hold_makes_way ON appointments_hold;
DROP TRIGGER appointments_hold_takes_time ON appointments_hold;
CREATE TRIGGER appointments_appointment_makes_way
  BEFORE INSERT OR UPDATE OF state, {columns} ON appointments_appointment
  FOR EACH ROW WHEN (NEW.state IN ('booked', 'confirmed', 'came'))
  EXECUTE FUNCTION appointments_make_way();
CREATE TRIGGER appointments_appointment_takes_time
  AFTER INSERT OR UPDATE OF state, {columns} ON appointments_appointment
  FOR EACH ROW EXECUTE FUNCTION appointments_take_time();
CREATE TRIGGER appointments_hold_makes_way
  BEFORE INSERT OR UPDATE OF {columns}, blocks ON appointments_hold
  FOR EACH ROW WHEN (NEW.blocks) EXECUTE FUNCTION appointments_make_way();
CREATE TRIGGER appointments_hold_takes_time
  AFTER INSERT OR UPDATE OF {columns}, blocks ON appointments_hold
  FOR EACH ROW EXECUTE FUNCTION appointments_take_time();
"""
TAKEN = "NEW.agent_id, NEW.maison_id, NEW.room"
TAKE = (
    RESOURCES
    + FUNCTIONS.format(taken=f"{TAKEN}, NEW.interpreter_id")
    + TRIGGERS.format(columns=COLUMNS.format("interpreter_id, "))
)
LEAVE = (
    FUNCTIONS.format(taken=TAKEN)
    + TRIGGERS.format(columns=COLUMNS.format(""))
    + "DROP FUNCTION appointments_resources(bigint, bigint, text, bigint);"
)


class Migration(migrations.Migration):
    dependencies = [("appointments", "0010_interpreters")]

    operations = [migrations.RunSQL(TAKE, LEAVE)]
