-- Gives a person's card its places. NULL when done, else the reason. Rules may have lowered a limit below the places that
-- are taken: links are counted, then a place is looked for.
CREATE OR REPLACE FUNCTION make_link(r records, p_card bytea, p_physical integer, p_phone integer, p_agent integer) RETURNS text
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
        WHERE (SELECT count(*) FROM holding h WHERE h.person = r.person AND h.slot = r.slot)
                < CASE r.slot WHEN 'phone' THEN p_phone ELSE p_physical END
            AND NOT EXISTS (SELECT 1 FROM holding h WHERE h.person = r.person AND h.slot = r.slot AND h.place = n)
        ORDER BY n LIMIT 1;
    IF free IS NULL THEN
        RETURN CASE r.slot WHEN 'phone' THEN 'person-has-phone-card' ELSE 'person-has-physical-card' END;
    END IF;
    IF r.agent IS NOT NULL THEN
        SELECT n INTO agent_free FROM generate_series(1, p_agent) n
            WHERE (SELECT count(*) FROM agency a WHERE a.agent = r.agent) < p_agent
                AND NOT EXISTS (SELECT 1 FROM agency a WHERE a.agent = r.agent AND a.place = n)
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

-- Takes back what a record did, or what undoing it had brought about.
CREATE OR REPLACE FUNCTION undo(p_id uuid, p_physical integer, p_phone integer, p_agent integer) RETURNS text
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
    IF r.kind IN ('link', 'first-topup', 'replace') THEN
        -- Another desk may have linked the same card to the same person: then that link stays,
        SELECT * INTO other FROM records WHERE card = r.card AND person = r.person AND live
            AND kind IN ('link', 'first-topup', 'replace') ORDER BY at, id LIMIT 1;
        IF FOUND THEN
            -- and is made of that record, which may have another agent, slot or state.
            IF EXISTS (SELECT 1 FROM card k WHERE k.card = r.card AND k.record = r.id) THEN
                PERFORM end_link(r.card);
                why := make_link(other, r.card, p_physical, p_phone, p_agent);
                IF why IS NOT NULL THEN
                    RETURN why;
                END IF;
            END IF;
        ELSE
            PERFORM end_link(r.card);
        END IF;
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

