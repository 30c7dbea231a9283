from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("intake", "0004_watch_whole_at")]

    operations = [
        migrations.AddField("arrival", "is_slow", models.BooleanField(default=False, db_default=False)),
    ]
