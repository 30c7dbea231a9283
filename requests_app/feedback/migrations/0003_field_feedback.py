import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0010_body_service_url"),
        ("feedback", "0002_counted"),
        ("maisons", "0004_label_ordinals"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="FieldFeedback",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("irritant", "Irritant"),
                            ("good_practice", "Bonne pratique"),
                            ("idea", "Idée"),
                            ("incident", "Incident"),
                            ("thanks", "Merci"),
                        ],
                        max_length=13,
                    ),
                ),
                ("sentence", models.CharField(blank=True, max_length=300)),
                ("is_signed", models.BooleanField(default=False)),
                ("channel", models.CharField(blank=True, max_length=12)),
                ("page", models.CharField(blank=True, max_length=60)),
                ("said_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("new", "Nouveau"),
                            ("read", "Lu"),
                            ("in_progress", "En cours"),
                            ("done", "Fait"),
                            ("not_now", "Pas maintenant"),
                        ],
                        default="new",
                        max_length=11,
                    ),
                ),
                ("answer", models.CharField(blank=True, max_length=300)),
                ("public_words", models.CharField(blank=True, max_length=300)),
                ("is_public", models.BooleanField(default=False)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="field_feedback",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "maison",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="field_feedback",
                        to="maisons.maison",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="catalog.topic",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="FieldFeedbackChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("new", "Nouveau"),
                            ("read", "Lu"),
                            ("in_progress", "En cours"),
                            ("done", "Fait"),
                            ("not_now", "Pas maintenant"),
                        ],
                        max_length=11,
                    ),
                ),
                ("answer", models.CharField(blank=True, max_length=300)),
                ("at", models.DateTimeField()),
                ("seen_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "feedback",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="changes",
                        to="feedback.fieldfeedback",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="fieldfeedback",
            index=models.Index(
                condition=models.Q(("withdrawn_at", None)),
                fields=["maison", "-said_at"],
                name="field_feedback_board",
            ),
        ),
        migrations.AddIndex(
            model_name="fieldfeedback",
            index=models.Index(
                condition=models.Q(("is_public", True)),
                fields=["maison", "-said_at"],
                name="field_feedback_public",
            ),
        ),
        migrations.AddIndex(
            model_name="fieldfeedback",
            index=models.Index(fields=["author", "-said_at"], name="field_feedback_mine"),
        ),
        migrations.AddConstraint(
            model_name="fieldfeedback",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "not_now"), _negated=True),
                    models.Q(("answer", ""), _negated=True),
                    _connector="OR",
                ),
                name="field_feedback_refusal_says_why",
                violation_error_message="Dites pourquoi : l’agent le lira.",
            ),
        ),
        migrations.AddConstraint(
            model_name="fieldfeedback",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_public", False),
                    models.Q(
                        ("state", "done"),
                        models.Q(("answer", ""), _negated=True),
                        models.Q(("public_words", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="field_feedback_public_once_done",
                violation_error_message="Publiez ce qui est fait, avec ses deux phrases.",
            ),
        ),
        migrations.AddIndex(
            model_name="fieldfeedbackchange",
            index=models.Index(fields=["feedback", "at"], name="field_feedback_changes"),
        ),
    ]
