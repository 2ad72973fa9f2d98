-- Which lines of the ledger beside the keys this database knows of: a restore does the others again.
CREATE TABLE ledger (id uuid PRIMARY KEY);

-- Hubs that were made without them: versions of snapshots begin beyond all that were given out.
INSERT INTO setting SELECT 'snapshot-base', (floor(extract(epoch FROM now()))::bigint * 1000)::text
    FROM setting WHERE name = 'hub' ON CONFLICT DO NOTHING;
INSERT INTO setting SELECT 'snapshot-floor', (value::bigint + pg_current_xact_id()::text::bigint)::text
    FROM setting WHERE name = 'snapshot-base' ON CONFLICT DO NOTHING;
