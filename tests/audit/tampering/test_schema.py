"""What was done to the database around the record, so that it could be tampered with, or shown to be another."""

import pytest

from audit.grants import grant_to
from tests.audit.tampering.attacker import Attacker
from tests.audit.tampering.conftest import Verify
from tests.audit.tampering.desk import Desk

HISTORY = "newsroom_historicalcase"
EACH_KEY = """
DO $$ BEGIN EXECUTE (
    SELECT string_agg(format('ALTER TABLE {0} {1}', conname), ';') FROM pg_constraint
    WHERE contype = 'f' AND conrelid = '{0}'::regclass
); END $$
"""
# What is done, what it is found as, and the table or the object it is found at.
DEEDS = [
    (f"DROP TRIGGER record_stays ON {HISTORY}", "schema.trigger_missing", HISTORY, "record_stays"),
    (
        "DROP TRIGGER record_stays ON publishing_publication",
        "schema.trigger_missing",
        "publishing_publication",
        "record_stays",
    ),
    ("DROP TRIGGER record_stays_whole ON audit_head", "schema.trigger_missing", "audit_head", "record_stays_whole"),
    ("DROP TRIGGER record_stays_whole ON audit_anchor", "schema.trigger_missing", "audit_anchor", "record_stays_whole"),
    (
        "ALTER TABLE audit_anchor DISABLE TRIGGER record_stays_whole",
        "schema.trigger_off",
        "audit_anchor",
        "record_stays_whole",
    ),
    ("ALTER TABLE audit_entry DISABLE TRIGGER record_stays", "schema.trigger_off", "audit_entry", "record_stays"),
    ("ALTER TABLE audit_act ENABLE TRIGGER record_stays", "schema.trigger_off", "audit_act", "record_stays"),
    ("ALTER TABLE audit_act ENABLE REPLICA TRIGGER record_stays", "schema.trigger_off", "audit_act", "record_stays"),
    (
        f"DROP TRIGGER record_stays ON {HISTORY}; CREATE TRIGGER record_stays BEFORE DELETE ON {HISTORY} FOR EACH ROW"
        f" EXECUTE FUNCTION audit_record_stays(); ALTER TABLE {HISTORY} ENABLE ALWAYS TRIGGER record_stays",
        "schema.trigger_changed",
        HISTORY,
        "record_stays",
    ),
    (
        f"DROP TRIGGER record_stays ON {HISTORY}; CREATE TRIGGER record_stays BEFORE UPDATE OR DELETE ON {HISTORY}"
        " FOR EACH ROW WHEN (false) EXECUTE FUNCTION audit_record_stays();"
        f" ALTER TABLE {HISTORY} ENABLE ALWAYS TRIGGER record_stays",
        "schema.trigger_changed",
        HISTORY,
        "record_stays",
    ),
    (
        "CREATE FUNCTION let_pass() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';"
        " CREATE OR REPLACE TRIGGER record_stays BEFORE UPDATE OR DELETE ON audit_act"
        " FOR EACH ROW EXECUTE FUNCTION let_pass(); ALTER TABLE audit_act ENABLE ALWAYS TRIGGER record_stays",
        "schema.trigger_changed",
        "audit_act",
        "record_stays",
    ),
    (
        "CREATE FUNCTION swap() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN new.reason := ''''; RETURN new; END';"
        " CREATE TRIGGER swap BEFORE INSERT ON audit_act FOR EACH ROW EXECUTE FUNCTION swap()",
        "schema.trigger_unknown",
        "audit_act",
        "swap",
    ),
    (
        "CREATE FUNCTION turn() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN new.statement := x; RETURN new; END';"
        " CREATE TRIGGER turn BEFORE INSERT OR UPDATE ON verification_claim FOR EACH ROW EXECUTE FUNCTION turn()",
        "schema.trigger_unknown",
        "verification_claim",
        "turn",
    ),
    (
        "CREATE TRIGGER four_eyes BEFORE INSERT ON verification_claim FOR EACH ROW"
        " EXECUTE FUNCTION verification_judgement_stays()",
        "schema.trigger_unknown",
        "verification_claim",
        "four_eyes",
    ),
    (
        "CREATE FUNCTION turn() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN new.statement := x; RETURN new; END';"
        " CREATE TRIGGER turn BEFORE INSERT OR UPDATE ON verification_claim FOR EACH ROW EXECUTE FUNCTION turn();"
        " UPDATE pg_trigger SET tgisinternal = true WHERE tgname = 'turn'",
        "schema.trigger_unknown",
        "verification_claim",
        "turn",
    ),
    (
        "CREATE FUNCTION turn() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN new.statement := x; RETURN new; END';"
        " CREATE TRIGGER turn BEFORE INSERT OR UPDATE ON verification_claim FOR EACH ROW EXECUTE FUNCTION turn();"
        " UPDATE pg_trigger SET tgisinternal = true, tgconstraint = (SELECT oid FROM pg_constraint WHERE contype = 'f'"
        " AND conrelid = 'verification_claim'::regclass LIMIT 1) WHERE tgname = 'turn'",
        "schema.trigger_unknown",
        "verification_claim",
        "turn",
    ),
    (
        "UPDATE pg_trigger SET tgisinternal = true WHERE tgname = 'record_stays' AND tgrelid = 'audit_act'::regclass",
        "schema.trigger_changed",
        "audit_act",
        "record_stays",
    ),
    (
        "UPDATE pg_class SET relhastriggers = false WHERE relname = 'audit_shape'",
        "schema.trigger_off",
        "audit_shape",
        "record_stays",
    ),
    (
        "ALTER TABLE verification_verdict ENABLE TRIGGER four_eyes",
        "schema.trigger_off",
        "verification_verdict",
        "four_eyes",
    ),
    ("DROP TRIGGER four_eyes ON verification_review", "schema.trigger_missing", "verification_review", "four_eyes"),
    (
        "ALTER TABLE verification_verdict DISABLE TRIGGER judgement_stays",
        "schema.trigger_off",
        "verification_verdict",
        "judgement_stays",
    ),
    (
        "CREATE OR REPLACE TRIGGER four_eyes BEFORE INSERT ON verification_verdict"
        " FOR EACH ROW EXECUTE FUNCTION verification_four_eyes('claim_id');"
        " ALTER TABLE verification_verdict ENABLE ALWAYS TRIGGER four_eyes",
        "schema.trigger_changed",
        "verification_verdict",
        "four_eyes",
    ),
    (
        "CREATE OR REPLACE FUNCTION verification_four_eyes() RETURNS trigger LANGUAGE plpgsql"
        " AS 'BEGIN RETURN new; END'",
        "schema.function_changed",
        "",
        "verification_four_eyes",
    ),
    (
        "CREATE OR REPLACE FUNCTION audit_record_stays() RETURNS trigger LANGUAGE plpgsql"
        " AS 'BEGIN RETURN coalesce(new, old); END'",
        "schema.function_changed",
        "",
        "audit_record_stays",
    ),
    (
        f"CREATE OR REPLACE FUNCTION audit_write_{HISTORY}(done audit_act, kinds jsonb) RETURNS text LANGUAGE sql AS 'SELECT null::text'",
        "schema.function_changed",
        "",
        f"audit_write_{HISTORY}",
    ),
    ("ALTER FUNCTION audit_bind SET search_path = evil, pg_catalog", "schema.function_changed", "", "audit_bind"),
    ("ALTER FUNCTION audit_bind SECURITY INVOKER", "schema.function_changed", "", "audit_bind"),
    ("ALTER FUNCTION audit_append RENAME TO audit_forget", "schema.function_missing", "", "audit_append"),
    ("ALTER FUNCTION audit_append STRICT", "schema.function_changed", "", "audit_append"),
    ("ALTER FUNCTION audit_record_stays STABLE", "schema.function_changed", "", "audit_record_stays"),
    (
        "CREATE FUNCTION audit_append(text) RETURNS text LANGUAGE sql AS 'SELECT $1'",
        "schema.function_changed",
        "",
        "audit_append",
    ),
    (f"CREATE ROLE isnad_other; ALTER TABLE {HISTORY} OWNER TO isnad_other", "schema.owner", "", HISTORY),
    (
        "CREATE ROLE isnad_other; ALTER TABLE django_migrations OWNER TO isnad_other",
        "schema.owner",
        "",
        "django_migrations",
    ),
    ("CREATE ROLE isnad_other; ALTER FUNCTION audit_bind OWNER TO isnad_other", "schema.owner", "", "audit_bind"),
    ("CREATE ROLE isnad_other; ALTER SCHEMA public OWNER TO isnad_other", "schema.owner", "", "schema public"),
    ("GRANT CREATE ON SCHEMA public TO PUBLIC", "schema.grant", "schema public", "PUBLIC"),
    ("GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO PUBLIC", "schema.grant", "audit_act_id_seq", "PUBLIC"),
    (
        "CREATE ROLE isnad_other; GRANT UPDATE ON SEQUENCE audit_act_id_seq TO isnad_other",
        "schema.grant",
        "audit_act_id_seq",
        "isnad_other",
    ),
    (
        "CREATE ROLE isnad_other SUPERUSER; GRANT INSERT ON audit_checkpoint TO isnad_other",
        "schema.grant",
        "audit_checkpoint",
        "isnad_other",
    ),
    (
        "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET session_replication_role = replica', current_database());"
        " END $$",
        "schema.setting",
        "",
        "session_replication_role=replica",
    ),
    ("ALTER ROLE CURRENT_USER SET search_path = evil, public", "schema.setting", "", "search_path=evil, public"),
    (
        "CREATE ROLE isnad_other; GRANT INSERT ON audit_checkpoint TO isnad_other;"
        " ALTER ROLE isnad_other SET session_replication_role = 'local'",
        "schema.setting",
        "",
        "session_replication_role=local",
    ),
    (
        "ALTER ROLE ALL SET search_path = public_evil, public",
        "schema.setting",
        "",
        "search_path=public_evil, public",
    ),
    ("ALTER ROLE ALL SET search_path = ''", "schema.setting", "", 'search_path=""'),
    (
        "CREATE FUNCTION made() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';"
        " CREATE EVENT TRIGGER made ON ddl_command_end EXECUTE FUNCTION made()",
        "schema.event_trigger",
        "",
        "made",
    ),
    (f"GRANT UPDATE ON {HISTORY} TO PUBLIC", "schema.grant", HISTORY, "PUBLIC"),
    (f"GRANT UPDATE (title) ON {HISTORY} TO PUBLIC", "schema.grant", HISTORY, "PUBLIC"),
    (
        "CREATE ROLE isnad_other; GRANT INSERT ON audit_entry TO isnad_other",
        "schema.grant",
        "audit_entry",
        "isnad_other",
    ),
    (
        "CREATE ROLE isnad_other; GRANT DELETE ON audit_checkpoint TO isnad_other",
        "schema.grant",
        "audit_checkpoint",
        "isnad_other",
    ),
    (
        "CREATE ROLE isnad_other; GRANT TRUNCATE ON verification_claim TO isnad_other",
        "schema.grant",
        "verification_claim",
        "isnad_other",
    ),
    ("GRANT INSERT ON verification_claim TO PUBLIC", "schema.grant", "verification_claim", "PUBLIC"),
    (f"CREATE RULE quiet AS ON INSERT TO {HISTORY} DO INSTEAD NOTHING", "schema.rule", HISTORY, ""),
    ("CREATE RULE quiet AS ON UPDATE TO newsroom_case DO INSTEAD NOTHING", "schema.rule", "newsroom_case", ""),
    ("ALTER TABLE audit_act ENABLE ROW LEVEL SECURITY", "schema.row_security", "audit_act", ""),
    ("ALTER TABLE audit_act FORCE ROW LEVEL SECURITY", "schema.row_security", "audit_act", ""),
    (f"CREATE TABLE child () INHERITS ({HISTORY})", "schema.child", HISTORY, ""),
    (
        f"ALTER TABLE {HISTORY} RENAME TO elsewhere; CREATE VIEW {HISTORY} AS SELECT * FROM elsewhere",
        "schema.table",
        HISTORY,
        "",
    ),
    (
        "ALTER TABLE audit_act RENAME TO elsewhere; CREATE VIEW audit_act AS SELECT * FROM elsewhere",
        "schema.table",
        "audit_act",
        "",
    ),
    ("ALTER TABLE audit_shape SET UNLOGGED", "schema.table", "audit_shape", ""),
    ("DROP TABLE audit_entry CASCADE", "schema.table", "audit_entry", ""),
    (f"ALTER TABLE {HISTORY} ADD hidden text", "schema.column", HISTORY, "hidden"),
    ("ALTER TABLE newsroom_case DROP COLUMN title", "schema.column", "newsroom_case", "title"),
    (
        "CREATE DOMAIN mine AS text; ALTER TABLE newsroom_case ALTER language TYPE mine",
        "schema.column",
        "newsroom_case",
        "language",
    ),
    ("ALTER TABLE audit_act ALTER reason DROP NOT NULL", "schema.column", "audit_act", "reason"),
    ("ALTER TABLE newsroom_case ALTER title TYPE text", "schema.column", "newsroom_case", "title"),
    ('ALTER TABLE audit_act ALTER reason TYPE text COLLATE "C"', "schema.column", "audit_act", "reason"),
    (
        "ALTER TABLE verification_comment ALTER written_at SET DEFAULT now() - interval '30 days'",
        "schema.default",
        "verification_comment",
        "written_at",
    ),
    (
        "CREATE FUNCTION earlier() RETURNS timestamptz LANGUAGE sql AS $$SELECT now() - interval '1 day'$$;"
        " ALTER TABLE verification_verdict ALTER ruled_at SET DEFAULT earlier()",
        "schema.default",
        "verification_verdict",
        "ruled_at",
    ),
    (
        "ALTER TABLE verification_evidence ALTER added_at DROP DEFAULT",
        "schema.default",
        "verification_evidence",
        "added_at",
    ),
    (
        "ALTER TABLE verification_claim ALTER statement SET DEFAULT ''",
        "schema.default",
        "verification_claim",
        "statement",
    ),
    (
        "ALTER TABLE verification_claim ALTER id DROP IDENTITY;"
        " ALTER TABLE verification_claim ALTER id SET DEFAULT nextval('audit_act_id_seq')",
        "schema.default",
        "verification_claim",
        "id",
    ),
    ("ALTER TABLE audit_act ALTER id SET GENERATED ALWAYS", "schema.default", "audit_act", "id"),
    (
        "ALTER TABLE sources_capture DROP COLUMN host; ALTER TABLE sources_capture ADD host text"
        " GENERATED ALWAYS AS (coalesce(substring(canonical_url, '^https?://([^/]*)'), '')) STORED",
        "schema.default",
        "sources_capture",
        "host",
    ),
    (
        "ALTER TABLE verification_evidence DROP CONSTRAINT evidence_is_withdrawn_with_a_reason",
        "schema.constraint",
        "verification_evidence",
        "evidence_is_withdrawn_with_a_reason",
    ),
    (
        "ALTER TABLE verification_evidence DROP CONSTRAINT evidence_is_withdrawn_with_a_reason, ADD CONSTRAINT"
        " evidence_is_withdrawn_with_a_reason CHECK (withdrawn_at IS NULL OR withdrawal_reason <> '' OR id > 0)",
        "schema.constraint",
        "verification_evidence",
        "evidence_is_withdrawn_with_a_reason",
    ),
    (
        "ALTER TABLE verification_evidence DROP CONSTRAINT evidence_is_withdrawn_with_a_reason, ADD CONSTRAINT"
        " evidence_is_withdrawn_with_a_reason CHECK (withdrawn_at IS NULL OR NOT withdrawal_reason = '') NOT VALID",
        "schema.constraint",
        "verification_evidence",
        "evidence_is_withdrawn_with_a_reason",
    ),
    (
        "UPDATE pg_class SET relchecks = 0 WHERE relname = 'audit_head'",
        "schema.constraint",
        "audit_head",
        "the_ledger_has_one_head",
    ),
    (
        "ALTER TABLE verification_claim DROP CONSTRAINT verification_claim_version_check",
        "schema.constraint",
        "verification_claim",
        "version",
    ),
    (
        "CREATE FUNCTION passes(bigint) RETURNS boolean LANGUAGE plpgsql AS 'BEGIN RETURN true; END';"
        " ALTER TABLE verification_claim ADD CONSTRAINT passes CHECK (passes(id))",
        "schema.constraint",
        "verification_claim",
        "passes",
    ),
    (
        f"{EACH_KEY.format('verification_claim', 'DROP CONSTRAINT %I')}",
        "schema.constraint",
        "verification_claim",
        "case_id",
    ),
    (
        f"{EACH_KEY.format('verification_claim', 'ALTER CONSTRAINT %I NOT DEFERRABLE')}",
        "schema.constraint",
        "verification_claim",
        "case_id",
    ),
    (
        f"{EACH_KEY.format('verification_claim', 'ALTER CONSTRAINT %I NOT ENFORCED')}",
        "schema.constraint",
        "verification_claim",
        "case_id",
    ),
    ("ALTER TABLE verification_comment DISABLE TRIGGER ALL", "schema.constraint", "verification_comment", "author_id"),
    (
        "ALTER TABLE newsroom_membership DROP CONSTRAINT one_membership_per_person_and_case",
        "schema.unique",
        "newsroom_membership",
        "case_id, user_id",
    ),
    (
        "UPDATE pg_trigger SET tgenabled = 'D' FROM pg_constraint c WHERE c.oid = tgconstraint"
        " AND c.conname = 'one_step_at_a_position_of_a_chain'",
        "schema.unique",
        "verification_hop",
        "evidence_id, position",
    ),
    ("DROP INDEX one_claim_per_key_in_a_case", "schema.unique", "verification_claim", "case_id, key"),
    (
        "DROP INDEX a_claim_has_one_first_verdict; CREATE UNIQUE INDEX a_claim_has_one_first_verdict"
        " ON verification_verdict (claim_id) WHERE supersedes_id IS NULL AND id < 0",
        "schema.unique",
        "verification_verdict",
        "claim_id",
    ),
    (
        "CREATE FUNCTION turned(text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN $1; END';"
        " CREATE INDEX turned ON verification_claim (turned(statement))",
        "schema.index",
        "verification_claim",
        "turned",
    ),
    ("ALTER TABLE audit_entry DROP CONSTRAINT audit_entry_act_id_key", "schema.unique", "audit_entry", "act_id"),
    (f"ALTER TABLE {HISTORY} DROP CONSTRAINT {HISTORY}_pkey CASCADE", "schema.unique", HISTORY, "history_id"),
    ("CREATE SCHEMA isnad; CREATE TABLE isnad.audit_act (id bigint)", "schema.shadow", "", "table isnad.audit_act"),
    (
        "CREATE SCHEMA isnad; CREATE FUNCTION isnad.audit_bind() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "schema.shadow",
        "",
        "function isnad.audit_bind",
    ),
    (
        "CREATE FUNCTION public.sha256(text) RETURNS bytea LANGUAGE sql AS 'SELECT ''''::bytea'",
        "schema.shadow",
        "",
        "function public.sha256",
    ),
    (
        "CREATE OR REPLACE FUNCTION pg_catalog.sha256(bytea) RETURNS bytea LANGUAGE sql IMMUTABLE STRICT"
        " AS 'SELECT $1'",
        "schema.shadow",
        "",
        "function pg_catalog.sha256",
    ),
    (
        "CREATE FUNCTION joined(text, int) RETURNS text LANGUAGE sql AS 'SELECT $1';"
        " CREATE OPERATOR public.|| (LEFTARG = text, RIGHTARG = int, FUNCTION = joined)",
        "schema.shadow",
        "",
        "operator public.||",
    ),
    (
        "CREATE FUNCTION told(bigint) RETURNS text LANGUAGE sql AS 'SELECT ''1''';"
        " CREATE CAST (bigint AS text) WITH FUNCTION told(bigint)",
        "schema.shadow",
        "",
        "cast bigint to text",
    ),
]  # fmt: skip  (a table reads across)
SPOILS_DIGESTS = ("CREATE OR REPLACE FUNCTION pg_catalog.sha256", "CREATE FUNCTION told(bigint)")


