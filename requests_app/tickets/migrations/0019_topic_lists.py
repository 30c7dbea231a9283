import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0002_topic_reopen_days"),
        ("maisons", "0002_outline"),
        ("people", "0008_need_review"),
        ("routing", "0001_initial"),
        ("tickets", "0018_attachment_file"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="ticket",
            name="topic",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="tickets",
                to="catalog.topic",
            ),
        ),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(fields=["topic", "received_at", "id"], name="ticket_topic_received"),
        ),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(
                condition=models.Q(("state", "closed"), _negated=True),
                fields=["topic", "state", "waiting_since", "id"],
                include=("maison",),
                name="ticket_topic_list",
            ),
        ),
    ]
