"""The triggers of the four eyes fire whatever a session, a role or the database sets `session_replication_role` to."""

from django.db import migrations

TRIGGERS = [
    (table, trigger)
    for table in ("verification_review", "verification_verdict")
    for trigger in ("four_eyes", "judgement_stays")
]
ALWAYS = "".join(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {trigger};\n" for table, trigger in TRIGGERS)
ORDINARILY = "".join(f"ALTER TABLE {table} ENABLE TRIGGER {trigger};\n" for table, trigger in TRIGGERS)


class Migration(migrations.Migration):
    dependencies = [("verification", "0017_mentions_no_longer_twice")]
    operations = [migrations.RunSQL(ALWAYS, ORDINARILY)]
