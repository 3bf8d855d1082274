from django.db import migrations


def place_founded(apps, schema_editor):
    """Put the employers of foundings at the union that decided them, as it is done from now on."""
    Employer, Founding = apps.get_model("organising", "Employer"), apps.get_model("organising", "Founding")
    for founding in Founding.objects.filter(state="founded").iterator():
        rows = Employer.objects.filter(foundings=founding, union=founding.union_id, place__isnull=True)
        rows.update(place=founding.organisation_id, matched="founded")


class Migration(migrations.Migration):

    dependencies = [("organising", "0005_coverage")]

    operations = [migrations.RunPython(place_founded, migrations.RunPython.noop, elidable=True)]
