import django.contrib.postgres.indexes
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ("verification", "0004_long_quotations"),
    ]

    operations = [
        TrigramExtension(),
        migrations.AddIndex(
            model_name="claim",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["search_key"], name="claim_by_words", opclasses=["gin_trgm_ops"]
            ),
        ),
    ]
