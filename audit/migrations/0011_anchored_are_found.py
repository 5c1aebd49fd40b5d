"""Which checkpoint is the first after an act that somebody outside holds: one step in an index for each kind of place."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("audit", "0010_acts_on_are_found")]

    operations = [
        migrations.AddIndex(
            "anchor",
            models.Index(
                fields=["kind", "checkpoint"],
                name="anchored_by_kind",
                condition=models.Q(state__in=("STAMPED", "COMPLETE", "DELIVERED")),
            ),
        ),
    ]
