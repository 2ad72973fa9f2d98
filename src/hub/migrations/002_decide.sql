-- The city's rules. decide() takes a whole batch in one call; what it reads it has locked before, and the primary keys of
-- card, holding and agency refuse whatever would break a rule all the same (the hub then tries the batch again).

CREATE TYPE decision AS (ord integer, outcome text, reason text, at bigint);

-- Gives a person's card its places. NULL when done, else the reason.
CREATE FUNCTION make_link(r records, p_card bytea, p_physical integer, p_phone integer, p_agent integer) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
    c card%ROWTYPE;
    free smallint;
    agent_free smallint;
BEGIN
    SELECT * INTO c FROM card WHERE card.card = p_card;
    IF FOUND AND c.person = r.person THEN
        RETURN NULL; -- the same again: merged, counted once
    ELSIF c.person IS NOT NULL THEN
        RETURN 'card-linked-to-other';
    END IF;

    SELECT n INTO free
        FROM generate_series(1, CASE r.slot WHEN 'phone' THEN p_phone ELSE p_physical END) n
        WHERE NOT EXISTS (SELECT 1 FROM holding h WHERE h.person = r.person AND h.slot = r.slot AND h.place = n)
        ORDER BY n LIMIT 1;
    IF free IS NULL THEN
        RETURN CASE r.slot WHEN 'phone' THEN 'person-has-phone-card' ELSE 'person-has-physical-card' END;
    END IF;
    IF r.agent IS NOT NULL THEN
        SELECT n INTO agent_free FROM generate_series(1, p_agent) n
            WHERE NOT EXISTS (SELECT 1 FROM agency a WHERE a.agent = r.agent AND a.place = n)
            ORDER BY n LIMIT 1;
        IF agent_free IS NULL THEN
            RETURN 'agent-limit-reached';
        END IF;
        INSERT INTO agency VALUES (r.agent, agent_free, p_card);
    END IF;

    INSERT INTO holding VALUES (r.person, r.slot, free, p_card);
    INSERT INTO card AS k (card, token, state, person, slot, place, agent, agent_place, record, since)
        VALUES (p_card, r.card_token, r.state, r.person, r.slot, free, r.agent, agent_free, r.id, r.at)
        ON CONFLICT (card) DO UPDATE
            SET state = r.state, person = r.person, slot = r.slot, place = free, agent = r.agent,
                agent_place = agent_free, record = r.id, since = r.at, changed = pg_current_xact_id()
            WHERE k.person IS NULL;
    IF NOT FOUND THEN
        RAISE unique_violation USING MESSAGE = 'card taken meanwhile';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION end_link(p_card bytea) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    c card%ROWTYPE;
BEGIN
    SELECT * INTO c FROM card WHERE card.card = p_card;
    DELETE FROM holding WHERE person = c.person AND slot = c.slot AND place = c.place;
    DELETE FROM agency WHERE agent = c.agent AND place = c.agent_place;
    UPDATE card SET state = 'none', person = NULL, slot = NULL, place = NULL, agent = NULL, agent_place = NULL,
                    record = NULL, since = NULL, changed = pg_current_xact_id()
        WHERE card.card = p_card;
END $$;

-- Takes back what a record did, or what undoing it had brought about.
CREATE FUNCTION undo(p_id uuid, p_physical integer, p_phone integer, p_agent integer) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
    r records%ROWTYPE;
    other records%ROWTYPE;
    why text;
BEGIN
    SELECT * INTO r FROM records WHERE id = p_id;
    UPDATE records SET live = false WHERE id = p_id;
    IF r.kind = 'revoke' THEN
        RETURN redo(r.of, p_physical, p_phone, p_agent);
    END IF;
    IF r.kind IN ('link', 'first-topup') THEN
        -- Another desk may have linked the same card to the same person: then that link stays.
        SELECT * INTO other FROM records WHERE card = r.card AND person = r.person AND live
            AND kind IN ('link', 'first-topup', 'replace') ORDER BY at, id LIMIT 1;
        IF FOUND THEN
            UPDATE card SET record = other.id WHERE card.card = r.card AND record = r.id;
        ELSE
            PERFORM end_link(r.card);
        END IF;
        RETURN NULL;
    END IF;
    IF r.kind = 'replace' THEN
        PERFORM end_link(r.card);
    END IF;
    -- unlink and replace: the links they ended hold again
    FOR other IN SELECT * FROM records WHERE ended_by = r.id ORDER BY at, id LOOP
        why := make_link(other, other.card, p_physical, p_phone, p_agent);
        IF why IS NOT NULL THEN
            RETURN why;
        END IF;
        UPDATE records SET live = true, ended_by = NULL WHERE id = other.id;
    END LOOP;
    RETURN NULL;
