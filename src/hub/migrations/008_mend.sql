-- An unlinked card keeps the record it was last linked by: the evidence says its number, so that it gets a new token with
-- all others, and a link that is restored afterwards has the token of the key in use.
CREATE OR REPLACE FUNCTION end_link(p_card bytea) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    c card%ROWTYPE;
    free_state text := 'none';
BEGIN
    SELECT * INTO c FROM card WHERE card.card = p_card;
    IF c.listed AND NOT EXISTS (SELECT 1 FROM records WHERE card = p_card AND ended_by IS NOT NULL) THEN
        free_state := 'new';
    END IF;
    DELETE FROM holding WHERE person = c.person AND slot = c.slot AND place = c.place;
    DELETE FROM agency WHERE agent = c.agent AND place = c.agent_place;
    UPDATE card SET state = free_state, person = NULL, slot = NULL, place = NULL, agent = NULL, agent_place = NULL,
                    since = NULL, changed = pg_current_xact_id()
        WHERE card.card = p_card;
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
        -- Another desk may have linked the same card to the same person: then that link stays.
        SELECT * INTO other FROM records WHERE card = r.card AND person = r.person AND live
            AND kind IN ('link', 'first-topup', 'replace') ORDER BY at, id LIMIT 1;
        IF FOUND THEN
            UPDATE card SET record = other.id WHERE card.card = r.card AND record = r.id;
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

-- Whether a desk may take that record back now; NULL when it may.
CREATE OR REPLACE FUNCTION may_revoke(t records, found_one boolean, p_desk text, p_operator text, p_trusted timestamptz,
                           p_ticks bigint, p_time_trusted boolean, p_window interval) RETURNS text
LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    old interval;
    slack interval := interval '0';
BEGIN
    IF NOT found_one OR t.reason IS NOT NULL THEN
        RETURN 'record-unknown';
    ELSIF t.desk <> p_desk OR t.operator <> p_operator THEN
        RETURN 'not-own-record';
    ELSIF NOT t.live OR t.depth >= 50 THEN
        RETURN 'superseded';
    END IF;
    -- Trusted times tell how old it is; without them the desk's ticks since it was switched on do. A desk sets its clock
    -- by answers that took up to 30 s to come, so between the two it may have gone back by so much; the desk gains nothing
    -- by it, for it could as well have said the same time twice. Ticks never go back but by a restart.
    IF t.time_trusted AND p_time_trusted THEN
        old := p_trusted - t.trusted;
        slack := interval '30 seconds';
    ELSE
        old := make_interval(secs => (p_ticks - t.ticks) / 1000.0);
    END IF;
    IF old < -slack OR old > p_window THEN
        RETURN 'undo-window-passed';
    END IF;
    RETURN NULL;
END $$;

-- Forgets a person on that person's own request. Decisions stay, with nobody's token in them; the evidence goes, its hash
-- stays. Links end first, so that gates and snapshots know of it.
CREATE OR REPLACE FUNCTION erase_person(p_person bytea) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    c record;
    forgotten bigint;
BEGIN
    PERFORM pg_advisory_xact_lock(7303, 0);
    FOR c IN SELECT card FROM holding WHERE person = p_person LOOP
        UPDATE records SET live = false WHERE card = c.card AND live;
        PERFORM end_link(c.card);
    END LOOP;
    -- Nor does a card say by whose record it was linked.
    UPDATE card SET record = NULL WHERE person IS NULL
        AND card IN (SELECT r.card FROM records r WHERE r.person = p_person AND r.card IS NOT NULL);
    -- Cards of others that this person linked as agent stay linked, without an agent.
    UPDATE card SET agent = NULL, agent_place = NULL WHERE card IN (SELECT a.card FROM agency a WHERE a.agent = p_person);
    DELETE FROM agency WHERE agent = p_person;
    DELETE FROM health WHERE person = p_person;
    DELETE FROM health_task WHERE person = p_person;
    UPDATE envelope SET sealed = '' WHERE id IN (SELECT r.id FROM records r WHERE r.person = p_person);
    UPDATE records SET person = NULL, card = NULL, card_token = NULL, old_card = NULL, agent = NULL, live = false
        WHERE person = p_person;
    GET DIAGNOSTICS forgotten = ROW_COUNT;
    UPDATE records SET agent = NULL WHERE agent = p_person;
    RETURN forgotten;
END $$;

-- Which try of the hub has written a question: one that is repeated because its answer was lost is no second question.
ALTER TABLE question ADD COLUMN attempt uuid;

-- Versions of snapshots that were given out; changes are told from one of them only.
CREATE TABLE snapshot_version (version bigint PRIMARY KEY, at timestamptz NOT NULL);
