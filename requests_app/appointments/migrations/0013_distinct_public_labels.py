"""Tell the shipped sorts of appointment apart for citizens; what an administrator wrote stays."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SHIPPED = {
    ("premier", "Premier rendez-vous"): "Premier rendez-vous",
    ("suivi", "Rendez-vous de suivi"): "Rendez-vous de suivi",
    ("dossier", "Aide pour remplir un dossier"): "Rendez-vous pour un dossier",
}


def tell_apart(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    types = apps.get_model("appointments", "AppointmentType").objects
    for (code, label), public in SHIPPED.items():
        types.filter(code=code, label=label, public_label="Rendez-vous").update(public_label=public)


class Migration(migrations.Migration):
    dependencies = [("appointments", "0012_by_phone")]

    operations = [migrations.RunPython(tell_apart, migrations.RunPython.noop)]
