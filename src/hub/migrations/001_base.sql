-- People and cards are here as tokens only (HMAC-SHA-256 under keys of the hub's key folder). Every table that grows with
-- cards or people has the token it is looked up by as the head of its primary key, so that it can be hash-partitioned.

CREATE FUNCTION ms(timestamptz) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$ SELECT round(extract(epoch FROM $1) * 1000)::bigint $$;

CREATE TABLE setting (name text PRIMARY KEY, value text NOT NULL);

CREATE TABLE station (id text PRIMARY KEY, name text NOT NULL);

CREATE TABLE desk (
    id text PRIMARY KEY,
    name text NOT NULL,
    station text NOT NULL REFERENCES station,
    invited timestamptz NOT NULL,
    enrolled timestamptz,
    revoked timestamptz);

-- A code is known by its first part; the whole is kept as a hash only.
CREATE TABLE invitation (
    desk text PRIMARY KEY REFERENCES desk,
    lookup text NOT NULL UNIQUE,
    code_hash bytea NOT NULL,
    expires timestamptz NOT NULL,
    tries integer NOT NULL DEFAULT 0,
    request_key bytea); -- SHA-256 of the public key that has used it

CREATE TABLE desk_certificate (
    fingerprint bytea PRIMARY KEY,
    desk text NOT NULL REFERENCES desk,
    pem text NOT NULL,
    issued timestamptz NOT NULL);
CREATE INDEX ON desk_certificate (desk);

CREATE TABLE operators (
    id text PRIMARY KEY,
    name text NOT NULL,
    role text NOT NULL CHECK (role IN ('staff', 'supervisor', 'administrator')),
    station text NOT NULL REFERENCES station,
    verifier text NOT NULL,
    added timestamptz NOT NULL,
    disabled timestamptz);

-- Rules and rosters as they were published; a version is never given twice and never falls.
CREATE TABLE published (
    kind text NOT NULL,
    scope text NOT NULL,
    version bigint NOT NULL,
    body bytea NOT NULL,
    at timestamptz NOT NULL,
    PRIMARY KEY (kind, scope, version));

-- The sealed evidence, exactly as it came in.
CREATE TABLE envelope (
    id uuid PRIMARY KEY,
    desk text NOT NULL,
    sha256 bytea NOT NULL,
    received timestamptz NOT NULL,
    sealed bytea NOT NULL);
ALTER TABLE envelope ALTER COLUMN sealed SET STORAGE EXTERNAL;

-- What was decided about it. `live` says whether what it did still holds.
CREATE TABLE records (
    id uuid PRIMARY KEY,
    desk text NOT NULL,
    kind text NOT NULL,
    operator text NOT NULL,
    at timestamptz NOT NULL,
    reason text, -- NULL: accepted
    live boolean NOT NULL,
    trusted timestamptz NOT NULL,
    time_trusted boolean NOT NULL,
    ticks bigint NOT NULL,
    seq bigint NOT NULL,
    journal_head bytea NOT NULL,
    of uuid,
    depth smallint NOT NULL DEFAULT 0, -- of a revoke: how many it stands upon
    card bytea,
    card_token bytea,
    token_key bigint,
    state text,
    old_card bytea,
    person bytea,
    slot text,
    medium text,
    agent bytea,
    ended_by uuid); -- the unlink or replace that ended it
CREATE INDEX record_of_card ON records (card) WHERE live AND card IS NOT NULL;
CREATE INDEX record_of_desk ON records (desk, id);
CREATE INDEX record_ended ON records (ended_by) WHERE ended_by IS NOT NULL;

-- A card is linked to at most one person: there is one row of it.
CREATE TABLE card (
    card bytea PRIMARY KEY,
    token bytea NOT NULL UNIQUE, -- under the city's key, as desks know it
    state text NOT NULL,
    person bytea,
    slot text,
    place smallint,
    agent bytea,
    agent_place smallint,
    record uuid,
    since timestamptz,
    changed xid8 NOT NULL DEFAULT pg_current_xact_id());
CREATE INDEX card_changed ON card (changed);

-- Places of a person: 1 to the limit of the rules. Two cards cannot have one place.
CREATE TABLE holding (
    person bytea NOT NULL,
    slot text NOT NULL CHECK (slot IN ('physical', 'phone')),
    place smallint NOT NULL CHECK (place >= 1),
    card bytea NOT NULL,
    PRIMARY KEY (person, slot, place));

-- The same for links that somebody made on behalf of others.
CREATE TABLE agency (
    agent bytea NOT NULL,
    place smallint NOT NULL CHECK (place >= 1),
    card bytea NOT NULL,
    PRIMARY KEY (agent, place));

CREATE TABLE health (
    person bytea PRIMARY KEY,
    level text NOT NULL CHECK (level IN ('normal', 'abnormal', 'no-result')),
    test_day date,
    as_of timestamptz NOT NULL,
    source text NOT NULL,
    fetched timestamptz NOT NULL);

-- Persons whose result the hub has to look up; the document is in the record's envelope.
CREATE TABLE health_task (
    person bytea PRIMARY KEY,
    record uuid NOT NULL,
    due timestamptz NOT NULL,
    tries integer NOT NULL DEFAULT 0);
CREATE INDEX ON health_task (due);

-- How often somebody has asked something in a span of time.
CREATE TABLE quota (
    subject text NOT NULL,
    span timestamptz NOT NULL,
    used integer NOT NULL,
    PRIMARY KEY (subject, span));

-- Who did what to the hub itself, and what looked wrong. Nobody's personal data.
CREATE TABLE event (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL,
    what text NOT NULL,
    desk text,
    detail text NOT NULL DEFAULT '');

-- New tokens of cards while a token key is being replaced.
CREATE TABLE retoken (card bytea PRIMARY KEY, token bytea NOT NULL);

-- Questions about persons: each id is answered once, and one that no record followed is reported.
CREATE TABLE question (
    id uuid PRIMARY KEY,
    kind text NOT NULL,
    desk text NOT NULL,
    operator text NOT NULL,
    record uuid NOT NULL,
    at timestamptz NOT NULL);
CREATE INDEX ON question (at);
