from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("feedback", "0005_leaving_opinions")]
    operations = [ValidateConstraint("feltexperience", "felt_effort_known")]
