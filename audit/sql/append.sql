-- Appends one act to the ledger: docs/adr/0013-the-ledger.md. Two functions, so that acts older than the ledger can be
-- bound too. Both run as their owner: the role of the web server may call audit_append and write none of these tables.
-- Its temporary tables are looked at last, or one of them could stand in for ours.

-- Binds an act that is in its table already. `tables` are those it wrote, in the order of their names, and for each of
-- them `kinds` says which rows, as audit_write_<table> wants it.
CREATE OR REPLACE FUNCTION audit_bind(done audit_act, tables text[], kinds jsonb[], is_adopted boolean) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    written text[] := '{}';
    said text;
    head audit_head;
    stated bytea;
    node bytea;
    found bytea;
    peaks bytea;
    rest bigint;
    moment timestamptz;
BEGIN
    FOR i IN 1 .. cardinality(tables) LOOP
        EXECUTE format('SELECT public.%I($1, $2)', 'audit_write_' || tables[i]) INTO said USING done, kinds[i];
        IF said IS NOT NULL THEN
            written := written || said;
        END IF;
    END LOOP;
    -- Whoever waits for the head must hold nothing that others wait for at their commit: foreign keys are checked first.
    SET CONSTRAINTS ALL IMMEDIATE;
    SET CONSTRAINTS ALL DEFERRED;
    SELECT * INTO STRICT head FROM audit_head FOR UPDATE;
    moment := greatest(clock_timestamp(), head.recorded_at);
    stated := convert_to(
        '{"act":' || done.id
        || ',"actor":' || coalesce(done.actor_id::text, 'null')
        || ',"actor_name":' || to_json(done.actor_name)::text
        || ',"adopted":' || is_adopted
        || ',"at":"' || CASE WHEN done.at >= '0001-01-01T00:00:00Z' AND done.at < 'infinity'
            THEN to_char(done.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
            ELSE (done.at AT TIME ZONE 'UTC')::text END  -- a time that cannot be, as it is: audit/rowtext.py
        || '","case":' || coalesce(done.case_id::text, 'null')
        || ',"name":' || to_json(done.name)::text
        || ',"on_behalf_of":' || coalesce(done.on_behalf_of_id::text, 'null')
        || ',"origin":' || to_json(done.origin)::text
        || ',"reason":' || to_json(done.reason)::text
        || ',"recorded_at":"' || to_char(moment AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
        || '","rows":[' || array_to_string(written, ',')
        || '],"version":1}',
        'UTF8'
    );
    node := sha256('\x00'::bytea || stated);
    found := node;
    peaks := head.packed;
    rest := head.size;
    WHILE rest & 1 = 1 LOOP
        node := sha256('\x01'::bytea || substr(peaks, length(peaks) - 31) || node);
        peaks := substr(peaks, 1, length(peaks) - 32);
        found := found || node;
        rest := rest >> 1;
    END LOOP;
    INSERT INTO audit_entry (index, act_id, recorded_at, content, hashes)
    VALUES (head.size, done.id, moment, stated, found);
    UPDATE audit_head SET size = head.size + 1, packed = peaks || node, recorded_at = moment;
    RETURN head.size;
END $$;

-- Number and time are the database's; an act that was asked for them before brings them.
CREATE OR REPLACE FUNCTION audit_append(
    INOUT id bigint, INOUT at timestamptz, name text, actor bigint, actor_name text, on_behalf_of bigint,
    newsroom_case bigint, reason text, origin text, tables text[], kinds jsonb[]
) RETURNS record
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    done audit_act;
BEGIN
    id := coalesce(id, nextval('public.audit_act_id_seq'));
    at := coalesce(at, statement_timestamp());
    INSERT INTO audit_act (id, name, at, actor_id, actor_name, on_behalf_of_id, case_id, reason, origin)
    VALUES (id, name, at, actor, actor_name, on_behalf_of, newsroom_case, reason, origin)
    RETURNING * INTO done;
    PERFORM audit_bind(done, tables, kinds, false);
END $$;
