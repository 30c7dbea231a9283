from django.db import migrations

# Who takes part, what was said of a number, and who writes: as their record names them.
# « 06 39 98 » stays: the Arcep keeps it for films.
OLD = (
    r"{0} ~ '^\+33(262|263|269|639|692|693|590|690|691|594|694|596|696|697)\d{{6}}$' AND {0} !~ '^\+3363998'"
)
NEW = (
    r"CASE WHEN {0} ~ '^\+33(590|690|691)' THEN '+590' WHEN {0} ~ '^\+33(594|694)' THEN '+594'"
    r" WHEN {0} ~ '^\+33(596|696|697)' THEN '+596' ELSE '+262' END || substr({0}, 4)"
)
MOVE = f"""
UPDATE tickets_participant p SET address = {NEW.format("p.address")}
 WHERE {OLD.format("p.address")}
   AND NOT EXISTS (SELECT 1 FROM tickets_participant o
                    WHERE o.ticket_id = p.ticket_id AND o.address = {NEW.format("p.address")});
UPDATE tickets_personproposal SET contact_value = {NEW.format("contact_value")}
 WHERE contact_kind = 'phone' AND {OLD.format("contact_value")};
UPDATE tickets_ticket SET sender = {NEW.format("sender")} WHERE {OLD.format("sender")}
"""  # noqa: S608 - constants of this file


class Migration(migrations.Migration):
    dependencies = [
        ("tickets", "0042_ticket_first_received"),
    ]

    operations = [
        migrations.RunSQL(MOVE, migrations.RunSQL.noop),
    ]
