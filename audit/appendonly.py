"""Tables that only ever grow: the acts and the row history. For migrations; a test finds a history table without it.

The triggers fire ALWAYS, so also where `session_replication_role` would have left them out. Who owns the tables can
still drop them: a superuser is not stopped by this, only slowed down and given no excuse.
"""

FUNCTION = """
CREATE FUNCTION audit_record_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is part of the record: rows are added to it, never changed or removed', TG_TABLE_NAME
        USING ERRCODE = 'check_violation', CONSTRAINT = 'the_record_stays';
END $$;
"""
UNDO_FUNCTION = "DROP FUNCTION audit_record_stays();"


def guard(table: str) -> str:
    """SQL that lets `table` only grow."""
    return f"""
CREATE TRIGGER record_stays BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION audit_record_stays();
CREATE TRIGGER record_stays_whole BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION audit_record_stays();
ALTER TABLE {table} ENABLE ALWAYS TRIGGER record_stays;
ALTER TABLE {table} ENABLE ALWAYS TRIGGER record_stays_whole;
"""


def release(table: str) -> str:
    return f"DROP TRIGGER record_stays_whole ON {table}; DROP TRIGGER record_stays ON {table};"


def keep(table: str) -> str:
    """SQL that lets nobody remove a row of `table`."""
    return f"""
CREATE TRIGGER record_stays_whole BEFORE DELETE OR TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION audit_record_stays();
ALTER TABLE {table} ENABLE ALWAYS TRIGGER record_stays_whole;
"""


def lose(table: str) -> str:
    return f"DROP TRIGGER record_stays_whole ON {table};"
