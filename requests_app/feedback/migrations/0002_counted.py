from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("feedback", "0001_initial"),
        ("tickets", "0016_letters_to_post"),
    ]

    operations = [
        migrations.AddField(
            model_name="feltexperience",
            name="counted_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddIndex(
            model_name="feltexperience",
            index=models.Index(
                condition=models.Q(("counted_at", None), ("level__isnull", False)),
                fields=["said_at", "id"],
                name="felt_to_count",
            ),
        ),
        migrations.AddIndex(
            model_name="feltexperience",
            index=models.Index(
                condition=models.Q(("sentence", ""), _negated=True),
                fields=["-said_at", "id"],
                name="felt_sentences",
            ),
        ),
    ]
