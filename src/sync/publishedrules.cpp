#include "sync/publishedrules.h"

#include "crypto/privatefile.h"
#include "sync/hubclient.h"

#include <QFile>

using namespace Qt::StringLiterals;

namespace upgradedesk::sync
{
namespace
{

QString rulesFile(const QString &folder)
{
    return folder + u"/rules.signed"_s;
}

} // namespace

Result<void> savePublishedRules(const QString &folder, const wire::SignedDocument &document)
{
    return replacePrivateFile(rulesFile(folder), wire::encodeDocument(document));
}

std::optional<QByteArray> loadPublishedRules(const QString &folder, const DeskIdentity &identity)
{
    QFile file(rulesFile(folder));
    if (!file.open(QIODevice::ReadOnly))
        return std::nullopt;
    const auto document = wire::decodeDocument(file.read(wire::largestDocument + 1));
    if (!document || !checkDocument(*document, u"rules"_s, identity))
        return std::nullopt;
    return document->body;
}

} // namespace upgradedesk::sync
