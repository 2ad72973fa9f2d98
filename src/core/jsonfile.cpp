#include "core/jsonfile.h"

#include <QFile>
#include <QHash>
#include <QJsonDocument>
#include <QJsonParseError>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

constexpr qint64 largestFile = 16 * 1024 * 1024;

/// Walks text that is known to be valid JSON and notes the line on which each value starts.
class LineFinder
{
public:
    explicit LineFinder(const QByteArray &text)
        : m_text(text)
    {
    }

    QHash<QString, int> find()
    {
        value(QString());
        return std::move(m_lines);
    }

private:
    void space()
    {
        while (m_at < m_text.size() && QByteArrayView(" \t\r\n").contains(m_text[m_at]))
            step();
    }

    void step()
    {
        if (m_text[m_at] == '\n')
            ++m_line;
        ++m_at;
    }

    QString string()
    {
        const qsizetype from = m_at++;
        while (m_text[m_at] != '"')
            m_at += m_text[m_at] == '\\' ? 2 : 1;
        ++m_at;
        // Keys in our files are plain; an escaped one only loses its line number.
        return QString::fromUtf8(m_text.mid(from + 1, m_at - from - 2));
    }

    void value(const QString &path)
    {
        space();
        m_lines.insert(path, m_line);
        const char first = m_text[m_at];
        if (first == '{' || first == '[') {
            const char last = first == '{' ? '}' : ']';
            step();
            space();
            for (int index = 0; m_text[m_at] != last; ++index) {
                QString key = QString::number(index);
                if (first == '{') {
                    key = string();
                    space();
                    step(); // the colon
                }
                value(path.isEmpty() ? key : path + u'/' + key);
                space();
                if (m_text[m_at] == ',')
                    step();
                space();
            }
            step();
        } else if (first == '"') {
            string();
        } else {
            while (m_at < m_text.size() && !QByteArrayView(",]} \t\r\n").contains(m_text[m_at]))
                ++m_at;
        }
    }

    const QByteArray &m_text;
    qsizetype m_at = 0;
    int m_line = 1;
    QHash<QString, int> m_lines;
};

} // namespace

Result<JsonFile> JsonFile::load(const QString &path, ErrorCode unreadable, ErrorCode invalid)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return fail(unreadable, path + u": "_s + file.errorString(), {path});
    if (file.size() > largestFile)
        return fail(unreadable, path + u": larger than 16 MiB"_s, {path});
    return parse(file.readAll(), path, invalid);
}

Result<JsonFile> JsonFile::parse(const QByteArray &text, const QString &name, ErrorCode invalid)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(text, &error);
    if (error.error != QJsonParseError::NoError) {
        const auto line = text.left(error.offset).count('\n') + 1;
        return fail(invalid, name + u": "_s + error.errorString(),
                    {name, QString::number(line), error.errorString()});
    }
    if (!document.isObject())
        return fail(invalid, name + u": no object"_s, {name, u"1"_s, u"not a JSON object"_s});

    JsonFile file;
    file.m_name = name;
    file.m_invalid = invalid;
    file.m_root = document.object();
    file.m_text = text;
    return file;
}

int JsonFile::lineOf(const QString &path) const
{
    const QHash<QString, int> lines = LineFinder(m_text).find();
    QString nearest = path;
    while (!lines.contains(nearest)) {
        const qsizetype slash = nearest.lastIndexOf(u'/');
        nearest = slash < 0 ? QString() : nearest.left(slash);
    }
    return lines.value(nearest);
}

Error JsonFile::schemaError(const QString &path, const QString &why) const
{
    const QString line = QString::number(lineOf(path));
    return Error{m_invalid,
                 m_name + u':' + line + u": "_s + path + u": "_s + why,
                 {m_name, line, path.isEmpty() ? why : path + u": "_s + why}};
}

} // namespace upgradedesk
