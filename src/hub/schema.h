#pragma once

#include "hub/database.h"

namespace upgradedesk::hub
{

/// Number of the newest migration this program knows.
[[nodiscard]] int newestSchema();

/// Brings the database up to this program's schema, each migration in one transaction; two programs
/// may try at once. Fails with SchemaTooNew.
[[nodiscard]] Result<void> migrate(Database &database);

/// SchemaMissing, SchemaOld or SchemaTooNew when the database is not of this program.
[[nodiscard]] Result<void> checkSchema(Session &database);

} // namespace upgradedesk::hub
