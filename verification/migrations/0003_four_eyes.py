"""Four eyes and the permanence of judgements, where no caller can forget them."""

from django.db import migrations

FOUR_EYES = """
CREATE FUNCTION verification_four_eyes() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    judge bigint := (to_jsonb(NEW) ->> TG_ARGV[0])::bigint;
BEGIN
    IF EXISTS (
        SELECT 1
          FROM verification_claim claim
          JOIN newsroom_verificationpolicy policy ON policy.case_id = claim.case_id
         WHERE claim.id = NEW.claim_id AND policy.four_eyes
           AND (claim.created_by_id = judge OR EXISTS (
                SELECT 1 FROM verification_evidence evidence
                 WHERE evidence.claim_id = claim.id AND evidence.withdrawn_at IS NULL
                   AND evidence.added_by_id = judge))
    ) THEN
        RAISE EXCEPTION 'whoever gathered the evidence does not judge the claim'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'four_eyes';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER four_eyes BEFORE INSERT ON verification_review
    FOR EACH ROW EXECUTE FUNCTION verification_four_eyes('reviewer_id');
CREATE TRIGGER four_eyes BEFORE INSERT ON verification_verdict
    FOR EACH ROW EXECUTE FUNCTION verification_four_eyes('ruled_by_id');
"""

PERMANENT = """
CREATE FUNCTION verification_judgement_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a % is superseded, never changed', replace(TG_TABLE_NAME, 'verification_', '')
        USING ERRCODE = 'check_violation', CONSTRAINT = 'a_judgement_stays_as_it_was_given';
END $$;
CREATE TRIGGER judgement_stays BEFORE UPDATE OR DELETE ON verification_review
    FOR EACH ROW EXECUTE FUNCTION verification_judgement_stays();
CREATE TRIGGER judgement_stays BEFORE UPDATE OR DELETE ON verification_verdict
    FOR EACH ROW EXECUTE FUNCTION verification_judgement_stays();
"""

UNDO = """
DROP TRIGGER judgement_stays ON verification_verdict;
DROP TRIGGER judgement_stays ON verification_review;
DROP FUNCTION verification_judgement_stays();
DROP TRIGGER four_eyes ON verification_verdict;
DROP TRIGGER four_eyes ON verification_review;
DROP FUNCTION verification_four_eyes();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("verification", "0002_judgements_name_their_ground"),
        ("newsroom", "0001_initial"),
    ]
    operations = [migrations.RunSQL(FOUR_EYES + PERMANENT, UNDO)]
