from django.db import migrations

# What waits leaves for the number of the department; the key names it too, so that nothing is said twice.
# « 06 39 98 » stays: the Arcep keeps it for films.
OLD = (
    r"{0} ~ '^\+33(262|263|269|639|692|693|590|690|691|594|694|596|696|697)\d{{6}}$' AND {0} !~ '^\+3363998'"
)
NEW = (
    r"CASE WHEN {0} ~ '^\+33(590|690|691)' THEN '+590' WHEN {0} ~ '^\+33(594|694)' THEN '+594'"
    r" WHEN {0} ~ '^\+33(596|696|697)' THEN '+596' ELSE '+262' END || substr({0}, 4)"
)
MOVE = f"""
UPDATE outbox_outgoing SET key = replace(key, recipient, {NEW.format("recipient")}),
       recipient = {NEW.format("recipient")}
 WHERE state = 'queued' AND {OLD.format("recipient")}
   AND NOT EXISTS (SELECT 1 FROM outbox_outgoing o
                    WHERE o.key = replace(outbox_outgoing.key, outbox_outgoing.recipient,
                                          {NEW.format("outbox_outgoing.recipient")}))
"""  # noqa: S608 - constants of this file


class Migration(migrations.Migration):
    dependencies = [
        ("outbox", "0010_handovers"),
    ]

    operations = [
        migrations.RunSQL(MOVE, migrations.RunSQL.noop),
    ]
