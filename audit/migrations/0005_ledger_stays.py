"""The ledger grows and does nothing else; of its head only the one row, which whoever appends writes anew."""

from django.db import migrations

from audit.appendonly import guard, keep, lose, release

GROWING = ("audit_entry", "audit_shape", "audit_checkpoint", "audit_historicalledgerkey")


class Migration(migrations.Migration):
    dependencies = [("audit", "0004_ledger")]
    operations = [
        *(migrations.RunSQL(guard(table), release(table)) for table in GROWING),
        migrations.RunSQL(
            "INSERT INTO audit_head (id, size, packed, recorded_at) VALUES (true, 0, '', 'epoch')",
            "DELETE FROM audit_head",
        ),
        migrations.RunSQL(keep("audit_head"), lose("audit_head")),
    ]
