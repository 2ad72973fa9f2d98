#include "cli/recordname.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace upgradedesk
{

Result<QString> recordNamed(storage::Store &store, const QString &word)
{
    // A slip is a small whole number, an id of a record never looks like one.
    static const QRegularExpression slip(u"^[0-9]{1,18}\\z"_s);
    if (!slip.match(word).hasMatch())
        return word;
    return store.recordOf(word.toLongLong());
}

} // namespace upgradedesk