-- decide() as in 005, but for an import during which its desk is revoked.
CREATE OR REPLACE FUNCTION decide(
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
    at_ms bigint := ms(p_at);
    known uuid[]; -- of this batch, from before
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
    -- An import takes nothing new of a desk that was revoked, also when that was while it ran.
    IF d.revoked IS NOT NULL THEN
        p_reason := ARRAY (SELECT coalesce(u.reason, 'desk-revoked')
            FROM unnest(p_reason) WITH ORDINALITY AS u (reason, ord) ORDER BY u.ord);
        reasons := p_reason;
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

    -- Another desk may bring one of these ids at this moment: then the primary key lets one of the two try again.
    known := ARRAY (SELECT e.id FROM envelope e WHERE e.id = ANY (p_id));
    fresh := ARRAY (SELECT u.id <> ALL (known) FROM unnest(p_id) WITH ORDINALITY AS u (id, ord) ORDER BY u.ord);
    INSERT INTO envelope (id, desk, sha256, received, sealed)
        SELECT u.id, p_desk, u.sha, p_at, u.sealed
        FROM unnest(p_id, p_sha, p_sealed) WITH ORDINALITY AS u (id, sha, sealed, ord) WHERE fresh[u.ord];

    FOR i IN SELECT u.ord FROM unnest(p_operator, p_trusted, p_reason) WITH ORDINALITY AS u (operator, trusted, reason, ord)
        WHERE u.reason IS NULL AND NOT EXISTS (SELECT 1 FROM operators o WHERE o.id = u.operator
            AND o.station = d.station AND (o.disabled IS NULL OR o.disabled > u.trusted)) LOOP
        reasons[i] := 'operator-unknown';
    END LOOP;

    -- Most records link a free card to a person with a free place, with nobody acting and nothing else in the batch about
    -- the same card or person, and no record before them changes a link: all of those at once.
    SELECT coalesce(min(u.ord), 2147483647) INTO special FROM unnest(p_kind) WITH ORDINALITY AS u (kind, ord)
        WHERE u.kind NOT IN ('link', 'first-topup') AND fresh[u.ord];
    -- Not by EXISTS: here it would be planned as a search through the whole table.
    quick := ARRAY (
        SELECT CASE WHEN w.of_card = 1 AND w.of_person = 1 AND w.wanted AND w.agent IS NULL
                        AND CASE w.slot WHEN 'phone' THEN w.phone ELSE w.physical END >= 1
                    THEN (SELECT c.card FROM card c WHERE c.card = w.card) IS NULL
                        AND (SELECT h.card FROM holding h WHERE h.person = w.person AND h.slot = w.slot LIMIT 1) IS NULL
                    ELSE false END
        FROM (SELECT v.*, count(*) FILTER (WHERE v.wanted) OVER (PARTITION BY v.card) AS of_card,
                     count(*) FILTER (WHERE v.wanted) OVER (PARTITION BY v.person) AS of_person
              FROM (SELECT u.*, fresh[u.ord] AND u.reason IS NULL AND u.ord < special AS wanted
                    FROM unnest(p_card, p_person, p_slot, reasons, p_agent, p_physical, p_phone) WITH ORDINALITY
                        AS u (card, person, slot, reason, agent, physical, phone, ord)) v) w
        ORDER BY w.ord);

    INSERT INTO card (card, token, state, person, slot, place, record, since)
        SELECT u.card, u.token, u.state, u.person, u.slot, 1, u.id, p_at
        FROM unnest(p_id, p_card, p_token, p_state, p_person, p_slot) WITH ORDINALITY
            AS u (id, card, token, state, person, slot, ord) WHERE quick[u.ord];
    INSERT INTO holding SELECT u.person, u.slot, 1, u.card
        FROM unnest(p_card, p_person, p_slot) WITH ORDINALITY AS u (card, person, slot, ord) WHERE quick[u.ord];
    INSERT INTO records (id, desk, kind, operator, at, reason, live, trusted, time_trusted, ticks, seq, journal_head,
                        card, card_token, token_key, state, person, slot, medium)
        SELECT u.id, p_desk, u.kind, u.operator, p_at, u.reason, quick[u.ord], u.trusted, u.time_trusted, u.ticks, u.seq,
               u.head, u.card, u.token, p_token_key, u.state, u.person, u.slot, u.medium
        FROM unnest(p_id, p_kind, p_operator, reasons, p_trusted, p_time_trusted, p_ticks, p_seq, p_head, p_card, p_token,
                    p_state, p_person, p_slot, p_medium) WITH ORDINALITY
            AS u (id, kind, operator, reason, trusted, time_trusted, ticks, seq, head, card, token, state, person, slot,
                  medium, ord)
        WHERE fresh[u.ord] AND (quick[u.ord] OR u.reason IS NOT NULL);

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
        SELECT DISTINCT ON (u.person) u.person, u.id, p_at
        FROM unnest(p_id, p_person, p_health, reasons) WITH ORDINALITY AS u (id, person, health, reason, ord)
        WHERE u.health AND fresh[u.ord] AND u.reason IS NULL
            AND NOT EXISTS (SELECT 1 FROM health_task h WHERE h.person = u.person)
        ORDER BY u.person, u.ord;

    RETURN QUERY
        SELECT u.ord::integer, CASE WHEN u.reason IS NULL THEN 'accepted' ELSE 'rejected' END, u.reason, at_ms
        FROM unnest(reasons) WITH ORDINALITY AS u (reason, ord) WHERE fresh[u.ord];
    IF cardinality(known) > 0 THEN
        RETURN QUERY
            SELECT u.ord::integer,
                   CASE WHEN e.sha256 <> u.sha OR e.desk <> p_desk THEN 'conflict'
                        WHEN k.reason IS NULL THEN 'accepted' ELSE 'rejected' END,
                   CASE WHEN e.sha256 <> u.sha OR e.desk <> p_desk THEN 'id-taken' ELSE k.reason END,
                   CASE WHEN e.sha256 <> u.sha OR e.desk <> p_desk THEN at_ms ELSE ms(k.at) END
            FROM unnest(p_id, p_sha) WITH ORDINALITY AS u (id, sha, ord)
                JOIN envelope e ON e.id = u.id LEFT JOIN records k ON k.id = u.id
            WHERE NOT fresh[u.ord];
    END IF;
END $$;
