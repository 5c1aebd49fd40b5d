"""Where checkpoints were taken. What came back only grows, and no place is forgotten."""

import django.db.models.deletion
import django.db.models.functions.datetime
from audit.appendonly import guard, keep, lose, release
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0006_versions_are_found'),
    ]

    operations = [
        migrations.CreateModel(
            name='Anchor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('next_attempt_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), null=True)),
                ('retry_reason', models.CharField(blank=True, max_length=40)),
                ('lease_owner', models.CharField(blank=True, max_length=120)),
                ('lease_expires_at', models.DateTimeField(null=True)),
                ('kind', models.CharField(choices=[('RFC3161', 'time stamp (RFC 3161)'), ('OTS', 'OpenTimestamps'), ('FILE', 'a file elsewhere'), ('MAIL', 'mail to an outsider')], max_length=10)),
                ('target', models.TextField()),
                ('state', models.CharField(default='QUEUED', max_length=10)),
                ('reason', models.CharField(blank=True, max_length=40)),
                ('detail', models.TextField(blank=True)),
                ('asked_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('checkpoint', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='anchors', to='audit.checkpoint')),
            ],
            options={
                'ordering': ('id',),
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='AnchorReceipt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(max_length=10)),
                ('note', models.TextField()),
                ('sent', models.BinaryField(default=b'')),
                ('receipt', models.BinaryField(default=b'')),
                ('said_by', models.TextField(blank=True)),
                ('said_at', models.DateTimeField(null=True)),
                ('received_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('anchor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='receipts', to='audit.anchor')),
            ],
            options={
                'ordering': ('id',),
            },
        ),
        migrations.AddIndex(
            model_name='anchor',
            index=models.Index(condition=models.Q(('next_attempt_at__isnull', False)), fields=['next_attempt_at'], name='anchor_due'),
        ),
        migrations.AddConstraint(
            model_name='anchor',
            constraint=models.UniqueConstraint(fields=('checkpoint', 'kind', 'target'), name='one_anchor_at_each_place'),
        ),
        migrations.AddConstraint(
            model_name='anchorreceipt',
            constraint=models.UniqueConstraint(fields=('anchor', 'state'), name='one_receipt_of_each_kind'),
        ),
        migrations.RunSQL(guard("audit_anchorreceipt"), release("audit_anchorreceipt")),
        migrations.RunSQL(keep("audit_anchor"), lose("audit_anchor")),
    ]
