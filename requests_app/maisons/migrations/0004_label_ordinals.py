from django.db import migrations

from requests_app.maisons.labels import maison_label


def relabel(apps, schema_editor):
    """Write « Lyon 8e – Latarjet » where « Lyon 8 – Latarjet » was stored."""
    for maison in apps.get_model("maisons", "Maison").objects.select_related("commune"):
        commune = maison.commune.name if maison.commune else ""
        label = maison_label(maison.short_name or maison.name, commune, maison.kind)
        if label != maison.label:
            type(maison).objects.filter(pk=maison.pk).update(label=label)


class Migration(migrations.Migration):
    dependencies = [("maisons", "0003_spoken_places")]

    operations = [migrations.RunPython(relabel, migrations.RunPython.noop)]
