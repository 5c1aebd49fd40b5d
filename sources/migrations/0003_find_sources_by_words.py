import django.contrib.postgres.indexes
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ("sources", "0002_capture_retry_reason"),
    ]

    operations = [
        TrigramExtension(),
        migrations.AddIndex(
            model_name="source",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["search_key"], name="source_by_words", opclasses=["gin_trgm_ops"]
            ),
        ),
    ]
