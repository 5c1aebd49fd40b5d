"""The mentions there were are bound into the ledger: for each case one act, which says that they are older than it."""

from django.db import migrations

from audit import recording

TABLE = "verification_historicalmention"
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
        if cases:
            recording.state_rows_of(cursor, TABLE, key="id")
        for case in cases:
            cursor.execute("SELECT nextval('audit_act_id_seq'), statement_timestamp()")
            number, at = cursor.fetchone()
            cursor.execute(
                """
                INSERT INTO verification_historicalmention (id, comment_id, person_id, history_date, history_type,
                    history_change_reason, act_id)
                SELECT mention.id, mention.comment_id, mention.person_id, %s, '+', %s, %s
                FROM verification_mention mention JOIN verification_comment comment ON comment.id = mention.comment_id
                JOIN verification_claim claim ON claim.id = comment.claim_id
                WHERE claim.case_id = %s ORDER BY mention.id
                """,
                [at, REASON, number, case],
            )
            cursor.execute(
                "SELECT audit_append(%s, 'mention.adopt', %s, NULL, 'migration', NULL, %s, %s, 'command migrate', %s)",
                [number, at, case, REASON, [TABLE]],
            )


class Migration(migrations.Migration):

    dependencies = [
        ('verification', '0013_mentions_are_on_record'),
    ]

    operations = [
        migrations.RunPython(carry_over, migrations.RunPython.noop),
    ]
