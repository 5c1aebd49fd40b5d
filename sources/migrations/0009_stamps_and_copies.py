"""Time stamps on captures, and copies of them elsewhere. Their row history only grows."""

import django.db.models.deletion
import django.db.models.functions.datetime
import simple_history.models
from audit.appendonly import guard, release
from django.conf import settings
from django.db import migrations, models


TABLES = ["sources_historicalcapturestamp", "sources_historicalexternalcopy"]


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0005_ledger_stays'),
        ('sources', '0008_browser_captures'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='HistoricalCaptureStamp',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('kind', models.CharField(choices=[('RFC3161', 'time stamp (RFC 3161)'), ('OTS', 'OpenTimestamps')], max_length=10, verbose_name='kind')),
                ('target', models.TextField(verbose_name='who is asked')),
                ('state', models.CharField(choices=[('QUEUED', 'to be asked'), ('PENDING', 'promised'), ('STAMPED', 'stamped'), ('COMPLETE', 'leads to a Bitcoin block'), ('FAILED', 'failed')], default='QUEUED', max_length=10, verbose_name='state')),
                ('reason', models.CharField(blank=True, max_length=40, verbose_name='reason')),
                ('detail', models.TextField(blank=True, verbose_name='detail')),
                ('sent', models.BinaryField(default=b'')),
                ('receipt', models.BinaryField(default=b'')),
                ('said_by', models.TextField(blank=True, verbose_name='said by')),
                ('said_at', models.DateTimeField(null=True, verbose_name='said of the time')),
                ('asked_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('received_at', models.DateTimeField(null=True, verbose_name='receipt came')),
                ('history_change_reason', models.TextField(blank=True, null=True)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='audit.act')),
                ('capture', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='sources.capture', verbose_name='capture')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical time stamp',
                'verbose_name_plural': 'historical time stamps',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalExternalCopy',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('kind', models.CharField(choices=[('SAVE', 'a new copy'), ('LOOK_UP', 'copies that are there')], max_length=10, verbose_name='kind')),
                ('archive', models.TextField(verbose_name='archive asked')),
                ('asked_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='asked')),
                ('state', models.CharField(choices=[('QUEUED', 'to be asked'), ('ASKED', 'copy being made'), ('FOUND', 'copy found'), ('NONE', 'none known'), ('FAILED', 'failed')], default='QUEUED', max_length=10, verbose_name='state')),
                ('reason', models.CharField(blank=True, max_length=40, verbose_name='reason')),
                ('detail', models.TextField(blank=True, verbose_name='detail')),
                ('memento_url', models.TextField(blank=True, verbose_name='address of the copy')),
                ('memento_at', models.DateTimeField(null=True, verbose_name='copy made')),
                ('known', models.PositiveIntegerField(null=True, verbose_name='copies known')),
                ('answer', models.TextField(blank=True, verbose_name='what it answered')),
                ('answered_at', models.DateTimeField(null=True, verbose_name='answered')),
                ('history_change_reason', models.TextField(blank=True, null=True)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='audit.act')),
                ('asked_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='asked by')),
                ('capture', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='sources.capture', verbose_name='capture')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical copy elsewhere',
                'verbose_name_plural': 'historical copies elsewhere',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='CaptureStamp',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('next_attempt_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), null=True)),
                ('retry_reason', models.CharField(blank=True, max_length=40)),
                ('lease_owner', models.CharField(blank=True, max_length=120)),
                ('lease_expires_at', models.DateTimeField(null=True)),
                ('kind', models.CharField(choices=[('RFC3161', 'time stamp (RFC 3161)'), ('OTS', 'OpenTimestamps')], max_length=10, verbose_name='kind')),
                ('target', models.TextField(verbose_name='who is asked')),
                ('state', models.CharField(choices=[('QUEUED', 'to be asked'), ('PENDING', 'promised'), ('STAMPED', 'stamped'), ('COMPLETE', 'leads to a Bitcoin block'), ('FAILED', 'failed')], default='QUEUED', max_length=10, verbose_name='state')),
                ('reason', models.CharField(blank=True, max_length=40, verbose_name='reason')),
                ('detail', models.TextField(blank=True, verbose_name='detail')),
                ('sent', models.BinaryField(default=b'')),
                ('receipt', models.BinaryField(default=b'')),
                ('said_by', models.TextField(blank=True, verbose_name='said by')),
                ('said_at', models.DateTimeField(null=True, verbose_name='said of the time')),
                ('asked_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('received_at', models.DateTimeField(null=True, verbose_name='receipt came')),
                ('capture', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stamps', to='sources.capture', verbose_name='capture')),
            ],
            options={
                'verbose_name': 'time stamp',
                'verbose_name_plural': 'time stamps',
                'ordering': ('id',),
                'abstract': False,
                'indexes': [models.Index(condition=models.Q(('next_attempt_at__isnull', False)), fields=['next_attempt_at'], name='capturestamp_due')],
                'constraints': [models.UniqueConstraint(fields=('capture', 'kind', 'target'), name='one_stamp_of_each_authority'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'STAMPED'), _negated=True), ('said_at__isnull', False), _connector='OR'), name='a_stamp_names_its_time')],
            },
        ),
        migrations.CreateModel(
            name='ExternalCopy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('next_attempt_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), null=True)),
                ('retry_reason', models.CharField(blank=True, max_length=40)),
                ('lease_owner', models.CharField(blank=True, max_length=120)),
                ('lease_expires_at', models.DateTimeField(null=True)),
                ('kind', models.CharField(choices=[('SAVE', 'a new copy'), ('LOOK_UP', 'copies that are there')], max_length=10, verbose_name='kind')),
                ('archive', models.TextField(verbose_name='archive asked')),
                ('asked_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='asked')),
                ('state', models.CharField(choices=[('QUEUED', 'to be asked'), ('ASKED', 'copy being made'), ('FOUND', 'copy found'), ('NONE', 'none known'), ('FAILED', 'failed')], default='QUEUED', max_length=10, verbose_name='state')),
                ('reason', models.CharField(blank=True, max_length=40, verbose_name='reason')),
                ('detail', models.TextField(blank=True, verbose_name='detail')),
                ('memento_url', models.TextField(blank=True, verbose_name='address of the copy')),
                ('memento_at', models.DateTimeField(null=True, verbose_name='copy made')),
                ('known', models.PositiveIntegerField(null=True, verbose_name='copies known')),
                ('answer', models.TextField(blank=True, verbose_name='what it answered')),
                ('answered_at', models.DateTimeField(null=True, verbose_name='answered')),
                ('job', models.CharField(blank=True, max_length=100)),
                ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='asked by')),
                ('capture', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='copies', to='sources.capture', verbose_name='capture')),
            ],
            options={
                'verbose_name': 'copy elsewhere',
                'verbose_name_plural': 'copies elsewhere',
                'ordering': ('-id',),
                'abstract': False,
                'indexes': [models.Index(condition=models.Q(('next_attempt_at__isnull', False)), fields=['next_attempt_at'], name='externalcopy_due')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('state', 'FOUND'), _negated=True), models.Q(('memento_url', ''), _negated=True), _connector='OR'), name='a_copy_found_has_an_address')],
            },
        ),
        *(migrations.RunSQL(guard(table), release(table)) for table in TABLES),
    ]
