#include "doctor/deskchecks.h"

#include "storage/store.h"
#include "sync/deskidentity.h"
#include "sync/provisioning.h"

#include <QDir>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace upgradedesk::doctor
{
namespace
{

/// The program did not exist before, and its certificates end long before.
constexpr int earliestYear = 2022;
constexpr int latestYear = 2100;

const LocalText &supervisor()
{
    static const LocalText text{u"停止办理，保留文件夹原样，找管理员"_s,
                                u"stop work, keep the folder as it is, tell the administrator"_s};
    return text;
}

Check identityCheck(const Result<sync::DeskIdentity> &identity, bool hasDatabase)
{
    // A desk that has worked before is not provisioned again: its records would be lost.
    if (!identity && hasDatabase)
        return bad(u"identity"_s, saidOf(identity.error()), supervisor());
    if (!identity)
        return bad(u"identity"_s, saidOf(identity.error()),
                   {u"练习用：deskctl --data DIR provision --training"_s,
                    u"for practice: deskctl --data DIR provision --training"_s});
    const QString until = toBeijing(identity->validUntil()).date().toString(Qt::ISODate);
    const QString profile = profileKey(identity->profile());
    return good(u"identity"_s, {u"%1，%2，有效期至 %3"_s.arg(identity->desk(), profile, until),
                                u"%1, %2, valid until %3"_s.arg(identity->desk(), profile, until)});
}

Check keyCheck(const QString &folder)
{
    constexpr auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup |
                            QFile::ReadOther | QFile::WriteOther | QFile::ExeOther;
    const QString keys = sync::keyFolder(folder);
    if (!QFileInfo::exists(keys))
        return good(u"keys"_s, {u"还没有密钥"_s, u"no keys yet"_s});
    QStringList missing;
    QStringList exposed;
    for (const QString &path :
         {keys, sync::deskKeyFile(folder), sync::localKeyFile(folder), sync::pepperFile(folder)}) {
        const QFileInfo file(path);
        if (!file.exists())
            missing << file.fileName();
        else if (file.permissions() & others)
            exposed << file.filePath();
    }
    if (!missing.isEmpty())
        return bad(
            u"keys"_s,
            {u"缺少：%1"_s.arg(missing.join(u", "_s)), u"missing: %1"_s.arg(missing.join(u", "_s))},
            supervisor());
    if (!exposed.isEmpty())
        return bad(u"keys"_s,
                   {u"别人也能读：%1"_s.arg(exposed.join(u", "_s)),
                    u"others can read: %1"_s.arg(exposed.join(u", "_s))},
                   {u"chmod -R go= %1，并通知管理员"_s.arg(keys),
                    u"chmod -R go= %1, and tell the administrator"_s.arg(keys)});
    return good(u"keys"_s, {u"只有本用户能读；密钥未受硬件保护"_s,
                            u"readable for this user only; not protected by hardware"_s});
}

Check hubCheck(const Result<sync::DeskIdentity> &identity, const std::optional<Error> &trouble)
{
    if (!identity)
        return good(u"hub"_s, {u"还没有登记，没有查"_s, u"not provisioned, not looked at"_s});
    if (identity->profile() == Profile::Training)
        return good(u"hub"_s, {u"培训不连中心"_s, u"training has none"_s});
    if (!trouble)
        return good(u"hub"_s, {u"有应答，认得这台服务台"_s, u"answers and knows this desk"_s});
    if (trouble->code == ErrorCode::HubRefusesDesk)
        return bad(u"hub"_s, saidOf(*trouble), supervisor());
    return bad(u"hub"_s, saidOf(*trouble),
               {u"照常办理；长时间不通，用 deskctl queue export FILE 把加密的记录拷到 U 盘"_s,
                u"work as usual; if it lasts, deskctl queue export FILE writes the sealed records "
                "to a stick"_s});
}

/// `newest` is the time of the last journal entry, if there is one.
Check clockCheck(const QDateTime &now, const std::optional<QDateTime> &newest)
{
    const LocalText fix{u"校准电脑时间（timedatectl set-ntp true）"_s,
                        u"set the clock of the machine (timedatectl set-ntp true)"_s};
    const QString shown = toBeijing(now).toString(Qt::ISODate);
    if (now.date().year() < earliestYear || now.date().year() > latestYear)
        return bad(u"clock"_s,
                   {u"不可能的时间：%1"_s.arg(shown), u"an impossible time: %1"_s.arg(shown)}, fix);
    if (newest && now < *newest)
        return bad(u"clock"_s,
                   {u"%1，比最后一条日志还早"_s.arg(shown),
                    u"%1, which is before the last journal entry"_s.arg(shown)},
                   fix);
    return good(u"clock"_s, {shown, shown});
}

std::optional<QDateTime> newestEntry(storage::Store &store)
{
    std::optional<QDateTime> newest;
    const auto read = store.eachEntry([&newest](const storage::JournalEntry &entry) {
        newest = entry.at;
        return true;
    });
    return read ? newest : std::nullopt;
}

QList<Check> storeChecks(Result<storage::Store> &store)
{
    if (!store)
        return {bad(u"database"_s, saidOf(store.error()), supervisor()),
                bad(u"journal"_s, {u"没有查"_s, u"not looked at"_s}, supervisor())};
    const auto verified = store->verify();
    if (!verified)
        return {bad(u"database"_s, saidOf(verified.error()), supervisor()),
                bad(u"journal"_s, {u"没有查"_s, u"not looked at"_s}, supervisor())};
    QList<Check> checks{good(u"database"_s, {u"结构完好"_s, u"its structure is sound"_s})};
    if (verified->ok())
        checks << good(u"journal"_s, {u"%1 条，全部连续完好"_s.arg(verified->entries),
                                      u"%1 entries, all sound"_s.arg(verified->entries)});
    else
        checks << bad(u"journal"_s,
                      {u"第 %1 条对不上"_s.arg(*verified->firstBad),
                       u"entry %1 is wrong"_s.arg(*verified->firstBad)},
                      supervisor());
    return checks;
}

} // namespace

bool isTrainingDesk(const QString &dataFolder)
{
    const auto provisioning = sync::Provisioning::load(dataFolder);
    return provisioning && provisioning->profile == Profile::Training;
}

QList<Check> quickDeskChecks(const QString &dataFolder, const Clock &clock)
{
    const auto identity = sync::DeskIdentity::load(dataFolder, clock);
    const bool hasDatabase = QFileInfo::exists(storage::Store::fileIn(dataFolder));
    return {identityCheck(identity, hasDatabase), keyCheck(dataFolder),
            clockCheck(clock.now(), {})};
}

QList<Check> deskChecks(const QString &dataFolder, const Clock &clock,
                        const std::optional<Error> &hubTrouble)
{
    const auto identity = sync::DeskIdentity::load(dataFolder, clock);
    const bool hasDatabase = QFileInfo::exists(storage::Store::fileIn(dataFolder));
    QList<Check> checks{identityCheck(identity, hasDatabase), keyCheck(dataFolder),
                        hubCheck(identity, hubTrouble)};
    if (!identity && hasDatabase) {
        const LocalText shut{u"身份不可用，没有查"_s, u"no usable identity, not looked at"_s};
        checks << clockCheck(clock.now(), {}) << bad(u"database"_s, shut, supervisor())
               << bad(u"journal"_s, shut, supervisor());
        return checks;
    }
    if (!identity) {
        const LocalText none{u"还没有登记，没有查"_s, u"not provisioned, not looked at"_s};
        checks << clockCheck(clock.now(), {}) << good(u"database"_s, none)
               << good(u"journal"_s, none);
        return checks;
    }
    auto store = storage::Store::open(dataFolder, identity->storeKeys());
    checks << clockCheck(clock.now(), store ? newestEntry(*store) : std::nullopt);
    return checks << storeChecks(store);
}

} // namespace upgradedesk::doctor
