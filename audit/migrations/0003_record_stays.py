"""What is on record stays on record: PostgreSQL itself refuses to change or remove an act.

The function serves every table of the record; each room puts its own history tables under it (`audit.appendonly`).
"""

from django.db import migrations

from audit.appendonly import FUNCTION, UNDO_FUNCTION, guard, release


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_initial")]
    operations = [
        migrations.RunSQL(FUNCTION, UNDO_FUNCTION),
        migrations.RunSQL(guard("audit_act"), release("audit_act")),
    ]