END $$;

-- Ends the link of a card for an unlink or a replace, and remembers what there was.
CREATE FUNCTION end_for(p_card bytea, p_by uuid) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    UPDATE records SET live = false, ended_by = p_by
        WHERE card = p_card AND live AND kind IN ('link', 'first-topup', 'replace') AND id <> p_by;
    PERFORM end_link(p_card);
END $$;

-- Does what a record says; also what a revoke of its revoke asks for.
CREATE FUNCTION redo(p_id uuid, p_physical integer, p_phone integer, p_agent integer) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
    r records%ROWTYPE;
    c card%ROWTYPE;
    why text;
BEGIN
    SELECT * INTO r FROM records WHERE id = p_id;
    IF r.kind = 'revoke' THEN
        why := undo(r.of, p_physical, p_phone, p_agent);
    ELSIF r.kind IN ('link', 'first-topup') THEN
        why := make_link(r, r.card, p_physical, p_phone, p_agent);
    ELSE
        SELECT * INTO c FROM card WHERE card.card = coalesce(r.old_card, r.card);
        IF c.person IS NULL THEN
            RETURN 'card-not-linked';
        ELSIF c.person <> r.person THEN
            RETURN 'holder-mismatch';
        END IF;
        IF r.kind = 'replace' THEN
            -- whoever acted when the old card was linked counts for the new one, too
            r.agent := c.agent;
            UPDATE records SET agent = c.agent WHERE id = r.id;
            IF r.card = r.old_card THEN
                RETURN 'superseded';
            END IF;
            IF EXISTS (SELECT 1 FROM card k WHERE k.card = r.card AND k.person IS NOT NULL) THEN
                RETURN CASE WHEN EXISTS (SELECT 1 FROM card k WHERE k.card = r.card AND k.person <> r.person)
                    THEN 'card-linked-to-other' WHEN r.slot = 'phone' THEN 'person-has-phone-card'
                    ELSE 'person-has-physical-card' END;
            END IF;
        END IF;
        PERFORM end_for(coalesce(r.old_card, r.card), r.id);
        IF r.kind = 'replace' THEN
            why := make_link(r, r.card, p_physical, p_phone, p_agent);
        END IF;
    END IF;
    IF why IS NULL THEN
        UPDATE records SET live = true WHERE id = p_id;
    END IF;
    RETURN why;
END $$;

-- Whether a desk may take that record back now; NULL when it may.
CREATE FUNCTION may_revoke(t records, found_one boolean, p_desk text, p_operator text, p_trusted timestamptz,
                           p_ticks bigint, p_time_trusted boolean, p_window interval) RETURNS text
LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    old interval;
BEGIN
    IF NOT found_one OR t.reason IS NOT NULL THEN
        RETURN 'record-unknown';
    ELSIF t.desk <> p_desk OR t.operator <> p_operator THEN
        RETURN 'not-own-record';
    ELSIF NOT t.live OR t.depth >= 50 THEN
        RETURN 'superseded';
    END IF;
    -- Trusted times tell how old it is; without them the desk's ticks since it was switched on do.
    IF t.time_trusted AND p_time_trusted THEN
        old := p_trusted - t.trusted;
    ELSE
        old := make_interval(secs => (p_ticks - t.ticks) / 1000.0);
    END IF;
    IF old < interval '0' OR old > p_window THEN
        RETURN 'undo-window-passed';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION decide(
    p_desk text, p_import boolean, p_at timestamptz,
    p_id uuid[], p_sealed bytea[], p_sha bytea[], p_reason text[], p_kind text[], p_operator text[],
    p_trusted timestamptz[], p_time_trusted boolean[], p_ticks bigint[], p_seq bigint[], p_head bytea[],
    p_of uuid[], p_card bytea[], p_token bytea[], p_token_key bigint, p_state text[], p_old bytea[],
    p_person bytea[], p_slot text[], p_medium text[], p_agent bytea[],
    p_physical integer[], p_phone integer[], p_agent_limit integer[], p_window integer[], p_health boolean[])
RETURNS SETOF decision LANGUAGE plpgsql
SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off SET plan_cache_mode = force_generic_plan
AS $$
DECLARE
    d desk%ROWTYPE;
    fresh boolean[];
    quick boolean[];
    reasons text[] := p_reason;
    special integer;
    i integer;
    r records%ROWTYPE;
    t records%ROWTYPE;
    found_one boolean;
    why text;
