"""The mentions there were are bound into the ledger: for each case one act, which says that they are older than it."""

from django.db import migrations

from audit import recording
from audit.tracked import Tracked

LIVE, HISTORY = "verification_mention", "verification_historicalmention"
REASON = "From before mentions had a history"


def carry_over(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("""
            INSERT INTO verification_mention (comment_id, person_id)
            SELECT comment_id, user_id FROM verification_comment_mentions ORDER BY id
        """)
        cursor.execute("""
            SELECT DISTINCT claim.case_id FROM verification_mention mention
            JOIN verification_comment comment ON comment.id = mention.comment_id
            JOIN verification_claim claim ON claim.id = comment.claim_id ORDER BY 1
        """)
        cases = [case for (case,) in cursor.fetchall()]
        if not cases:
            return
        cursor.execute(recording.APPEND)
        recording.copy_rows_of(cursor, Tracked(LIVE, HISTORY, "id", ("comment_id", "id", "person_id")))
        for case in cases:
            cursor.execute(
                """
                SELECT audit_append(NULL, NULL, 'mention.adopt', NULL, 'migration', NULL, %s, %s, 'command migrate',
                    ARRAY[%s], ARRAY[jsonb_object_agg(mention.id, '+')])
                FROM verification_mention mention JOIN verification_comment comment ON comment.id = mention.comment_id
                JOIN verification_claim claim ON claim.id = comment.claim_id WHERE claim.case_id = %s
                """,
                [case, REASON, HISTORY, case],
            )


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0009_leaner_history'),
        ('verification', '0015_mentions_are_on_record'),
    ]

    operations = [
        migrations.RunPython(carry_over, migrations.RunPython.noop),
    ]
