from django.db import migrations

# An answer being written goes to the number as the record now names it.
# « 06 39 98 » stays: the Arcep keeps it for films.
OLD = (
    r"{0} ~ '^\+33(262|263|269|639|692|693|590|690|691|594|694|596|696|697)\d{{6}}$' AND {0} !~ '^\+3363998'"
)
NEW = (
    r"CASE WHEN {0} ~ '^\+33(590|690|691)' THEN '+590' WHEN {0} ~ '^\+33(594|694)' THEN '+594'"
    r" WHEN {0} ~ '^\+33(596|696|697)' THEN '+596' ELSE '+262' END || substr({0}, 4)"
)
TO = "split_part(recipient, ':', 2)"
MOVE = f"""
UPDATE answers_draft SET recipient = split_part(recipient, ':', 1) || ':' || {NEW.format(TO)}
 WHERE recipient LIKE '%:+33%' AND {OLD.format(TO)}
"""  # noqa: S608 - constants of this file


class Migration(migrations.Migration):
    dependencies = [
        ("answers", "0003_presence"),
    ]

    operations = [
        migrations.RunSQL(MOVE, migrations.RunSQL.noop),
    ]
