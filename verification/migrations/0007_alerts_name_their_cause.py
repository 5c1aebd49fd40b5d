"""An alert's cause is a fact of its own: as `act` it stood where a history row names the act that wrote it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_initial"), ("verification", "0006_corroboration_and_alerts")]
    operations = [
        migrations.RenameField("alert", "act", "because_of"),
        migrations.AlterField(
            "historicalalert",
            "act",
            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="audit.act"),
        ),
        migrations.AddField(
            "historicalalert",
            "because_of",
            models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="audit.act",
                verbose_name="because of",
            ),
        ),
    ]
