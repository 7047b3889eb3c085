"""Invitations have a room of their own. Their table stays as it is; `invitations.0001_initial` takes it over."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("receptions", "0008_decision_frozen")]

    operations = [
        migrations.SeparateDatabaseAndState(state_operations=[migrations.DeleteModel(name="Invitation")]),
    ]
