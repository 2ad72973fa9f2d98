#include "sync/trainingprovision.h"

#include "crypto/certificate.h"
#include "crypto/pinhash.h"
#include "sync/deskfolder.h"

using namespace Qt::StringLiterals;

namespace upgradedesk::sync
{
namespace
{

constexpr int daysValid = 3650;
constexpr auto hubId = "training-hub";

/// Who the practice desk is, with certificates of the training profile.
Result<NewDesk> makeDesk(const Clock &clock)
{
    const auto deskId = Secret::random(4);
    const auto authorityKey = KeyPair::generate();
    const auto deskKey = KeyPair::generate();
    const auto recordKey = KeyPair::generate();
    for (const auto *key : {&authorityKey, &deskKey, &recordKey}) {
        if (!*key)
            return tl::unexpected(key->error());
    }
    if (!deskId)
        return tl::unexpected(deskId.error());

    Provisioning made;
    made.profile = Profile::Training;
    made.desk = u"training-"_s + QString::fromLatin1(deskId->view().toByteArray().toHex());
    made.deskName = u"1 号服务台"_s;
    made.station = u"training-station"_s;
    made.stationName = u"演示站"_s;
    made.hub = QString::fromLatin1(hubId);
    made.validUntil = clock.now().addDays(daysValid);

    // A desk whose clock is set right a little later must not find its certificate not yet valid.
    const QDateTime from = clock.now().addDays(-1);
    const QDateTime until = made.validUntil.addDays(1);
    const auto authority = Certificate::selfSigned(
        {Profile::Training, CertificateRole::Authority, u"training-authority"_s, {}, from, until},
        *authorityKey);
    if (!authority)
        return tl::unexpected(authority.error());
    const auto desk = Certificate::issue(
        {Profile::Training, CertificateRole::Desk, made.desk, made.station, from, until}, *deskKey,
        *authority, *authorityKey);
    if (!desk)
        return tl::unexpected(desk.error());
    const auto record =
        Certificate::issue({Profile::Training, CertificateRole::Record, made.hub, {}, from, until},
                           *recordKey, *authority, *authorityKey);
    if (!record)
        return tl::unexpected(record.error());

    made.deskCertificate = desk->pem();
    made.caCertificate = authority->pem();
    made.recordCertificate = record->pem();

    auto pepper = Secret::random(secretSize);
    if (!pepper)
        return tl::unexpected(pepper.error());
    const auto verifier = hashPin(u"135790"_s, *pepper);
    if (!verifier)
        return tl::unexpected(verifier.error());
    const storage::Operator trainee{u"9001"_s, u"测试员01"_s, u"supervisor"_s};
    return NewDesk{made, *deskKey, std::move(*pepper), {}, {{trainee, *verifier}}};
}

} // namespace

Result<void> provisionTraining(const QString &folder, const Clock &clock)
{
    return installDesk(
        folder, [&clock] { return makeDesk(clock); }, clock);
}

} // namespace upgradedesk::sync
