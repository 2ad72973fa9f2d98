-- Snapshots know a card by the first eight bytes of its token. Cards that share them, once in many cities, are noted here:
-- a snapshot says one state for all of them, and only one that is true of each.
CREATE TABLE twin (prefix bytea PRIMARY KEY);

CREATE FUNCTION note_twins() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO twin SELECT DISTINCT substr(f.token, 1, 8) FROM fresh f
        WHERE EXISTS (SELECT 1 FROM card c WHERE c.token >= substr(f.token, 1, 8)
            AND c.token <= substr(f.token, 1, 8) || '\xffffffffffffffffffffffffffffffffffffffffffffffffff'::bytea
            AND c.token <> f.token)
        ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER card_twins AFTER INSERT ON card REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION note_twins();

-- All tokens are new, or there were cards before there was this table.
CREATE FUNCTION find_twins() RETURNS void LANGUAGE sql AS $$
    DELETE FROM twin;
    INSERT INTO twin SELECT DISTINCT substr(t.token, 1, 8)
        FROM (SELECT token, lag(token) OVER (ORDER BY token) AS before FROM card) AS t
        WHERE substr(t.token, 1, 8) = substr(t.before, 1, 8);
$$;
SELECT find_twins();
