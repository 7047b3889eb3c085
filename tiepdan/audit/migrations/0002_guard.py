"""No row of the log is ever changed: the database refuses it (see tiepdan/audit/triggers.py)."""

from typing import Any

from django.db import migrations

from tiepdan.audit import triggers


def up(apps: Any, editor: Any) -> None:
    triggers.install(editor.connection)


def down(apps: Any, editor: Any) -> None:
    triggers.remove(editor.connection)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [migrations.RunPython(up, down)]
