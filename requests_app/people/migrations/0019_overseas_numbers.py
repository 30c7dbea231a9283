from django.db import migrations

# Numbers of overseas departments were kept with the code of the mainland: nobody answers there.
# « 06 39 98 » stays: the Arcep keeps it for films.
OLD = (
    r"{0} ~ '^\+33(262|263|269|639|692|693|590|690|691|594|694|596|696|697)\d{{6}}$' AND {0} !~ '^\+3363998'"
)
NEW = (
    r"CASE WHEN {0} ~ '^\+33(590|690|691)' THEN '+590' WHEN {0} ~ '^\+33(594|694)' THEN '+594'"
    r" WHEN {0} ~ '^\+33(596|696|697)' THEN '+596' ELSE '+262' END || substr({0}, 4)"
)
WRONG, RIGHT = OLD.format("c.value"), NEW.format("c.value")
MOVE = f"""
CREATE TEMPORARY TABLE overseas_twice ON COMMIT DROP AS
SELECT c.id AS old_id, k.id AS kept_id FROM people_contactpoint c
  JOIN people_contactpoint k ON k.kind = 'phone' AND k.person_id = c.person_id AND k.value = {RIGHT}
 WHERE c.kind = 'phone' AND {WRONG};
UPDATE people_contactpoint k SET
       is_shared = k.is_shared OR c.is_shared,
       needs_check = k.needs_check AND c.needs_check,
       verified_at = coalesce(k.verified_at, c.verified_at),
       usable_for = CASE
           WHEN k.usable_for = '{{}}' THEN c.usable_for
           WHEN c.usable_for = '{{}}' THEN k.usable_for
           WHEN k.usable_for && c.usable_for
           THEN ARRAY(SELECT unnest(k.usable_for) INTERSECT SELECT unnest(c.usable_for))
           ELSE '{{nothing}}' END
  FROM overseas_twice t JOIN people_contactpoint c ON c.id = t.old_id WHERE k.id = t.kept_id;
UPDATE outbox_outgoing o SET contact_point_id = t.kept_id FROM overseas_twice t
 WHERE o.contact_point_id = t.old_id;
DELETE FROM people_contactpoint WHERE id IN (SELECT old_id FROM overseas_twice);
UPDATE people_contactpoint c SET value = {RIGHT} WHERE c.kind = 'phone' AND {WRONG};
UPDATE people_contactchoice c SET value = {RIGHT} WHERE c.kind = 'phone' AND {WRONG};
UPDATE people_mandate SET address = {NEW.format("address")} WHERE {OLD.format("address")}
"""  # noqa: S608 - constants of this file


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0018_person_language"),
        ("outbox", "0010_handovers"),
    ]

    operations = [
        migrations.RunSQL(MOVE, migrations.RunSQL.noop),
    ]
