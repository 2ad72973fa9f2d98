-- Written so that the planner sees through it: extract() of a time with a zone depends on the session, and a body that
-- promises less than its function is parsed and planned anew at every call.
CREATE OR REPLACE FUNCTION ms(timestamptz) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$ SELECT round(extract(epoch FROM $1 AT TIME ZONE 'UTC') * 1000)::bigint $$;
