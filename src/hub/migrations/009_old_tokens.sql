-- While a token key is being replaced cards get their new tokens a few at a time, beside the service. The key before is in
-- force until all have one: here is what a card was known by under it, and the number of the key it has its new one of.
DROP TABLE retoken;
CREATE TABLE old_token (card bytea PRIMARY KEY, number bigint NOT NULL, token bytea NOT NULL);
CREATE INDEX ON old_token (token);

-- Cards that no record tells of cannot get a new token.
CREATE INDEX card_unrecorded ON card (card) WHERE record IS NULL;

-- Prefixes that these tokens share with others, as note_twins() does for new cards; all of them are never gone through.
DROP FUNCTION find_twins();
CREATE FUNCTION note_twins_of(p_token bytea[]) RETURNS void LANGUAGE sql AS $$
    INSERT INTO twin SELECT DISTINCT substr(f.token, 1, 8) FROM unnest(p_token) AS f (token)
        WHERE EXISTS (SELECT 1 FROM card c WHERE c.token >= substr(f.token, 1, 8)
            AND c.token <= substr(f.token, 1, 8) || '\xffffffffffffffffffffffffffffffffffffffffffffffffff'::bytea
            AND c.token <> f.token)
        ON CONFLICT DO NOTHING;
$$;

-- Gives cards new tokens; those that have one of that key already keep it. Returns how many were given one.
CREATE FUNCTION give_tokens(p_number bigint, p_card bytea[], p_token bytea[]) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    given bigint;
BEGIN
    WITH fresh AS (SELECT * FROM unnest(p_card, p_token) AS u (card, token)),
    noted AS (
        INSERT INTO old_token AS o
            SELECT c.card, p_number, c.token FROM fresh f JOIN card c ON c.card = f.card
            ON CONFLICT (card) DO UPDATE SET number = p_number, token = excluded.token WHERE o.number <> p_number
            RETURNING o.card)
    UPDATE card c SET token = f.token FROM fresh f JOIN noted n ON n.card = f.card WHERE c.card = f.card;
    GET DIAGNOSTICS given = ROW_COUNT;
    PERFORM note_twins_of(p_token);
    RETURN given;
END $$;
