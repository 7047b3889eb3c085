"""Names with dates, people who are reviewed each year, and folded columns for searching."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from tiepdan.kernel.text import fold


def fill_search(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for agency in apps.get_model("accounts", "Agency").objects.all():
        agency.search = fold(f"{agency.name} {agency.short_name} {agency.code}")
        agency.save(update_fields=["search"])
    for person in apps.get_model("accounts", "Person").objects.all():
        person.search = fold(f"{person.full_name} {person.username} {person.email} {person.phone}")
        person.save(update_fields=["search"])


class Migration(migrations.Migration):

    dependencies = [
        ("accounts", "0002_delegation"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="agencyname",
            options={"ordering": ["agency", "-valid_from", "-pk"], "verbose_name": "tên của cơ quan"},
        ),
        migrations.AddField(
            model_name="agency",
            name="address",
            field=models.CharField(blank=True, default="", max_length=300, verbose_name="Địa chỉ"),
        ),
        migrations.AddField(
            model_name="agency",
            name="search",
            field=models.CharField(default="", editable=False, max_length=500),
        ),
        migrations.AddField(
            model_name="agencyname",
            name="due_at",
            field=models.DateTimeField(blank=True, db_index=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="agencyname",
            name="failures",
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name="agencyname",
            name="last_error",
            field=models.TextField(blank=True, default="", editable=False),
        ),
        migrations.AddField(
            model_name="person",
            name="must_change_password",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="person",
            name="reviewed_on",
            field=models.DateField(blank=True, null=True, verbose_name="Rà soát quyền"),
        ),
        migrations.AddField(
            model_name="person",
            name="search",
            field=models.CharField(default="", editable=False, max_length=400),
        ),
        migrations.AlterField(
            model_name="agencyname",
            name="agency",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="names", to="accounts.agency"
            ),
        ),
        migrations.AlterField(
            model_name="agencyname",
            name="valid_to",
            field=models.DateField(blank=True, null=True, verbose_name="Đến hết ngày"),
        ),
        migrations.AddConstraint(
            model_name="agencyname",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to__isnull", True), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                ),
                name="agency_name_dates_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="agencyname",
            constraint=models.UniqueConstraint(
                condition=models.Q(("valid_to__isnull", True)), fields=("agency",), name="agency_name_planned_once"
            ),
        ),
        migrations.RunPython(fill_search, migrations.RunPython.noop),
    ]
