-- Cards that were sold and have had no first top-up, as their issuer lists them. What ends a link leaves such a card `new`
-- only when it takes the registration back, not when it ends one that has been.
ALTER TABLE card ADD COLUMN listed boolean NOT NULL DEFAULT false;
CREATE INDEX record_of_ended_card ON records (card) WHERE ended_by IS NOT NULL;

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
                    record = NULL, since = NULL, changed = pg_current_xact_id()
        WHERE card.card = p_card;
END $$;

-- A list anew: `new` is such a card, anything else is one that is no longer. A card that is linked stays as it is.
CREATE FUNCTION list_cards(p_card bytea[], p_token bytea[], p_new boolean[]) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    changed_cards bigint;
BEGIN
    PERFORM pg_advisory_xact_lock_shared(7303, 0); -- tokens stay as they are meanwhile
    INSERT INTO card AS k (card, token, state, listed)
        SELECT u.card, u.token, CASE WHEN u.is_new THEN 'new' ELSE 'none' END, u.is_new
        FROM unnest(p_card, p_token, p_new) AS u (card, token, is_new) ORDER BY u.card
        ON CONFLICT (card) DO UPDATE SET listed = excluded.listed,
            state = CASE WHEN k.person IS NULL THEN excluded.state ELSE k.state END, changed = pg_current_xact_id()
        WHERE k.listed <> excluded.listed;
    GET DIAGNOSTICS changed_cards = ROW_COUNT;
    RETURN changed_cards;
END $$;
