#pragma once

#include "core/datafolder.h"
#include "core/result.h"
#include "wire/hubstamp.h"

#include <QByteArray>
#include <QString>

namespace upgradedesk::wire
{

/// `POST /v1/enrolments`: the code of an invitation and a PKCS#10 request for the desk's key.
struct EnrolmentRequest {
    QString code;
    QByteArray csr;    ///< PEM
    QString desk = {}; ///< whose folder it is already; empty, and not sent, when it is nobody's

    bool operator==(const EnrolmentRequest &) const = default;
};

/// `POST /v1/renewals`, by a desk whose certificate is still good: the answer is an
/// EnrolmentAnswer again.
struct RenewalRequest {
    QByteArray csr; ///< PEM

    bool operator==(const RenewalRequest &) const = default;
};

/// The keys every desk of the city shares, and the pepper of its station. Secret; 32 bytes each.
struct DeskSecrets {
    QString tokenKeyId;
    QByteArray tokenKey; ///< card token = token(tokenKey, "card", {digits}) of crypto/hmac.h
    QByteArray pepper;   ///< of the PINs of this station's roster

    bool operator==(const DeskSecrets &) const = default;
};

/// Who the desk is from now on.
struct EnrolmentAnswer {
    QString desk; ///< id, also the certificate's common name
    QString deskName;
    QString station; ///< id, also the certificate's organizational unit
    QString stationName;
    QString hub; ///< id, also the common name of the hub's certificates
    Profile profile = Profile::Production;
    QByteArray certificate;       ///< PEM, as the two below; role Desk
    QByteArray chain;             ///< the authority's, one certificate
    QByteArray recordCertificate; ///< role Record
    DeskSecrets secrets;
    HubStamp stamp;

    bool operator==(const EnrolmentAnswer &) const = default;
};

/// `GET /v1/keys`: what changes when a stolen desk was revoked or the record key was renewed.
struct KeysAnswer {
    DeskSecrets secrets;
    QByteArray recordCertificate; ///< PEM
    HubStamp stamp;

    bool operator==(const KeysAnswer &) const = default;
};

constexpr qsizetype largestEnrolment = 64 * 1024; ///< bytes of any of these messages

[[nodiscard]] QByteArray encodeEnrolmentRequest(const EnrolmentRequest &request);
[[nodiscard]] QByteArray encodeRenewalRequest(const RenewalRequest &request);
[[nodiscard]] QByteArray encodeEnrolmentAnswer(const EnrolmentAnswer &answer);
[[nodiscard]] QByteArray encodeKeysAnswer(const KeysAnswer &answer);

// Strict; fail with InputInvalid, the key as argument.
[[nodiscard]] Result<EnrolmentRequest> decodeEnrolmentRequest(QByteArrayView text);
[[nodiscard]] Result<RenewalRequest> decodeRenewalRequest(QByteArrayView text);
[[nodiscard]] Result<EnrolmentAnswer> decodeEnrolmentAnswer(QByteArrayView text);
[[nodiscard]] Result<KeysAnswer> decodeKeysAnswer(QByteArrayView text);

} // namespace upgradedesk::wire