@pytest.mark.parametrize(("done", "kind", "table", "name"), DEEDS, ids=[f"{each[1]} {each[0][:70]}" for each in DEEDS])
def test_it_is_found(
    attacker: Attacker, verified: Verify, desk: Desk, done: str, kind: str, table: str, name: str
) -> None:
    attacker.connection.execute(done.encode())
    report = verified()
    first = report.findings[0]
    assert (first.kind, first.table, first.object) == (kind, table, name)
    if not done.startswith(SPOILS_DIGESTS):
        assert {*report.counts} <= {kind, "shape", "schema.function_changed"}, report.findings


SHADOWS = """
CREATE SCHEMA evil;
CREATE VIEW evil.audit_entry AS SELECT * FROM public.audit_entry WHERE false;
CREATE FUNCTION evil.to_json(text) RETURNS json LANGUAGE sql AS 'SELECT ''1''::json';
CREATE FUNCTION evil.sha256(bytea) RETURNS bytea LANGUAGE sql AS 'SELECT ''x''::bytea';
CREATE FUNCTION evil.never(text, text) RETURNS boolean LANGUAGE sql AS 'SELECT false';
CREATE OPERATOR evil.<> (LEFTARG = text, RIGHTARG = text, FUNCTION = evil.never);
SET LOCAL search_path = evil, public, pg_catalog;
"""


