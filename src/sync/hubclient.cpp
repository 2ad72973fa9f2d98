#include "sync/hubclient.h"

#include "core/recordid.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace upgradedesk::sync
{
namespace
{

constexpr HubLimits forRecords{20s, wire::largestAnswer};
constexpr HubLimits forQuestions{5s, wire::largestQuestion};
constexpr HubLimits forDocuments{20s, wire::largestDocument};
constexpr HubLimits forKeys{10s, wire::largestEnrolment};

} // namespace

Result<void> checkDocument(const wire::SignedDocument &document, const QString &kind,
                           const DeskIdentity &identity)
{
    const auto signer = Certificate::fromPem(document.certificate);
    const QString scope = kind == u"roster" ? identity.station() : QString();
    if (!signer || document.kind != kind || document.scope != scope ||
        document.hub != identity.hub() || signer->commonName() != identity.hub() ||
        !signer->hasRole(identity.profile(), CertificateRole::Hub) ||
        !signer->isSignedBy(identity.authority()) ||
        !signer->verifies(wire::signedBytes(document), document.signature))
        return fail(ErrorCode::SignatureInvalid, u"a document is not of this hub"_s);
    return {};
}

Result<std::unique_ptr<HubClient>> HubClient::make(const DeskIdentity &identity, const Clock &clock)
{
    const QUrl hub(identity.hubUrl(), QUrl::StrictMode);
    if (identity.profile() == Profile::Training)
        return fail(ErrorCode::HubAbsent, u"a desk in training has no hub"_s);
    if (hub.scheme() != u"https" || hub.host().isEmpty())
        return fail(ErrorCode::HubAddressMissing, u"where the hub is reached is not known"_s);
    const auto trust = HubTrust::of(identity);
    if (!trust)
        return tl::unexpected(trust.error());
    return std::unique_ptr<HubClient>(new HubClient(identity, clock, *trust));
}

HubClient::HubClient(const DeskIdentity &identity, const Clock &clock, HubTrust trust)
    : m_identity(identity)
    , m_clock(clock)
    , m_connection(QUrl(identity.hubUrl(), QUrl::StrictMode), std::move(trust))
{
}

template <typename T, typename Decode>
HubConnection::Handler HubClient::decoding(Decode decode, const Handler<T> &handler)
{
    return [this, decode, handler](const HubResult<HubAnswer> &answer) {
        if (!answer) {
            handler(tl::unexpected(answer.error()));
            return;
        }
        if (answer->hubTime.isValid())
            emit heard(answer->hubTime, answer->epoch);
        Result<T> decoded = decode(*answer);
        if (decoded)
            handler(*std::move(decoded));
        else
            handler(tl::unexpected(hubFailed(u"answer-unreadable"_s)));
    };
}

template <typename T>
void HubClient::refuse(const Handler<T> &handler, const Error &error)
{
    // Later, as every other answer comes.
    QMetaObject::invokeMethod(
        this,
        [handler, error] {
            handler(tl::unexpected(HubTrouble{error, 0, {}, {}}));
        },
        Qt::QueuedConnection);
}

void HubClient::sendRecords(const QList<wire::SealedRecord> &records,
                            const Handler<Judged> &handler)
{
    m_connection.post(u"/v1/records"_s, wire::encodeRecordsRequest(records), forRecords,
                      decoding<Judged>(
                          [](const HubAnswer &answer) -> Result<Judged> {
                              const auto decoded = wire::decodeRecordsAnswer(answer.body);
                              if (!decoded)
                                  return tl::unexpected(decoded.error());
                              return Judged{*decoded, answer.hub};
                          },
                          handler));
}

void HubClient::askCards(const QStringList &cardNumbers,
                         const Handler<wire::CardStatusAnswer> &handler)
{
    wire::CardStatusRequest request{m_identity.tokenKeyId(), {}};
    for (const QString &number : cardNumbers) {
        const auto token = m_identity.cardToken(number);
        if (!token)
            return refuse(handler, token.error());
        request.cards << *token;
    }
    m_connection.post(
        u"/v1/card-status"_s, wire::encodeCardStatusRequest(request), forQuestions,
        decoding<wire::CardStatusAnswer>(
            [asked = request.cards](const HubAnswer &answer) -> Result<wire::CardStatusAnswer> {
                auto decoded = wire::decodeCardStatusAnswer(answer.body);
                QList<QByteArray> told;
                if (decoded) {
                    for (const wire::CardState &card : decoded->cards)
                        told << card.token;
                }
                if (decoded && told != asked)
                    return fail(ErrorCode::InputInvalid, u"an answer about other cards"_s);
                return decoded;
            },
            handler));
}

void HubClient::askGate(const QString &cardNumber, const QString &venue,
                        const std::optional<QDateTime> &at,
                        const Handler<wire::GateDecisionAnswer> &handler)
{
    const auto token = m_identity.cardToken(cardNumber);
    if (!token)
        return refuse(handler, token.error());
    m_connection.post(
        u"/v1/gate-decisions"_s,
        wire::encodeGateRequest({m_identity.tokenKeyId(), *token, venue, at}), forQuestions,
        decoding<wire::GateDecisionAnswer>(
            [](const HubAnswer &answer) { return wire::decodeGateDecisionAnswer(answer.body); },
            handler));
}

void HubClient::askAbout(const QString &kind, const QString &path, const AboutPerson &question,
                         const HubConnection::Handler &handler)
{
    const wire::PersonQuestion content{newRecordId(m_clock),    kind,
                                       m_identity.desk(),       m_identity.hub(),
                                       m_clock.now().toUTC(),   question.documentKind,
                                       question.documentNumber, question.record,
                                       question.operatorId};
    const Secret plain(wire::encodePersonQuestion(content));
    const auto sealed = m_identity.sealer().seal(plain.view());
    if (!sealed) {
        refuse<HubAnswer>(handler, sealed.error());
        return;
    }
    m_connection.post(path, wire::encodeSealedQuestion(*sealed), forQuestions, handler);
}

void HubClient::askPerson(const AboutPerson &question,
                          const Handler<wire::PersonStatusAnswer> &handler)
{
    askAbout(
        u"person-status"_s, u"/v1/person-status"_s, question,
        decoding<wire::PersonStatusAnswer>(
            [](const HubAnswer &answer) { return wire::decodePersonStatusAnswer(answer.body); },
            handler));
}

void HubClient::askHealth(const AboutPerson &question,
                          const Handler<wire::HealthStatusAnswer> &handler)
{
    askAbout(
        u"health-status"_s, u"/v1/health-status"_s, question,
        decoding<wire::HealthStatusAnswer>(
            [](const HubAnswer &answer) { return wire::decodeHealthStatusAnswer(answer.body); },
            handler));
}

void HubClient::fetchDocument(const QString &kind, const Handler<wire::SignedDocument> &handler)
{
    m_connection.get(u"/v1/"_s + kind, forDocuments,
                     decoding<wire::SignedDocument>(
                         [this, kind](const HubAnswer &answer) -> Result<wire::SignedDocument> {
                             auto document = wire::decodeDocument(answer.body);
                             if (!document)
                                 return document;
                             if (const auto good = checkDocument(*document, kind, m_identity);
                                 !good)
                                 return tl::unexpected(good.error());
                             return document;
                         },
                         handler));
}

void HubClient::fetchKeys(const Handler<wire::KeysAnswer> &handler)
{
    m_connection.get(
        u"/v1/keys"_s, forKeys,
        decoding<wire::KeysAnswer>(
            [](const HubAnswer &answer) { return wire::decodeKeysAnswer(answer.body); }, handler));
}

void HubClient::renew(const QByteArray &csr, const Handler<wire::EnrolmentAnswer> &handler)
{
    m_connection.post(
        u"/v1/renewals"_s, wire::encodeRenewalRequest({csr}), forKeys,
        decoding<wire::EnrolmentAnswer>(
            [](const HubAnswer &answer) { return wire::decodeEnrolmentAnswer(answer.body); },
            handler));
}

void HubClient::fetchInPieces(const QString &path, const HubLimits &limits,
                              const HubConnection::PieceHandler &pieces,
                              const Handler<HubAnswer> &handler)
{
    // Its time is that of the beginning, and this may be minutes later: it sets no clock.
    m_connection.getInPieces(path, limits, pieces, handler);
}

} // namespace upgradedesk::sync
