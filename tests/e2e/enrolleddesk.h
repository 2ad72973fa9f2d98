#pragma once

#include "crypto/csr.h"
#include "crypto/hmac.h"
#include "hub/hubfixture.h"
#include "support/hubprocess.h"

namespace upgradedesk::test
{

/// A desk that enrolled with the hub through its code.
class EnrolledDesk
{
public:
    explicit EnrolledDesk(HubProcess &hub)
    {
        const auto invited = hub.run(
            {u"desk"_s, u"invite"_s, u"--station"_s, u"station-1"_s, u"--name"_s, u"1 号服务台"_s});
        code = invited.json().value(u"code"_s).toString();
        HubConnection connection(hub.port, {hub.authority(), {}, {}});
        request =
            wire::encodeEnrolmentRequest({code, SigningRequest::make(desk.key, u"desk"_s)->pem()});
        answer = connection.post("/v1/enrolments", request);
        if (const auto decoded = wire::decodeEnrolmentAnswer(answer.body))
            desk.take(*decoded);
    }

    [[nodiscard]] ClientIdentity identity() const
    {
        return {desk.enrolment.chain, desk.enrolment.certificate,
                desk.key.pem()->view().toByteArray()};
    }
    [[nodiscard]] wire::Record link(int card, int holder) const
    {
        return linkRecord(desk.enrolment.desk, u"hub-1"_s, rules, clock, card, holder);
    }
    [[nodiscard]] QByteArray token(int card) const
    {
        return upgradedesk::token(Secret(QByteArray(desk.enrolment.secrets.tokenKey)), "card",
                                  {cardNumber(card).toUtf8()})
            .value();
    }
    [[nodiscard]] QList<wire::RecordResult> send(HubProcess &hub,
                                                 const QList<wire::SealedRecord> &records) const
    {
        HubConnection connection(hub.port, identity());
        const auto sent = connection.post("/v1/records", wire::encodeRecordsRequest(records));
        const auto decoded = wire::decodeRecordsAnswer(sent.body);
        return decoded ? decoded->results : QList<wire::RecordResult>();
    }

    SystemClock clock;
    Rules rules = Rules::load().value();
    QString code;
    QByteArray request;
    HttpAnswer answer;
    SigningDesk desk;
};

} // namespace upgradedesk::test
