#pragma once

#include "crypto/cardtoken.h"
#include "sync/fakehub.h"
#include "wire/questions.h"
#include "wire/samplestream.h"

#include <QUrlQuery>

#include <map>

namespace upgradedesk::test
{

/// A hub with card states: the whole city as of each version.
class CityHub
{
public:
    CityHub()
    {
        hub.answer = [this](const FakeHub::Request &request) {
            const QUrl url(QString::fromLatin1(request.path));
            if (url.path() == u"/v1/snapshot")
                return states(QUrlQuery(url));
            return url.path() == u"/v1/gate-decisions" ? gate(request) : hub.usual(request);
        };
    }

    /// The states after the next version.
    void publish(const std::vector<CardChange> &changes)
    {
        ++version;
        for (const CardChange &change : changes)
            all[change.token] = {version, change.state};
    }

    FakeHub hub;
    quint64 version = 0;
    std::map<CardToken, std::pair<quint64, CityCardState>> all;
    QStringList asked;
    qsizetype cutAfter = -1;       ///< of the next answer only
    std::optional<KeyPair> forger; ///< signs in the hub's place

private:
    /// For a holder whose test is a day old.
    FakeHub::Reply gate(const FakeHub::Request &request)
    {
        const auto question = wire::decodeGateRequest(request.body);
        if (!question)
            return hub.problem(400, u"bad-request"_s);
        const auto found = all.find(snapshotToken(question->token));
        const bool linked = found != all.end() && found->second.second == CityCardState::Linked;
        wire::GateDecisionAnswer answer;
        answer.decision = linked ? u"pass"_s : u"manual"_s;
        answer.code = linked ? u"ok"_s : u"not-linked"_s;
        answer.message = {u"闸"_s, u"gate"_s};
        answer.asOf = hub.time();
        answer.stamp = {hub.time(), hub.epoch};
        return {200, wire::encodeGateDecisionAnswer(answer)};
    }

    FakeHub::Reply states(const QUrlQuery &query)
    {
        asked << query.toString();
        if (version == 0)
            return hub.problem(404, u"not-found"_s);
        const quint64 since = query.queryItemValue(u"since"_s).toULongLong();
        std::vector<CardChange> rows;
        for (const auto &[token, row] : all) {
            if (row.first > since && (since > 0 || row.second != CityCardState::None))
                rows.push_back({token, row.second});
        }
        wire::SnapshotHeader header = snapshotHeader(since, version, rows.size());
        header.tokenKeyId = hub.tokenKeyId;
        if (query.queryItemValue(u"to"_s).toULongLong() == version)
            header.firstBlock = query.queryItemValue(u"block"_s).toUInt();
        wire::SnapshotEncoder encoder(header, [this](QByteArrayView message) {
            return (forger ? *forger : hub.key).sign(message);
        });
        QByteArray body = encoder.begin();
        for (const CardChange &row : rows)
            body += encoder.add(row).value();
        FakeHub::Reply reply{200, body + encoder.finish().value()};
        reply.cutAfter = std::exchange(cutAfter, -1);
        return reply;
    }
};

} // namespace upgradedesk::test
