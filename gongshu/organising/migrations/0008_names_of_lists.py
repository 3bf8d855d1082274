"""Lists of employers keep the name of their file, and the file itself only until it is read."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models


def keep_names(apps: Any, schema_editor: Any) -> None:
    """Copy each file's name to its list."""
    lists = apps.get_model("organising", "EmployerList").objects
    names = apps.get_model("files", "Attachment").objects.filter(pk=models.OuterRef("file")).values("name")[:1]
    lists.update(file_name=models.Subquery(names))


class Migration(migrations.Migration):
    dependencies = [("organising", "0007_shares"), ("files", "0002_replaced_attachments")]
    operations = [
        migrations.AddField(
            "employerlist", "file_name", models.CharField("文件名", max_length=120, default=""), preserve_default=False
        ),
        migrations.RunPython(keep_names, migrations.RunPython.noop, elidable=True),
        migrations.AlterField(
            "employerlist",
            "file",
            models.ForeignKey(
                "files.Attachment", on_delete=django.db.models.deletion.PROTECT, null=True, related_name="+",
                verbose_name="名单文件",
            ),
        ),
    ]  # fmt: skip
