"""The room takes over the table of invitations as it stands, rows and all, and gives it its own name; messages say by
that name of which thing they are."""

import django.db.models.deletion
from django.db import migrations, models

OLD, NEW = "receptions.invitation", "invitations.invitation"


def _rename(apps, old, new):
    apps.get_model("notify", "Delivery").objects.filter(about_kind=old).update(about_kind=new)


def forwards(apps, schema_editor):
    _rename(apps, OLD, NEW)


def backwards(apps, schema_editor):
    _rename(apps, NEW, OLD)


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0004_news_mark'),
        ('cases', '0006_candidates'),
        ('documents', '0003_papers'),
        ('notify', '0003_axis'),
        ('receptions', '0009_invitations_leave'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name='Invitation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('agency', 'Cơ quan, điểm cầu'), ('citizen', 'Công dân')], max_length=12)),
                        ('receiver', models.CharField(max_length=200, verbose_name='Người nhận')),
                        ('channel', models.CharField(default='email', max_length=8, verbose_name='Cách gửi')),
                        ('address', models.CharField(blank=True, max_length=254, verbose_name='Địa chỉ nhận')),
                        ('version', models.PositiveSmallIntegerField(default=1)),
                        ('is_advising', models.BooleanField(default=False, verbose_name='Cơ quan tham mưu')),
                        ('attendees', models.JSONField(default=list)),
                        ('substitute', models.CharField(blank=True, max_length=200, verbose_name='Người dự thay')),
                        ('called_at', models.DateTimeField(blank=True, null=True)),
                        ('called_note', models.CharField(blank=True, max_length=300, verbose_name='Ghi chú cuộc gọi')),
                        ('agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='accounts.agency')),
                        ('document', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.document')),
                        ('hall', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='receptions.receptionpoint')),
                        ('petitioner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.petitioner')),
                        ('reception', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='receptions.reception')),
                    ],
                    options={
                        'db_table': 'receptions_invitation',
                        'ordering': ('kind', 'receiver', 'pk'),
                    },
                ),
            ],
        ),
        migrations.AlterModelTable(name="invitation", table=None),
        migrations.RunPython(forwards, backwards),
    ]
