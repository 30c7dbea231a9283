from django.db import migrations

# The open tasks of a merged ticket are counted where it goes on: its agents do them there.
COUNT = """
UPDATE tickets_ticket t SET tasks_count = t.tasks_count + m.open
  FROM (SELECT k.merged_into_id AS pk, count(*) AS open
          FROM tickets_task a JOIN tickets_ticket k ON k.id = a.ticket_id
         WHERE a.done_at IS NULL AND k.merged_into_id IS NOT NULL
         GROUP BY k.merged_into_id) m
 WHERE t.id = m.pk;
UPDATE tickets_ticket SET tasks_count = 0 WHERE merged_into_id IS NOT NULL AND tasks_count > 0
"""


class Migration(migrations.Migration):
    dependencies = [
        ("tickets", "0039_fill_document_requests"),
    ]

    operations = [
        migrations.RunSQL(COUNT, migrations.RunSQL.noop),
    ]
