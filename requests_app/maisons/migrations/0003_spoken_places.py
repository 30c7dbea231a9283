import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    """Districts, usual misspellings and neighbours, by the names that people give them."""

    dependencies = [("maisons", "0002_outline")]

    operations = [
        migrations.CreateModel(
            name="SpokenPlace",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="nom")),
                ("insee_code", models.CharField(max_length=6, verbose_name="code INSEE")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("district", "Quartier"),
                            ("spelling", "Graphie"),
                            ("outside", "Commune voisine"),
                        ],
                        max_length=10,
                        verbose_name="genre",
                    ),
                ),
                (
                    "postal_codes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=5),
                        default=list,
                        size=None,
                        verbose_name="codes postaux",
                    ),
                ),
                ("source", models.CharField(blank=True, max_length=120, verbose_name="source")),
            ],
            options={
                "verbose_name": "nom de lieu",
                "constraints": [
                    models.UniqueConstraint(fields=("name", "insee_code"), name="spoken_place_once")
                ],
            },
        ),
        migrations.RunSQL(
            "CREATE TRIGGER territory_version AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE"
            " ON maisons_spokenplace FOR EACH STATEMENT EXECUTE FUNCTION maisons_new_territory_version()",
            "DROP TRIGGER territory_version ON maisons_spokenplace",
        ),
    ]
