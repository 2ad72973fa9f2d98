#include "doctor/systemchecks.h"

#include "card/catalogue.h"
#include "core/sentences.h"
#include "identity/documentkinds.h"
#include "sync/publishedrules.h"

#include <QDirIterator>
#include <QFileInfo>
#include <QRegularExpression>
#include <QStandardPaths>

#include <algorithm>
#include <filesystem>
#include <system_error>

using namespace Qt::StringLiterals;

namespace upgradedesk::doctor
{
namespace
{

constexpr qint64 mebibyte = 1024 * 1024;
/// Some 100,000 records; with less, somebody should look while work still goes on.
constexpr qint64 littleRoom = 200 * mebibyte;

template <typename Data>
Check loads(const QString &name, const Result<Data> &data, const QString &version)
{
    if (data)
        return good(name, {u"读取正常"_s + version, u"loads"_s + version});
    // The sentence says what is wrong and what to do.
    const LocalText why{sentence(data.error(), Language::Chinese),
                        sentence(data.error(), Language::English)};
    return bad(name, why, {u"重新安装程序"_s, u"install the program again"_s});
}

} // namespace

Check diskCheck(qint64 available, qint64 total)
{
    const auto size = [](qint64 bytes) { return QString::number(bytes / mebibyte); };
    const LocalText detail{u"可用 %1 MiB，共 %2 MiB"_s.arg(size(available), size(total)),
                           u"%1 MiB free of %2 MiB"_s.arg(size(available), size(total))};
    if (available >= littleRoom)
        return good(u"disk"_s, detail);
    return bad(
        u"disk"_s, detail,
        {u"腾出空间；写满以后要停止办理"_s, u"free space; once it is full the work stops"_s});
}

Check diskCheck(const QString &dataFolder)
{
    QFileInfo folder(dataFolder);
    while (!folder.exists() && folder.path() != folder.filePath())
        folder.setFile(folder.path());
    // The list of mounted volumes is not complete everywhere (chroot); the folder itself can be
    // asked.
    std::error_code unknown;
    const auto space = std::filesystem::space(
        std::filesystem::path(folder.absoluteFilePath().toStdU16String()), unknown);
    if (unknown)
        return diskCheck(0, 0);
    return diskCheck(qint64(space.available), qint64(space.capacity));
}

Check fontCheck(const QStringList &folders)
{
    static const QRegularExpression chinese(u"^(NotoSansCJK|NotoSansSC|SourceHanSans|msyh)"_s,
                                            QRegularExpression::CaseInsensitiveOption);
    for (const QString &folder : folders) {
        QDirIterator walk(folder, {u"*.ttc"_s, u"*.otf"_s, u"*.ttf"_s, u"*.otc"_s}, QDir::Files,
                          QDirIterator::Subdirectories);
        while (walk.hasNext()) {
            walk.next();
            if (chinese.match(walk.fileName()).hasMatch())
                return good(u"fonts"_s, {u"有中文字体：%1"_s.arg(walk.fileName()),
                                         u"a Chinese font: %1"_s.arg(walk.fileName())});
        }
    }
    return bad(
        u"fonts"_s, {u"没有找到中文字体"_s, u"no Chinese font was found"_s},
        {u"sudo apt-get install fonts-noto-cjk"_s, u"sudo apt-get install fonts-noto-cjk"_s});
}

QStringList fontFolders()
{
    return QStandardPaths::standardLocations(QStandardPaths::FontsLocation) +
           QStringList{u"/usr/share/fonts"_s, u"/usr/local/share/fonts"_s};
}

Check rulesCheck(const Result<Rules> &rules, bool ofHub, QDate day)
{
    if (!rules)
        return loads(u"rules"_s, rules, {});
    const LocalText version = ofHub ? LocalText{u"中心发布的 %1"_s.arg(rules->version()),
                                                u"%1 of the hub"_s.arg(rules->version())}
                                    : LocalText{u"随程序的 %1"_s.arg(rules->version()),
                                                u"%1 of this program"_s.arg(rules->version())};
    if (const auto since = rules->inForceSince(day)) {
        const QString date = since->toString(Qt::ISODate);
        return good(u"rules"_s, {version.chinese + u"，今天适用的自 %1 起"_s.arg(date),
                                 version.english + u", as today since %1"_s.arg(date)});
    }
    const QString begin = rules->from().toString(Qt::ISODate);
    return bad(u"rules"_s,
               {version.chinese + u"，%1 起才适用"_s.arg(begin),
                version.english + u", not in force before %1"_s.arg(begin)},
               {u"校准电脑时间（timedatectl set-ntp true）"_s,
                u"set the clock of the machine (timedatectl set-ntp true)"_s});
}

QList<Check> dataFileChecks(const QString &dataFolder, const Clock &clock)
{
    const auto catalogue = Catalogue::load();
    const auto identity = sync::DeskIdentity::load(dataFolder, clock);
    const auto published =
        identity ? sync::loadPublishedRules(dataFolder, *identity) : std::nullopt;
    // As at the start of the window: those it cannot read are not in force.
    const auto ofHub = published
                           ? Rules::parse(*published, u"rules of the hub"_s)
                           : Result<Rules>(fail(ErrorCode::FileUnreadable, u"none published"_s));
    const auto rules = ofHub ? ofHub : Rules::load();
    const auto documents = DocumentKinds::load();
    const auto version = [](const QString &text) { return text.isEmpty() ? text : u", "_s + text; };
    return {loads(u"catalogue"_s, catalogue, catalogue ? version(catalogue->version()) : QString()),
            rulesCheck(rules, ofHub.has_value(), beijingDate(clock.now())),
            loads(u"documents"_s, documents, {})};
}

} // namespace upgradedesk::doctor
