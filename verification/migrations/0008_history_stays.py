"""The row history of this room only grows."""

from django.db import migrations

from audit.appendonly import guard, release

TABLES = [f"verification_historical{name}" for name in ("alert", "assignment", "claim", "comment", "evidence", "hop", "replyrequest", "review", "verdict")]


class Migration(migrations.Migration):
    dependencies = [("verification", "0007_alerts_name_their_cause"), ("audit", "0003_record_stays")]
    operations = [migrations.RunSQL(guard(table), release(table)) for table in TABLES]
