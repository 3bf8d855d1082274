"""A plan names the meeting it came from by its key, not by its address."""

import re

import django.db.models.deletion
from django.db import migrations, models

ADDRESS = re.compile(r"/meetings/(\d{1,18})/")


def fill(apps, schema_editor):
    """Read the meeting out of the address; an address of another kind stays among the words of the source."""
    meetings = set(apps.get_model("meetings", "Meeting").objects.values_list("pk", flat=True))
    for plan in apps.get_model("delivery", "Plan").objects.exclude(source_url="").iterator(chunk_size=1000):
        found = ADDRESS.fullmatch(plan.source_url)
        if found and int(found[1]) in meetings:
            plan.meeting_id = int(found[1])
            plan.save(update_fields=["meeting"])
        elif not found:
            plan.source = f"{plan.source} {plan.source_url}".strip()[:300]
            plan.save(update_fields=["source"])


def empty(apps, schema_editor):
    """Write the address again."""
    for plan in apps.get_model("delivery", "Plan").objects.exclude(meeting=None).iterator(chunk_size=1000):
        plan.source_url = f"/meetings/{plan.meeting_id}/"
        plan.save(update_fields=["source_url"])


class Migration(migrations.Migration):

    dependencies = [
        ('delivery', '0003_fewer_indexes'),
        ('meetings', '0002_once_and_version'),
    ]

    operations = [
        migrations.AddField(
            model_name='plan',
            name='meeting',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='plans', to='meetings.meeting', verbose_name='来源会议'),
        ),
        migrations.RunPython(fill, empty),
        migrations.RemoveField(
            model_name='plan',
            name='source_url',
        ),
    ]
