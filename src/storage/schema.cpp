#include "storage/schema.h"

#include <array>

namespace upgradedesk::storage
{
namespace
{

constexpr auto first = R"sql(
CREATE TABLE outbox (
    record TEXT PRIMARY KEY NOT NULL,
    slip INTEGER NOT NULL UNIQUE CHECK (slip > 0),
    kind TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'sending', 'accepted', 'attention')),
    queued_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    next_try INTEGER,
    reason TEXT NOT NULL DEFAULT '',
    operator TEXT NOT NULL,
    medium TEXT NOT NULL,
    slot TEXT NOT NULL CHECK (slot IN ('physical', 'phone')),
    active INTEGER NOT NULL DEFAULT 1,
    masked_name TEXT NOT NULL,
    masked_number TEXT NOT NULL,
    card_key BLOB NOT NULL,
    person_key BLOB NOT NULL,
    agent_key BLOB,
    sealed BLOB NOT NULL
) STRICT;
CREATE INDEX outbox_by_state ON outbox (state, queued_at);
CREATE INDEX outbox_by_card ON outbox (card_key) WHERE active = 1;
CREATE INDEX outbox_by_person ON outbox (person_key) WHERE active = 1;
CREATE INDEX outbox_by_agent ON outbox (agent_key) WHERE active = 1 AND agent_key IS NOT NULL;

CREATE TABLE journal (
    seq INTEGER PRIMARY KEY NOT NULL,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    record TEXT NOT NULL,
    slip INTEGER NOT NULL,
    operator TEXT NOT NULL,
    medium TEXT NOT NULL,
    content_hash BLOB NOT NULL,
    row_hash BLOB NOT NULL,
    previous BLOB NOT NULL,
    hash BLOB NOT NULL
) STRICT;
CREATE TABLE checkpoint (
    seq INTEGER PRIMARY KEY NOT NULL,
    hash BLOB NOT NULL,
    signature BLOB NOT NULL
) STRICT;
CREATE TABLE head (
    only INTEGER PRIMARY KEY NOT NULL CHECK (only = 1),
    seq INTEGER NOT NULL,
    hash BLOB NOT NULL,
    slip INTEGER NOT NULL
) STRICT;
INSERT INTO head VALUES (1, 0, zeroblob(32), 0);

CREATE TABLE counter (
    day INTEGER NOT NULL,
    operator TEXT NOT NULL,
    kind TEXT NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (day, operator, kind)
) STRICT, WITHOUT ROWID;

CREATE TABLE operator (
    id TEXT PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    verifier TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE attempt (
    operator TEXT PRIMARY KEY NOT NULL REFERENCES operator (id) ON DELETE CASCADE,
    failures INTEGER NOT NULL,
    locked_at INTEGER,
    locked_for INTEGER
) STRICT, WITHOUT ROWID;
)sql";

/// Which cards were read here on one Beijing day: keys only, so that a number typed later can be
/// recognised, and nothing can be listed.
constexpr auto second = R"sql(
CREATE TABLE reading (
    day INTEGER NOT NULL,
    card_key BLOB NOT NULL,
    read_at INTEGER NOT NULL,
    PRIMARY KEY (day, card_key)
) STRICT, WITHOUT ROWID;
)sql";

/// Taking records back. What was stored before has no boot and so cannot be taken back.
constexpr auto third = R"sql(
ALTER TABLE outbox ADD COLUMN revokes TEXT;
ALTER TABLE outbox ADD COLUMN boot TEXT NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN boot_ticks INTEGER NOT NULL DEFAULT 0;
CREATE UNIQUE INDEX outbox_by_revoked ON outbox (revokes) WHERE revokes IS NOT NULL;
CREATE INDEX outbox_by_operator ON outbox (operator, slip);
)sql";

/// What was taken back is counted at each look at the day's figures.
constexpr auto fourth = R"sql(
CREATE INDEX outbox_undone ON outbox (operator, kind, queued_at) WHERE active = 0;
)sql";

/// What the hub says of the records, and of itself. `settled` is the journal's entry that says why
/// a row stands where it does; `told_…` is when the hub told its time, on the clock since boot.
constexpr auto fifth = R"sql(
ALTER TABLE outbox ADD COLUMN settled INTEGER;
ALTER TABLE outbox ADD COLUMN judged_at INTEGER;
ALTER TABLE outbox ADD COLUMN receipt BLOB;
ALTER TABLE outbox ADD COLUMN epoch TEXT NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN failures INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN void INTEGER NOT NULL DEFAULT 0;
CREATE INDEX outbox_waiting ON outbox (slip) WHERE state IN ('queued', 'sending');
CREATE TABLE hub (
    only INTEGER PRIMARY KEY NOT NULL CHECK (only = 1),
    epoch TEXT NOT NULL DEFAULT '',
    told_time INTEGER,
    told_boot TEXT NOT NULL DEFAULT '',
    told_ticks INTEGER,
    next_try INTEGER,
    last_success INTEGER
) STRICT;
INSERT INTO hub (only) VALUES (1);
CREATE TABLE document (
    kind TEXT PRIMARY KEY NOT NULL,
    version INTEGER NOT NULL,
    message BLOB NOT NULL
) STRICT, WITHOUT ROWID;
)sql";

/// Unlink and replace name the card whose link they end. What they end is not written down: a link
/// counts unless a later row that counts ends it, so that a refused or revoked one ends nothing.
constexpr auto sixth = R"sql(
ALTER TABLE outbox ADD COLUMN ends_card BLOB;
CREATE INDEX outbox_by_ended_card ON outbox (ends_card, slip) WHERE ends_card IS NOT NULL;
CREATE VIEW link AS SELECT * FROM outbox AS one
    WHERE active = 1 AND state <> 'attention' AND kind NOT IN ('unlink', 'revoke') AND NOT EXISTS
        (SELECT 1 FROM outbox AS later WHERE later.ends_card = one.card_key AND later.slip > one.slip
            AND later.active = 1 AND later.state <> 'attention');
)sql";

constexpr std::array all{first, second, third, fourth, fifth, sixth};

} // namespace

std::span<const char *const> migrations()
{
    return all;
}

} // namespace upgradedesk::storage
