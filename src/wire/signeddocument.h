#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QList>
#include <QString>

class QJsonObject;

namespace upgradedesk::wire
{

class JsonFields;

/// Rules or a roster as the hub publishes them. Whoever keeps one refuses a lower version; the
/// same version again is the same document.
struct SignedDocument {
    QString kind;  ///< `rules` or `roster`
    QString hub;   ///< id of the hub that signed
    QString scope; ///< the station of a roster; empty for rules, which are the city's
    qint64 version = 0;
    QByteArray body;        ///< JSON, UTF-8: rules as in resources/rules, or a roster
    QByteArray certificate; ///< PEM of the signer: role Hub, of the same authority
    QByteArray signature;   ///< ECDSA P-256 over signedBytes(), DER

    bool operator==(const SignedDocument &) const = default;
};

constexpr qsizetype largestDocument = 1024 * 1024; ///< bytes of the message

/// What the signature is over: all fields but certificate and signature.
[[nodiscard]] QByteArray signedBytes(const SignedDocument &document);

[[nodiscard]] QByteArray encodeDocument(const SignedDocument &document);
/// Strict, at most 1 MiB. Fails with InputInvalid.
[[nodiscard]] Result<SignedDocument> decodeDocument(QByteArrayView text);

// The same as an object within another message.
[[nodiscard]] QJsonObject encodeDocumentObject(const SignedDocument &document);
[[nodiscard]] SignedDocument takeDocument(JsonFields &fields);

/// One of a station's staff.
struct RosterOperator {
    QString id;
    QString name;
    QString role;     ///< `staff`, `supervisor`, `administrator`
    QString verifier; ///< of the PIN, as hashPin() makes it with the station's pepper

    bool operator==(const RosterOperator &) const = default;
};

/// The body of a roster: who may work at the station now, and nobody else.
[[nodiscard]] QByteArray encodeRoster(const QList<RosterOperator> &operators);
/// Strict, at most 500, no id twice. Fails with InputInvalid.
[[nodiscard]] Result<QList<RosterOperator>> decodeRoster(QByteArrayView body);

} // namespace upgradedesk::wire
