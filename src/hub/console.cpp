#include "hub/console.h"

#include "core/sentences.h"

#include <QJsonDocument>
#include <QStringDecoder>

#include <cstdio>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace upgradedesk::hub
{
namespace
{

constexpr qsizetype longestPin = 64;

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

int Console::report(const Error &error) const
{
    writeLine(stderr, sentence(error, m_language).toUtf8());
    return int(exitCode(error.code));
}

int Console::usage(const LocalText &why) const
{
    return report(Error{ErrorCode::Usage, why.english, {say(why), u"upgradehub"_s}});
}

Result<QString> Console::readPin()
{
    QByteArray line;
    char byte = 0;
    while (::read(STDIN_FILENO, &byte, 1) == 1 && byte != '\n') {
        if (line.size() == longestPin)
            return fail(ErrorCode::PinUnreadable, u"first line of stdin is too long"_s);
        line += byte;
    }
    if (line.endsWith('\r'))
        line.chop(1);
    QStringDecoder decoder(QStringConverter::Utf8);
    const QString pin = decoder.decode(line);
    line.fill('\0');
    if (decoder.hasError())
        return fail(ErrorCode::PinUnreadable, u"first line of stdin is not UTF-8"_s);
    if (pin.trimmed().isEmpty())
        return fail(ErrorCode::PinMissing, u"no PIN on stdin"_s);
    return pin;
}

} // namespace upgradedesk::hub