def test_names_made_up_elsewhere_deceive_nobody(attacker: Attacker, verified: Verify, desk: Desk) -> None:
    """They are named, and everything else is found as if they were not there."""
    attacker.do(f"UPDATE newsroom_historicalcase SET title = 'Other' WHERE history_id = {desk.first_row}")
    attacker.connection.execute(SHADOWS.encode())
    assert verified().counts == {"schema.shadow": 4, "history.changed": 1}


def test_the_rights_of_the_web_server_are_no_alarm(attacker: Attacker, verified: Verify, desk: Desk) -> None:
    with attacker.connection.cursor() as cursor:
        grant_to(cursor, "isnad_web_role", "a password")  # type: ignore[arg-type]
    assert verified().fits
    attacker.connection.execute(
        b"CREATE ROLE isnad_reader; GRANT SELECT ON ALL TABLES IN SCHEMA public TO isnad_reader"
    )
    assert verified().fits
    attacker.connection.execute(b"SET LOCAL ROLE isnad_web_role")
    assert verified().fits, "it is the one that verifies"


def test_a_role_that_owns_all_of_it_and_is_no_superuser_is_no_alarm(
    attacker: Attacker, verified: Verify, desk: Desk
) -> None:
    """As in production, where the web server's role is another."""
    attacker.connection.execute(b"""
        CREATE ROLE isnad_owner CREATEROLE;
        DO $$ DECLARE each text; BEGIN
            FOR each IN SELECT 'TABLE ' || oid::regclass FROM pg_class
                WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
            UNION ALL SELECT 'FUNCTION ' || oid::regprocedure FROM pg_proc p
                WHERE pronamespace = 'public'::regnamespace
                    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
            LOOP EXECUTE 'ALTER ' || each || ' OWNER TO isnad_owner'; END LOOP;
        END $$;
        GRANT CREATE ON SCHEMA public TO isnad_owner;
        SET LOCAL ROLE isnad_owner;
    """)
    with attacker.connection.cursor() as cursor:
        grant_to(cursor, "isnad_web_role", "a password")  # type: ignore[arg-type]
    attacker.connection.execute(b"RESET ROLE")
    found = verified()
    assert found.fits, found.findings


