-- Times in which an operator was disabled who is not any more. What was done with the number meanwhile, and came to the hub
-- only afterwards, stays refused.
CREATE TABLE operator_off (
    id text NOT NULL REFERENCES operators,
    since timestamptz NOT NULL,
    until timestamptz NOT NULL,
    PRIMARY KEY (id, since)
);

-- decide() of 010 with one more question.
DO $$
DECLARE
    old text := pg_get_functiondef('decide'::regproc);
    new text := replace(old, '(o.disabled IS NULL OR o.disabled > u.trusted)',
        '(o.disabled IS NULL OR o.disabled > u.trusted) AND NOT EXISTS (SELECT FROM operator_off f'
        ' WHERE f.id = o.id AND f.since <= u.trusted AND f.until > u.trusted)');
BEGIN
    IF new = old THEN
        RAISE EXCEPTION 'decide() is another';
    END IF;
    EXECUTE new;
END $$;
