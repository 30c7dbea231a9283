import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("intake", "0007_channels_of_registry"),
        ("outbox", "0011_overseas_recipients"),
        ("tickets", "0054_todo"),
    ]

    operations = [
        migrations.CreateModel(
            name="Thread",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=64, unique=True)),
                ("language", models.CharField(blank=True, max_length=10)),
                ("contact_kind", models.CharField(blank=True, max_length=10)),
                ("contact", models.CharField(blank=True, max_length=254)),
                ("caller", models.CharField(blank=True, max_length=64)),
                (
                    "dangers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), blank=True, default=list, size=None
                    ),
                ),
                ("fetched_line", models.BigIntegerField(db_default=0, default=0)),
                ("created_at", models.DateTimeField()),
                (
                    "ticket",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="tickets.ticket",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Line",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("client_id", models.CharField(blank=True, max_length=64)),
                ("at", models.DateTimeField()),
                ("told_at", models.DateTimeField(blank=True, null=True)),
                (
                    "arrival",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="intake.arrival",
                    ),
                ),
                (
                    "outgoing",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="outbox.outgoing",
                    ),
                ),
                (
                    "thread",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="lines", to="chat.thread"
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="thread",
            index=models.Index(fields=["caller", "created_at"], name="chat_thread_caller"),
        ),
        migrations.AddIndex(
            model_name="thread",
            index=models.Index(fields=["contact", "created_at"], name="chat_thread_contact"),
        ),
        migrations.AddIndex(
            model_name="line",
            index=models.Index(fields=["thread", "id"], name="chat_line_thread"),
        ),
        migrations.AddIndex(
            model_name="line",
            index=models.Index(
                condition=models.Q(("outgoing__isnull", False), ("told_at", None)),
                fields=["at"],
                name="chat_line_untold",
            ),
        ),
        migrations.AddConstraint(
            model_name="line",
            constraint=models.CheckConstraint(
                condition=models.Q(("arrival__isnull", True), ("outgoing__isnull", True), _connector="XOR"),
                name="chat_line_goes_one_way",
            ),
        ),
    ]
