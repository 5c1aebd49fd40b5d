"""The row history of this room only grows."""

from django.db import migrations

from audit.appendonly import guard, release

TABLES = [f"newsroom_historical{name}" for name in ("case", "membership", "user", "verificationpolicy")]


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0002_memberships_have_a_name"), ("audit", "0003_record_stays")]
    operations = [migrations.RunSQL(guard(table), release(table)) for table in TABLES]
