"""Halls that stand already get the level of their agency and the words by which they are found."""

from typing import Any

from django.db import migrations

from tiepdan.kernel.text import fold


def fill(apps: Any, schema_editor: Any) -> None:
    for point in apps.get_model("points", "Point").objects.select_related("agency"):
        point.level = point.agency.kind
        point.search = fold(
            f"{point.name} {point.slug} {point.room} {point.address} {point.contact_name} {point.phone}"
        )
        point.save(update_fields=["level", "search"])


class Migration(migrations.Migration):
    dependencies = [("points", "0003_halls")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