def test_what_a_newsroom_may_do_is_no_alarm(attacker: Attacker, verified: Verify, desk: Desk) -> None:
    attacker.connection.execute(b"""
        CREATE INDEX more ON audit_act (at);
        CREATE INDEX evenmore ON newsroom_historicalcase (title text_pattern_ops) WHERE title <> '';
        CREATE INDEX folded ON verification_claim (lower(statement)) WHERE length(statement) > 3;
        CREATE ROLE isnad_reader; ALTER ROLE isnad_reader SET search_path = reports, public;
        CREATE ROLE isnad_other; GRANT INSERT ON audit_checkpoint TO isnad_other;
        ALTER ROLE isnad_other SET search_path = "$user", public, reports; ALTER ROLE isnad_other SET work_mem = '64MB';
        CREATE SCHEMA reports; CREATE VIEW reports.cases AS SELECT * FROM public.newsroom_case;
        CLUSTER audit_entry USING audit_entry_pkey;
        CLUSTER newsroom_historicalcase USING newsroom_historicalcase_pkey;
        ANALYZE;
    """)
    assert verified().fits


def test_a_record_so_large_that_it_is_read_in_parallel_is_no_alarm(
    attacker: Attacker, verified: Verify, desk: Desk
) -> None:
    """PostgreSQL then plans otherwise, also what it is only asked to say again."""
    attacker.connection.execute(b"""
        SET LOCAL parallel_setup_cost = 0; SET LOCAL parallel_tuple_cost = 0; SET LOCAL min_parallel_table_scan_size = 0;
        SET LOCAL max_parallel_workers_per_gather = 4; SET LOCAL cpu_operator_cost = 1;
    """)
    found = verified()
    assert found.fits, found.findings
