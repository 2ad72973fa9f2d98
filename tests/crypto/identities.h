#pragma once

#include "crypto/certificate.h"

namespace upgradedesk::test
{

using namespace Qt::StringLiterals;

/// An authority with a desk and a record certificate, made fresh.
struct Identities {
    explicit Identities(Profile profile = Profile::Training, const QString &deskId = u"desk-1"_s)
        : authority(
              Certificate::selfSigned(
                  {profile, CertificateRole::Authority, u"ca"_s, {}, from, until}, authorityKey)
                  .value())
        , desk(Certificate::issue(
                   {profile, CertificateRole::Desk, deskId, u"station-1"_s, from, until}, deskKey,
                   authority, authorityKey)
                   .value())
        , record(Certificate::issue({profile, CertificateRole::Record, u"hub-1"_s, {}, from, until},
                                    recordKey, authority, authorityKey)
                     .value())
    {
    }

    QDateTime from = QDateTime(QDate(2022, 5, 1), QTime(0, 0), Qt::UTC);
    QDateTime until = QDateTime(QDate(2032, 5, 1), QTime(0, 0), Qt::UTC);
    KeyPair authorityKey = KeyPair::generate().value();
    KeyPair deskKey = KeyPair::generate().value();
    KeyPair recordKey = KeyPair::generate().value();
    Certificate authority;
    Certificate desk;
    Certificate record;
};

} // namespace upgradedesk::test
