#pragma once

#include "core/localtext.h"
#include "hub/database.h"

#include <QDateTime>
#include <QStringList>

namespace upgradedesk::hub
{

/// A desk whose journal went another way than it had gone: an older folder was put in its place and
/// used, or somebody has rewritten it. Its records are evidence all the same.
struct JournalFork {
    enum class Kind {
        Rewritten, ///< an entry of the journal came once more and was another
        Cut,       ///< a newer record stands at an older end of the journal
    };

    QString desk;
    Kind kind;
    QString record;     ///< where it shows first
    QDateTime at;       ///< when the hub decided about that record
    qint64 seq = 0;     ///< the end of the journal that the record names
    qint64 seen = 0;    ///< the end that had been seen before
    qint64 records = 0; ///< how many of this desk are concerned

    [[nodiscard]] QString why() const;
    [[nodiscard]] LocalText sentence() const;
};

/// At most one of each kind for a desk.
[[nodiscard]] Result<QList<JournalFork>> journalForks(Session &session);

/// Desks that have handed in a record with a smaller number than one that came in before it, also
/// without a time that can be trusted. An older folder shows so, but so does a record that was
/// refused first and sent again: somebody has to look, nothing is proved.
[[nodiscard]] Result<QStringList> journalsThatFell(Session &session);

} // namespace upgradedesk::hub
