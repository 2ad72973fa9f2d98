#pragma once

#include "core/recordid.h"
#include "storage/store.h"
#include "support/manualclock.h"

#include <QCryptographicHash>
#include <QTemporaryDir>

#include <SQLiteCpp/SQLiteCpp.h>

namespace upgradedesk::test
{

using namespace Qt::StringLiterals;

/// The store of a new desk in a folder of its own.
class StoreFixture
{
public:
    StoreFixture() { store.emplace(storage::Store::create(folder.path(), keys()).value()); }

    [[nodiscard]] storage::StoreKeys keys() const { return {deskKey, Secret(QByteArray(32, 'p'))}; }
    [[nodiscard]] Result<storage::Store> open() const
    {
        return storage::Store::open(folder.path(), keys());
    }
    void reopen()
    {
        store.reset();
        store.emplace(open().value());
    }

    [[nodiscard]] static QByteArray key(const QString &of)
    {
        return QCryptographicHash::hash(of.toUtf8(), QCryptographicHash::Sha256);
    }

    /// A record of card and person; both are free words here.
    [[nodiscard]] storage::NewRecord record(const QString &card, const QString &person,
                                            const QString &agent = {}) const
    {
        storage::NewRecord record;
        record.id = newRecordId(clock);
        record.kind = u"link"_s;
        record.operatorId = u"9001"_s;
        record.medium = u"physical"_s;
        record.quotas = {1, 1, 5};
        record.maskedName = u"测*"_s;
        record.maskedNumber = u"3104***********0000"_s;
        record.sealed = QByteArray(900, 's') + record.id.toLatin1();
        record.cardKey = key(card);
        record.personKey = key(person);
        if (!agent.isEmpty())
            record.agentKey = key(agent);
        record.at = clock.now();
        record.bootId = clock.bootId();
        record.sinceBoot = clock.sinceBoot();
        return record;
    }
    /// Takes back the record with this id, within five minutes.
    [[nodiscard]] storage::NewRecord revoke(const QString &of) const
    {
        storage::NewRecord made;
        made.id = newRecordId(clock);
        made.kind = u"revoke"_s;
        made.operatorId = u"9001"_s;
        made.of = of;
        made.undoWindow = std::chrono::minutes(5);
        made.quotas = {1, 1, 5};
        made.sealed = QByteArray(400, 'r') + made.id.toLatin1();
        made.at = clock.now();
        made.bootId = clock.bootId();
        made.sinceBoot = clock.sinceBoot();
        return made;
    }
    [[nodiscard]] storage::NewRecord phone(const QString &card, const QString &person) const
    {
        storage::NewRecord made = record(card, person);
        made.medium = u"phone"_s;
        made.slot = storage::Slot::Phone;
        return made;
    }
    /// Stores so many records of different cards and persons.
    void fill(int count)
    {
        std::vector<storage::NewRecord> records;
        for (int i = 0; i < count; ++i)
            records.push_back(
                record(u"card %1"_s.arg(m_filled + i), u"person %1"_s.arg(m_filled + i)));
        m_filled += count;
        const auto done = store->commitAll(records);
        if (!done)
            qFatal("fill failed");
    }

    /// What an intruder or a fault does, past the store.
    void tamper(const char *sql)
    {
        store.reset();
        {
            SQLite::Database database(storage::Store::fileIn(folder.path()).toStdString(),
                                      SQLite::OPEN_READWRITE);
            database.exec(sql);
        }
        store.emplace(open().value());
    }

    QTemporaryDir folder;
    KeyPair deskKey = KeyPair::generate().value();
    ManualClock clock;
    std::optional<storage::Store> store;

private:
    int m_filled = 0;
};

/// The code of a result that failed, nothing of one that did not.
template <typename T>
[[nodiscard]] std::optional<ErrorCode> codeOf(const Result<T> &result)
{
    if (result)
        return std::nullopt;
    return result.error().code;
}

} // namespace upgradedesk::test
