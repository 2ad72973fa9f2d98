#pragma once

#include "hub/hub.h"
#include "wire/questions.h"

namespace upgradedesk::hub
{

/// Counts a question of `subject` in the span that `now` lies in; false when that would be more
/// than `limit`. Kept in the database, so that it holds over all processes of the hub.
[[nodiscard]] Result<bool> useQuota(Hub &hub, const QString &subject, int spanSeconds, int count,
                                    int limit);

[[nodiscard]] Result<wire::CardStatusAnswer> cardStatus(Hub &hub, const QList<QByteArray> &tokens);

/// What a gate would do, by the function the desk uses.
[[nodiscard]] Result<wire::GateDecisionAnswer> gateDecision(Hub &hub,
                                                            const wire::GateRequest &request);

} // namespace upgradedesk::hub
