#include "cli/console.h"

#include "core/sentences.h"
#include "core/standardinput.h"

#include <QJsonDocument>

#include <cstdio>

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
    line(m_json ? QJsonDocument(object).toJson(QJsonDocument::Compact) : text.toUtf8());
}

void Console::line(const QByteArray &text) const
{
    m_resultsArrive &= writeLine(stdout, text);
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
    while (line.size() < longest && readInputByte(byte) && byte != '\n')
        line += byte;
    const QString word = QString::fromUtf8(line).trimmed();
    return word.compare(u"yes"_s, Qt::CaseInsensitive) == 0 || word == u"是";
}

} // namespace upgradedesk
