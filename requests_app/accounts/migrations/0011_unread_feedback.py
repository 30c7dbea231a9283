from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0010_user_is_service"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="unread_feedback",
            field=models.PositiveSmallIntegerField(db_default=0, default=0, editable=False),
        ),
    ]
