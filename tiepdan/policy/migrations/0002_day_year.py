# Every day hangs on its year, so that one query reads the table and which years are confirmed.

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('policy', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='day',
            name='year',
            field=models.ForeignKey(default=1, on_delete=django.db.models.deletion.PROTECT, related_name='days', to='policy.year'),
            preserve_default=False,
        ),
    ]
