#include "doctor/bundle.h"

#include "core/newfile.h"

#include <QDir>
#include <QRegularExpression>
#include <QSysInfo>

#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace upgradedesk::doctor
{

QString redacted(const QString &text)
{
    // Longer than any time, size or process id that the checks tell; a document number has seven.
    static const std::array<std::pair<QRegularExpression, QString>, 6> rules{{
        {QRegularExpression(u"/(home|Users)/[^/\\s,;:()\"]+"_s), u"/\\1/***"_s},
        {QRegularExpression(u"[^\\s<>]+@[^\\s<>]+\\.[^\\s<>]+"_s), u"[mail]"_s},
        {QRegularExpression(u"[A-Z0-9<]*<<[A-Z0-9<]*"_s), u"[zone]"_s},
        {QRegularExpression(
             u"[A-Za-z]{0,3}\\d(?:[ \\x{3000}-]?\\d){2}(?:[ \\x{3000}]?\\d){4,}[Xx]?"_s),
         u"[number]"_s},
        {QRegularExpression(u"(?:\\d{3,6}[ -]){2,}\\d{2,6}[Xx]?"_s), u"[number]"_s},
        {QRegularExpression(u"[\\p{Han}·•・]+"_s, QRegularExpression::UseUnicodePropertiesOption),
         u"[han]"_s},
    }};
    QString clean;
    clean.reserve(text.size());
    // Full-width digits are numbers, too.
    for (const QChar c : text)
        clean += c >= u'０' && c <= u'９' ? QChar(ushort(c.unicode() - 0xFEE0)) : c;
    for (const auto &[pattern, mask] : rules)
        clean.replace(pattern, mask);
    return clean;
}

QString bundleText(const QList<Check> &checks, const QDateTime &now)
{
    QString text = u"UpgradeDesk diagnostics\n"_s;
    text += u"version   " UPGRADEDESK_VERSION "\n"_s;
    text += u"time      %1\n"_s.arg(now.toUTC().toString(Qt::ISODate));
    text += u"system    %1, %2 %3\n"_s.arg(QSysInfo::prettyProductName(), QSysInfo::kernelType(),
                                           QSysInfo::kernelVersion());
    text += u"Qt        %1\n\n"_s.arg(QString::fromLatin1(qVersion()));
    for (const Check &check : checks) {
        text += u"%1  %2: %3\n"_s.arg(check.ok ? u"ok   "_s : u"WRONG"_s, check.name,
                                      check.detail.english);
        if (!check.fix.english.isEmpty())
            text += u"       -> %1\n"_s.arg(check.fix.english);
    }
    return redacted(text);
}

Result<QString> saveBundle(const QString &text, const QString &folder, const QString &name)
{
    const QString path = QDir(folder).filePath(name);
    auto file = NewFile::create(path);
    if (!file)
        return tl::unexpected(file.error());
    auto written = file->write(text.toUtf8());
    if (written)
        written = file->finish();
    if (!written)
        return tl::unexpected(written.error());
    return path;
}

} // namespace upgradedesk::doctor
