"""The four eyes see the policy and the evidence that are there, and fire for everybody.

A session's own temporary tables are looked at last, or one of them could stand in for the policy; and no setting of
`session_replication_role`, be it of a session, of a role or of the database, leaves a trigger of these out.
"""

from importlib import import_module

from django.db import migrations

FIRST, _, _ = import_module("verification.migrations.0003_four_eyes").FOUR_EYES.partition("CREATE TRIGGER")
BEFORE = FIRST.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
FOUR_EYES = BEFORE.replace("plpgsql AS", "plpgsql SET search_path = pg_catalog, public, pg_temp AS")
TRIGGERS = [
    (table, trigger)
    for table in ("verification_review", "verification_verdict")
    for trigger in ("four_eyes", "judgement_stays")
]
ALWAYS = "".join(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {trigger};\n" for table, trigger in TRIGGERS)
ORDINARILY = "".join(f"ALTER TABLE {table} ENABLE TRIGGER {trigger};\n" for table, trigger in TRIGGERS)


class Migration(migrations.Migration):
    dependencies = [("verification", "0017_mentions_no_longer_twice")]
    operations = [migrations.RunSQL(FOUR_EYES + ALWAYS, BEFORE + ORDINARILY)]
