from django.db import migrations, models

ID = ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"))


class Migration(migrations.Migration):
    initial = True

    dependencies = [("tickets", "0012_figures")]

    operations = [
        migrations.CreateModel(
            name="DayTotal",
            fields=[
                ID,
                ("place", models.IntegerField()),
                ("day", models.DateField()),
                ("received", models.PositiveIntegerField(default=0)),
                ("closed", models.PositiveIntegerField(default=0)),
                ("answered", models.PositiveIntegerField(default=0)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("place", "day"), name="day_total_once")]
            },
        ),
        migrations.CreateModel(
            name="DayStock",
            fields=[
                ID,
                ("place", models.IntegerField()),
                ("day", models.DateField()),
                ("waiting", models.PositiveIntegerField(default=0)),
                ("late", models.PositiveIntegerField(default=0)),
                ("unplaced", models.PositiveIntegerField(default=0)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("place", "day"), name="day_stock_once")]
            },
        ),
        migrations.CreateModel(
            name="DayShare",
            fields=[
                ID,
                ("place", models.IntegerField()),
                ("day", models.DateField()),
                (
                    "axis",
                    models.CharField(choices=[("channel", "Channel"), ("topic", "Topic")], max_length=7),
                ),
                ("value", models.CharField(blank=True, max_length=20)),
                ("received", models.PositiveIntegerField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("place", "day", "axis", "value"), include=("received",), name="day_share_once"
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="WeekDelay",
            fields=[
                ID,
                ("place", models.IntegerField()),
                ("monday", models.DateField()),
                ("channel", models.CharField(blank=True, max_length=10)),
                ("tenths", models.PositiveSmallIntegerField()),
                ("count", models.PositiveIntegerField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("place", "channel", "monday", "tenths"),
                        include=("count",),
                        name="week_delay_once",
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="Progress",
            fields=[
                ID,
                ("rolled_to", models.DateField()),
                ("rolled_at", models.DateTimeField()),
                ("history_to", models.DateField()),
            ],
        ),
    ]
