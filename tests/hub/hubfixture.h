#pragma once

#include "core/recordid.h"
#include "crypto/csr.h"
#include "crypto/hmac.h"
#include "crypto/seal.h"
#include "hub/desks.h"
#include "hub/recordstore.h"
#include "hub/schema.h"
#include "support/cluster.h"
#include "support/samplepeople.h"

#include <QCryptographicHash>
#include <QTemporaryDir>

namespace upgradedesk::test
{

using namespace Qt::StringLiterals;

/// A clock that stands until a test moves it.
class HubClock final : public Clock
{
public:
    [[nodiscard]] QDateTime now() const override { return time; }
    [[nodiscard]] std::chrono::milliseconds sinceBoot() const override { return {}; }

    QDateTime time = QDateTime(QDate(2022, 6, 2), QTime(2, 0), Qt::UTC);
};

inline Person person(int index)
{
    return {u"resident"_s, residentNumber(index), personName(index)};
}

/// A desk with keys of its own that seals what a test gives it.
class SigningDesk
{
public:
    void take(const wire::EnrolmentAnswer &answer)
    {
        enrolment = answer;
        certificate.emplace(Certificate::fromPem(answer.certificate).value());
        sealer.emplace(key, *certificate, Certificate::fromPem(answer.recordCertificate).value());
    }

    [[nodiscard]] wire::SealedRecord seal(const wire::Record &record) const
    {
        return {record.id, sealer->seal(wire::encodeRecord(record)).value()};
    }

    KeyPair key = KeyPair::generate().value();
    wire::EnrolmentAnswer enrolment;
    std::optional<Certificate> certificate;
    std::optional<Sealer> sealer;
};

/// What a good desk at `now` says when it links a card to a person.
inline wire::Record linkRecord(const QString &desk, const QString &hub, const Rules &rules,
                               const Clock &clock, int card, int holder)
{
    const Notice &notice = rules.currentNotice(beijingDate(clock.now()));
    wire::Record record;
    record.id = newRecordId(clock);
    record.desk = desk;
    record.hub = hub;
    record.kind = u"link"_s;
    record.seq = 1;
    record.journalHead = QByteArray(32, 'j');
    record.deskTime = clock.now().toUTC();
    record.bootTicks = 1000000;
    record.lastHubTime = clock.now().toUTC().addSecs(-60);
    record.timeTrusted = true;
    record.operatorId = u"9001"_s;
    record.rulesVersion = rules.version();
    for (const QString &purpose : notice.purposes)
        record.consents << Consent{purpose,    notice.version, notice.hash(Language::Chinese),
                                   u"zh_CN"_s, u"operator"_s,  clock.now().toUTC()};
    record.medium = u"physical"_s;
    record.cardBy = u"tap"_s;
    record.reason = u"self"_s;
    record.card = cardNumber(card);
    record.product = u"beijing-tunion"_s;
    record.holder = person(holder);
    return record;
}

/// A hub in this process on a database of its own, with an enrolled desk and operators 9001, 9002.
class HubFixture
{
public:
    HubFixture()
    {
        config.hub = u"hub-1"_s;
        config.hosts = {u"localhost"_s};
        config.database = database.connection();
        config.keys = folder.filePath(u"keys"_s);
        config.cache = folder.filePath(u"cache"_s);
        config.workers = 8;
        Database raw(config.database, 1);
        if (!hub::migrate(raw))
            qFatal("migration failed");
        auto keys = hub::HubKeys::make(config, Profile::Practice, clock);
        const auto filled = raw.transact([this](hub::Session &session) -> Result<void> {
            return hub::fillDatabase(session, u"hub-1"_s, Profile::Practice, clock.now());
        });
        if (!keys || !filled)
            qFatal("no hub");
        opened = hub::Hub::open(config, std::move(*keys), clock).value();
        desks.emplace(*opened);
        store.emplace(*opened);
        rules = opened->rules().value();
        enrol(desk);
        for (const auto &id : {u"9001"_s, u"9002"_s})
            (void)psql(database.name(),
                       u"INSERT INTO operators VALUES ('%1', '测试员', 'staff', 'station-1', 'x', "
                       "'2022-01-01')"_s.arg(id));
    }

    void enrol(SigningDesk &one)
    {
        const auto invited = desks->invite(u"station-1"_s, u"演示站"_s, u"1 号服务台"_s).value();
        const auto request = SigningRequest::make(one.key, u"desk"_s).value();
        one.take(desks->enrol({invited.code.text(), request.pem()}).value());
    }

    [[nodiscard]] hub::DeskSigner signerOf(const SigningDesk &one) const
    {
        return {one.enrolment.desk, {*one.certificate}};
    }
    [[nodiscard]] wire::Record link(int card, int holder) const { return link(desk, card, holder); }
    [[nodiscard]] wire::Record link(const SigningDesk &one, int card, int holder) const
    {
        return linkRecord(one.enrolment.desk, u"hub-1"_s, rules->newest().rules, clock, card,
                          holder);
    }
    [[nodiscard]] wire::Record revoke(const wire::Record &of) const
    {
        wire::Record record = of;
        record.kind = u"revoke"_s;
        record.id = newRecordId(clock);
        record.of = of.id;
        return record;
    }
    [[nodiscard]] wire::Record change(const QString &kind, int card, int holder) const
    {
        wire::Record record = link(card, holder);
        record.kind = kind;
        record.consents.clear();
        record.holder.name.clear();
        return record;
    }

    QList<wire::RecordResult> send(const QList<wire::SealedRecord> &records)
    {
        return send(desk, records);
    }
    QList<wire::RecordResult> send(const SigningDesk &one, const QList<wire::SealedRecord> &records)
    {
        return store->take(records, signerOf(one), clock.now()).value();
    }
    /// Empty when accepted, else the reason.
    QString send(const wire::Record &record) { return send(desk, record); }
    QString send(const SigningDesk &one, const wire::Record &record)
    {
        return send(one, {one.seal(record)}).first().reason;
    }
    [[nodiscard]] qint64 count(const QString &what) const
    {
        return psql(database.name(), u"SELECT count(*) FROM "_s + what).toLongLong();
    }

    using Database = hub::Database;
    HubClock clock;
    QTemporaryDir folder;
    ClusterDatabase database;
    hub::Config config;
    std::unique_ptr<hub::Hub> opened;
    std::optional<hub::Desks> desks;
    std::optional<hub::RecordStore> store;
    std::shared_ptr<const hub::RulesBook> rules;
    SigningDesk desk;
};

} // namespace upgradedesk::test
