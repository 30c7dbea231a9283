from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("indicators", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="progress",
            name="event_id",
            field=models.BigIntegerField(db_default=0, default=0),
        ),
        migrations.CreateModel(
            name="DayWait",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("place", models.IntegerField()),
                ("day", models.DateField()),
                ("minutes", models.PositiveSmallIntegerField()),
                ("count", models.PositiveIntegerField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("place", "day", "minutes"), include=("count",), name="day_wait_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FeltBatch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("place", models.IntegerField()),
                ("day", models.DateField()),
                ("very_bad", models.PositiveSmallIntegerField(default=0)),
                ("bad", models.PositiveSmallIntegerField(default=0)),
                ("so_so", models.PositiveSmallIntegerField(default=0)),
                ("well", models.PositiveSmallIntegerField(default=0)),
                ("very_well", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "indexes": [models.Index(fields=["place", "day"], name="felt_batch_place")],
            },
        ),
        migrations.CreateModel(
            name="TopicDay",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("place", models.IntegerField()),
                ("topic", models.IntegerField()),
                ("day", models.DateField()),
                ("channel", models.CharField(max_length=10)),
                ("received", models.PositiveIntegerField(default=0)),
                ("closed", models.PositiveIntegerField(default=0)),
                ("answered", models.PositiveIntegerField(default=0)),
            ],
            options={
                "indexes": [models.Index(fields=["topic", "day"], name="topic_day_places")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("place", "topic", "day", "channel"),
                        include=("received", "closed", "answered"),
                        name="topic_day_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TopicDelay",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("place", models.IntegerField()),
                ("topic", models.IntegerField()),
                ("monday", models.DateField()),
                ("channel", models.CharField(max_length=10)),
                ("tenths", models.PositiveSmallIntegerField()),
                ("count", models.PositiveIntegerField()),
            ],
            options={
                "indexes": [models.Index(fields=["topic", "monday"], name="topic_delay_places")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("place", "topic", "monday", "channel", "tenths"),
                        include=("count",),
                        name="topic_delay_once",
                    )
                ],
            },
        ),
    ]