BEGIN
    -- One batch of a desk at a time; a revocation waits for it, and comes before the next.
    PERFORM pg_advisory_xact_lock_shared(7303, 0); -- tokens stay as they are meanwhile
    PERFORM pg_advisory_xact_lock(7301, hashtext(p_desk));
    SELECT * INTO d FROM desk WHERE id = p_desk FOR SHARE;
    IF d.id IS NULL OR (d.revoked IS NOT NULL AND NOT p_import) THEN
        RAISE EXCEPTION USING ERRCODE = 'UD001', MESSAGE = 'desk revoked';
    END IF;
    IF (SELECT value::bigint FROM setting WHERE name = 'token-key') <> p_token_key THEN
        RAISE EXCEPTION USING ERRCODE = 'UD003', MESSAGE = 'token key replaced';
    END IF;

    -- Cards and people of this batch, in an order that all batches share, so that none waits for one that waits for it.
    PERFORM pg_advisory_xact_lock(7302, bucket) FROM (
        SELECT DISTINCT get_byte(x, 0) AS bucket FROM (
            SELECT unnest(p_card) UNION ALL SELECT unnest(p_old) UNION ALL SELECT unnest(p_person)
            UNION ALL SELECT unnest(p_agent)
            UNION ALL SELECT k.card FROM records k WHERE k.id = ANY (p_of)
            UNION ALL SELECT k.old_card FROM records k WHERE k.id = ANY (p_of)
            UNION ALL SELECT k.person FROM records k WHERE k.id = ANY (p_of)
            UNION ALL SELECT k.agent FROM records k WHERE k.id = ANY (p_of)) AS tokens (x)
        WHERE x IS NOT NULL ORDER BY 1) AS buckets;

    WITH stored AS (
        INSERT INTO envelope (id, desk, sha256, received, sealed)
            SELECT u.id, p_desk, u.sha, p_at, u.sealed FROM unnest(p_id, p_sha, p_sealed) AS u (id, sha, sealed)
            ON CONFLICT DO NOTHING RETURNING id)
    SELECT array_agg(s.id IS NOT NULL ORDER BY u.ord) INTO fresh
        FROM unnest(p_id) WITH ORDINALITY AS u (id, ord) LEFT JOIN stored s ON s.id = u.id;

    FOR i IN SELECT u.ord FROM unnest(p_operator, p_trusted, p_reason) WITH ORDINALITY AS u (operator, trusted, reason, ord)
        WHERE u.reason IS NULL AND NOT EXISTS (SELECT 1 FROM operators o WHERE o.id = u.operator
            AND o.station = d.station AND (o.disabled IS NULL OR o.disabled > u.trusted)) LOOP
        reasons[i] := 'operator-unknown';
    END LOOP;

    -- Most records link a free card to a person with a free place, with nobody acting and nothing else in the batch about
    -- the same card or person, and no record before them changes a link: all of those at once.
    SELECT coalesce(min(u.ord), 2147483647) INTO special FROM unnest(p_kind) WITH ORDINALITY AS u (kind, ord)
        WHERE u.kind NOT IN ('link', 'first-topup') AND fresh[u.ord];
    WITH wanted AS (
        SELECT u.*, count(*) OVER (PARTITION BY u.card) AS of_card, count(*) OVER (PARTITION BY u.person) AS of_person
            FROM unnest(p_card, p_person, p_slot, reasons, p_agent, fresh, p_physical, p_phone) WITH ORDINALITY
                AS u (card, person, slot, reason, agent, fresh, physical, phone, ord)
            WHERE u.fresh AND u.reason IS NULL AND u.ord < special),
    free AS (
        SELECT w.ord FROM wanted w WHERE w.of_card = 1 AND w.of_person = 1 AND w.agent IS NULL
            AND CASE w.slot WHEN 'phone' THEN w.phone ELSE w.physical END >= 1
            AND NOT EXISTS (SELECT 1 FROM card c WHERE c.card = w.card)
            AND NOT EXISTS (SELECT 1 FROM holding h WHERE h.person = w.person AND h.slot = w.slot))
    SELECT array_agg(f.ord IS NOT NULL ORDER BY u.ord) INTO quick
        FROM unnest(p_id) WITH ORDINALITY AS u (id, ord) LEFT JOIN free f ON f.ord = u.ord;

    INSERT INTO card (card, token, state, person, slot, place, record, since)
        SELECT p_card[o], p_token[o], p_state[o], p_person[o], p_slot[o], 1, p_id[o], p_at
        FROM generate_subscripts(quick, 1) o WHERE quick[o];
    INSERT INTO holding SELECT p_person[o], p_slot[o], 1, p_card[o] FROM generate_subscripts(quick, 1) o WHERE quick[o];
    INSERT INTO records (id, desk, kind, operator, at, reason, live, trusted, time_trusted, ticks, seq, journal_head,
                        card, card_token, token_key, state, person, slot, medium)
        SELECT p_id[o], p_desk, p_kind[o], p_operator[o], p_at, reasons[o], quick[o], p_trusted[o], p_time_trusted[o],
               p_ticks[o], p_seq[o], p_head[o], p_card[o], p_token[o], p_token_key, p_state[o], p_person[o], p_slot[o],
               p_medium[o]
        FROM generate_subscripts(quick, 1) o WHERE fresh[o] AND (quick[o] OR reasons[o] IS NOT NULL);

    FOR i IN SELECT o FROM generate_subscripts(quick, 1) o WHERE fresh[o] AND NOT quick[o] AND reasons[o] IS NULL ORDER BY o
    LOOP
        r := NULL;
        r.id := p_id[i];             r.desk := p_desk;            r.kind := p_kind[i];     r.operator := p_operator[i];
        r.at := p_at;                r.live := false;             r.trusted := p_trusted[i];
        r.time_trusted := p_time_trusted[i];                      r.ticks := p_ticks[i];   r.seq := p_seq[i];
        r.journal_head := p_head[i]; r.of := p_of[i];             r.depth := 0;            r.card := p_card[i];
        r.card_token := p_token[i];  r.token_key := p_token_key;  r.state := p_state[i];   r.old_card := p_old[i];
        r.person := p_person[i];     r.slot := p_slot[i];         r.medium := p_medium[i]; r.agent := p_agent[i];
        why := NULL;
        IF r.kind = 'revoke' THEN
            SELECT * INTO t FROM records WHERE id = r.of;
            found_one := FOUND;
            why := may_revoke(t, found_one, p_desk, r.operator, r.trusted, r.ticks, r.time_trusted,
                              make_interval(secs => p_window[i]));
            IF found_one THEN
                r.depth := t.depth + 1; r.card := t.card; r.old_card := t.old_card; r.person := t.person; r.agent := t.agent;
            END IF;
        END IF;
        BEGIN
            INSERT INTO records SELECT r.*;
            IF why IS NULL THEN
                why := redo(r.id, p_physical[i], p_phone[i], p_agent_limit[i]);
            END IF;
            IF why IS NOT NULL THEN
                RAISE EXCEPTION USING ERRCODE = 'UD002'; -- nothing of a refused record stays
            END IF;
        EXCEPTION WHEN SQLSTATE 'UD002' THEN
            reasons[i] := why;
            r.reason := why;
            INSERT INTO records SELECT r.*;
        END;
    END LOOP;

    -- Several records of a batch may be about one person.
    INSERT INTO health_task (person, record, due)
        SELECT p_person[o], p_id[o], p_at FROM generate_subscripts(quick, 1) o
        WHERE fresh[o] AND reasons[o] IS NULL AND p_health[o] ORDER BY o
        ON CONFLICT DO NOTHING;

    RETURN QUERY
        SELECT u.ord::integer,
               CASE WHEN fresh[u.ord] THEN CASE WHEN reasons[u.ord] IS NULL THEN 'accepted' ELSE 'rejected' END
                    WHEN e.sha256 <> u.sha OR e.desk <> p_desk THEN 'conflict'
                    WHEN k.reason IS NULL THEN 'accepted' ELSE 'rejected' END,
               CASE WHEN fresh[u.ord] THEN reasons[u.ord]
                    WHEN e.sha256 <> u.sha OR e.desk <> p_desk THEN 'id-taken'
                    ELSE k.reason END,
               ms(CASE WHEN fresh[u.ord] OR e.sha256 <> u.sha OR e.desk <> p_desk THEN p_at ELSE k.at END)
        FROM unnest(p_id, p_sha) WITH ORDINALITY AS u (id, sha, ord)
            LEFT JOIN envelope e ON NOT fresh[u.ord] AND e.id = u.id
            LEFT JOIN records k ON NOT fresh[u.ord] AND k.id = u.id
        ORDER BY u.ord;
END $$;
