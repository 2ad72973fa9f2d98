#include "hub/console.h"

#include "core/sentences.h"

#include <QJsonDocument>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace upgradedesk::hub
{
namespace
{

void writeLine(std::FILE *file, QByteArray line)
{
    line += '\n';
    std::fwrite(line.constData(), 1, size_t(line.size()), file);
    std::fflush(file);
}

} // namespace

void Console::result(const QJsonObject &object, const LocalText &text) const
{
    writeLine(stdout,
              m_json ? QJsonDocument(object).toJson(QJsonDocument::Compact) : say(text).toUtf8());
}

void Console::note(const LocalText &text) const
{
    writeLine(stderr, say(text).toUtf8());
}

int Console::report(const Error &error) const
{
    writeLine(stderr, sentence(error, m_language).toUtf8());
    return int(exitCode(error.code));
}

int Console::usage(const LocalText &why) const
{
    return report(Error{ErrorCode::Usage, why.english, {say(why), u"upgradehub"_s}});
}

} // namespace upgradedesk::hub
