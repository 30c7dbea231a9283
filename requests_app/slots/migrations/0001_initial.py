import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("appointments", "0008_busy_time"),
        ("maisons", "0004_label_ordinals"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Absence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="premier jour")),
                ("starts_at", models.TimeField(verbose_name="de")),
                ("ends_on", models.DateField(verbose_name="dernier jour")),
                ("ends_at", models.TimeField(verbose_name="à")),
                ("removed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "rrule",
                    models.CharField(blank=True, default="", max_length=300, verbose_name="répétition"),
                ),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="à partir du")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="jusqu’au")),
                ("reason", models.CharField(blank=True, default="", max_length=120, verbose_name="raison")),
                (
                    "agent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="absences",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "absence",
                "verbose_name_plural": "absences",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__gt", models.F("starts_on")),
                            models.Q(
                                ("ends_on", models.F("starts_on")), ("ends_at__gt", models.F("starts_at"))
                            ),
                            _connector="OR",
                        ),
                        name="absence_ends_after_start",
                        violation_error_message="La fin doit venir après le début.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Closure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="premier jour")),
                ("starts_at", models.TimeField(verbose_name="de")),
                ("ends_on", models.DateField(verbose_name="dernier jour")),
                ("ends_at", models.TimeField(verbose_name="à")),
                ("removed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("reason", models.CharField(blank=True, default="", max_length=120, verbose_name="raison")),
                (
                    "maison",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="closures",
                        to="maisons.maison",
                    ),
                ),
            ],
            options={
                "verbose_name": "fermeture",
                "verbose_name_plural": "fermetures",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__gt", models.F("starts_on")),
                            models.Q(
                                ("ends_on", models.F("starts_on")), ("ends_at__gt", models.F("starts_at"))
                            ),
                            _connector="OR",
                        ),
                        name="closure_ends_after_start",
                        violation_error_message="La fin doit venir après le début.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Opening",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="premier jour")),
                ("starts_at", models.TimeField(verbose_name="de")),
                ("ends_on", models.DateField(verbose_name="dernier jour")),
                ("ends_at", models.TimeField(verbose_name="à")),
                ("removed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "rrule",
                    models.CharField(blank=True, default="", max_length=300, verbose_name="répétition"),
                ),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="à partir du")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="jusqu’au")),
                (
                    "room",
                    models.CharField(blank=True, default="", max_length=60, verbose_name="Bureau ou salle"),
                ),
                (
                    "agent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="openings",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "maison",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="openings",
                        to="maisons.maison",
                    ),
                ),
                (
                    "types",
                    models.ManyToManyField(blank=True, related_name="+", to="appointments.appointmenttype"),
                ),
            ],
            options={
                "verbose_name": "plage d’accueil",
                "verbose_name_plural": "plages d’accueil",
                "indexes": [models.Index(fields=["maison", "agent"], name="opening_of_maison")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__gt", models.F("starts_on")),
                            models.Q(
                                ("ends_on", models.F("starts_on")), ("ends_at__gt", models.F("starts_at"))
                            ),
                            _connector="OR",
                        ),
                        name="opening_ends_after_start",
                        violation_error_message="La fin doit venir après le début.",
                    )
                ],
            },
        ),
    ]
