#include "cli/console.h"

#include "core/sentences.h"

#include <QJsonDocument>
#include <QStringDecoder>

#include <cstdio>

#ifdef Q_OS_UNIX
#include <unistd.h>
#else
#include <io.h>
#endif

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

bool writeLine(std::FILE *file, const QByteArray &line)
{
    const bool written =
        std::fwrite(line.constData(), 1, size_t(line.size()), file) == size_t(line.size());
    return std::fputc('\n', file) != EOF && std::fflush(file) == 0 && written;
}

/// Unbuffered on purpose: what follows the PIN belongs to whoever reads stdin next.
bool readByte(char &byte)
{
#ifdef Q_OS_UNIX
    return ::read(STDIN_FILENO, &byte, 1) == 1;
#else
    return ::_read(0, &byte, 1) == 1;
#endif
}

} // namespace

Console::Console(QString dataFolder, std::optional<Profile> profile, Language language, bool json)
    : m_dataFolder(std::move(dataFolder))
    , m_profile(profile)
    , m_language(language)
    , m_json(json)
{
}

QString Console::say(const QString &chinese, const QString &english) const
{
    return m_language == Language::Chinese ? chinese : english;
}

void Console::result(const QJsonObject &object, const QString &text) const
{
    m_resultsArrive &= writeLine(
        stdout, m_json ? QJsonDocument(object).toJson(QJsonDocument::Compact) : text.toUtf8());
}

void Console::note(const QString &text) const
{
    writeLine(stderr, text.toUtf8());
}

int Console::report(const Error &error) const
{
    note(sentence(error, m_language));
    return int(exitCode(error.code));
}

int Console::usage(const LocalText &why) const
{
    return report(Error{ErrorCode::Usage, why.english, {why.in(m_language), u"deskctl"_s}});
}

bool Console::confirmed() const
{
    constexpr qsizetype longest = 16;
    QByteArray line;
    char byte = 0;
    while (line.size() < longest && readByte(byte) && byte != '\n')
        line += byte;
    const QString word = QString::fromUtf8(line).trimmed();
    return word.compare(u"yes"_s, Qt::CaseInsensitive) == 0 || word == u"是";
}

Result<QString> Console::readPin() const
{
    constexpr qsizetype longest = 64;
    QByteArray line;
    char byte = 0;
    while (readByte(byte) && byte != '\n') {
        if (line.size() == longest)
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

} // namespace upgradedesk
