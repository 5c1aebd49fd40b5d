"""The row history of this room only grows."""

from django.db import migrations

from audit.appendonly import guard, release

TABLES = [f"sources_historical{name}" for name in ("affiliation", "capture", "derivation", "source", "sourceassessment")]


class Migration(migrations.Migration):
    dependencies = [("sources", "0003_find_sources_by_words"), ("audit", "0003_record_stays")]
    operations = [migrations.RunSQL(guard(table), release(table)) for table in TABLES]
