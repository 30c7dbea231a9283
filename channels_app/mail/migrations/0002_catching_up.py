from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("mail", "0001_polled_boxes_and_used_tokens")]

    operations = [
        migrations.AddField("polledbox", "caught_up_at", models.DateTimeField(null=True, blank=True)),
        migrations.AddField("polledbox", "try_after", models.DateTimeField(null=True, blank=True)),
    ]
