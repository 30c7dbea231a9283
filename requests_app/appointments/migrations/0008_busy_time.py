"""The time that appointments and holds take, under one exclusion constraint.

The database writes it, because the version before this one books without knowing the table. Whoever books
waits for whoever books the same agent or room: of two who insert at once, neither would see the other, and
PostgreSQL would end the deadlock after a second. Holds that had expired then make way in the same
transaction. The triggers lock the tables until the rows that stand are filled in.
"""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.db import migrations, models

KEEP = """
ALTER TABLE appointments_busytime
  ADD CONSTRAINT busy_time_of_appointment FOREIGN KEY (appointment_id)
    REFERENCES appointments_appointment (id) ON DELETE CASCADE,
  ADD CONSTRAINT busy_time_of_hold FOREIGN KEY (hold_id) REFERENCES appointments_hold (id) ON DELETE CASCADE;

CREATE FUNCTION appointments_resources(agent bigint, maison bigint, room text) RETURNS text[]
LANGUAGE sql IMMUTABLE AS $$
  SELECT ARRAY['agent:' || agent]
    || CASE WHEN room = '' THEN ARRAY[]::text[] ELSE ARRAY['room:' || maison || ':' || lower(room)] END
$$;

CREATE FUNCTION appointments_make_way() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  wanted text[] := appointments_resources(NEW.agent_id, NEW.maison_id, NEW.room);
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

CREATE FUNCTION appointments_take_time() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_TABLE_NAME = 'appointments_hold' THEN
    DELETE FROM appointments_busytime WHERE hold_id = NEW.id;
    INSERT INTO appointments_busytime (resource, during, hold_id)
      SELECT resource, tstzrange(NEW.starts_at, NEW.ends_at), NEW.id
      FROM unnest(appointments_resources(NEW.agent_id, NEW.maison_id, NEW.room)) AS resource
      WHERE NEW.blocks;
  ELSE
    DELETE FROM appointments_busytime WHERE appointment_id = NEW.id;
    INSERT INTO appointments_busytime (resource, during, appointment_id)
      SELECT resource, tstzrange(NEW.starts_at, NEW.ends_at), NEW.id
      FROM unnest(appointments_resources(NEW.agent_id, NEW.maison_id, NEW.room)) AS resource
      WHERE NEW.state IN ('booked', 'confirmed', 'came');
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER appointments_appointment_makes_way
  BEFORE INSERT OR UPDATE OF state, agent_id, maison_id, room, starts_at, ends_at ON appointments_appointment
  FOR EACH ROW WHEN (NEW.state IN ('booked', 'confirmed', 'came'))
  EXECUTE FUNCTION appointments_make_way();
CREATE TRIGGER appointments_appointment_takes_time
  AFTER INSERT OR UPDATE OF state, agent_id, maison_id, room, starts_at, ends_at ON appointments_appointment
  FOR EACH ROW EXECUTE FUNCTION appointments_take_time();
CREATE TRIGGER appointments_hold_makes_way
  BEFORE INSERT OR UPDATE OF agent_id, maison_id, room, starts_at, ends_at, blocks ON appointments_hold
  FOR EACH ROW WHEN (NEW.blocks) EXECUTE FUNCTION appointments_make_way();
CREATE TRIGGER appointments_hold_takes_time
  AFTER INSERT OR UPDATE OF agent_id, maison_id, room, starts_at, ends_at, blocks ON appointments_hold
  FOR EACH ROW EXECUTE FUNCTION appointments_take_time();
"""
FILL = """
INSERT INTO appointments_busytime (resource, during, appointment_id)
  SELECT resource, tstzrange(starts_at, ends_at), id
  FROM appointments_appointment, unnest(appointments_resources(agent_id, maison_id, room)) AS resource
  WHERE state IN ('booked', 'confirmed', 'came');
"""
LEAVE = """
DROP TRIGGER appointments_appointment_makes_way ON appointments_appointment;
DROP TRIGGER appointments_appointment_takes_time ON appointments_appointment;
DROP TRIGGER appointments_hold_makes_way ON appointments_hold;
DROP TRIGGER appointments_hold_takes_time ON appointments_hold;
DROP FUNCTION appointments_make_way();
DROP FUNCTION appointments_take_time();
DROP FUNCTION appointments_resources(bigint, bigint, text);
"""


class Migration(migrations.Migration):
    dependencies = [("appointments", "0007_holds")]

    operations = [
        migrations.CreateModel(
            name="BusyTime",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("resource", models.CharField(max_length=120)),
                ("during", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                (
                    "appointment",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="appointments.appointment",
                    ),
                ),
                (
                    "hold",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="appointments.hold",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="busytime",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[("resource", "="), ("during", "&&")],
                name="busy_time_free",
                violation_error_message="Cette heure est déjà prise.",
            ),
        ),
        migrations.AddConstraint(
            model_name="busytime",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("appointment", None), ("hold__isnull", False)),
                    models.Q(("appointment__isnull", False), ("hold", None)),
                    _connector="OR",
                ),
                name="busy_time_of_one",
                violation_error_message="Cette heure est déjà prise.",
            ),
        ),
        migrations.RunSQL(KEEP + FILL, LEAVE),
    ]
