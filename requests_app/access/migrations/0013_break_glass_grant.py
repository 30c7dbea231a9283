"""The model takes the field's name; its table, which the previous version uses too, keeps its own."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("access", "0012_same_address_label")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RenameModel("BrokenGlass", "BreakGlassGrant"),
                migrations.AlterModelTable("BreakGlassGrant", "access_brokenglass"),
            ],
        ),
    ]
