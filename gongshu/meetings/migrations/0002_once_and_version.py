"""A meeting is on record once, and a correction knows what it corrects."""

from collections import defaultdict

from django.db import migrations, models
from django.db.models.functions import Coalesce


def tell_twins_apart(apps, schema_editor):
    """Number the records that have the same organisation, name and date, which two confirmations at once could make."""
    seen = defaultdict(int)
    for row in apps.get_model("meetings", "Meeting").objects.order_by("pk").iterator(chunk_size=1000):
        name, key = row.name, (row.organisation_id, row.name, row.year, row.month, row.day)
        seen[key] += 1
        while seen[key] > 1:
            row.name = f"{name[:190]}（{seen[key]}）"
            other = (row.organisation_id, row.name, row.year, row.month, row.day)
            if not seen[other]:
                seen[other] = 1
                row.save(update_fields=["name"])
                break
            seen[key] += 1


class Migration(migrations.Migration):

    dependencies = [
        ('meetings', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='meeting',
            name='version',
            field=models.PositiveIntegerField(default=1, verbose_name='版次'),
        ),
        migrations.RunPython(tell_twins_apart, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.UniqueConstraint(models.F('organisation'), models.F('name'), models.F('year'), Coalesce('month', 0), Coalesce('day', 0), name='meeting_once'),
        ),
    ]
