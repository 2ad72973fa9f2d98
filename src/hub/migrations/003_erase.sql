-- Forgets a person on that person's own request. Decisions stay, with nobody's token in them; the evidence goes, its hash
-- stays. Links end first, so that gates and snapshots know of it.
CREATE FUNCTION erase_person(p_person bytea) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    c record;
    forgotten bigint;
BEGIN
    PERFORM pg_advisory_xact_lock(7303, 0);
    FOR c IN SELECT card FROM holding WHERE person = p_person LOOP
        UPDATE records SET live = false WHERE card = c.card AND live;
        PERFORM end_link(c.card);
    END LOOP;
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
CREATE INDEX record_of_person ON records (person) WHERE person IS NOT NULL;
