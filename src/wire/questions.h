#pragma once

#include "core/localtext.h"
#include "core/result.h"
#include "wire/hubstamp.h"

#include <QByteArray>
#include <QDate>
#include <QDateTime>
#include <QList>
#include <QString>

#include <optional>

namespace upgradedesk::wire
{

// POST /v1/card-status: how cards stand, by their tokens (32 bytes).

struct CardStatusRequest {
    /// Another than the hub's: problem `token-key-replaced`, ask for /v1/keys. Empty: the one in
    /// force, whichever that is.
    QString tokenKeyId;
    QList<QByteArray> cards;

    bool operator==(const CardStatusRequest &) const = default;
};

struct CardState {
    QByteArray token;
    QString state;      ///< `none`, `linked`, `exempt`, `new`, `registered`
    bool issued = true; ///< false: the hub knows that no such card was ever given out
    QDateTime asOf;

    bool operator==(const CardState &) const = default;
};

struct CardStatusAnswer {
    QList<CardState> cards; ///< in the order of the question
    HubStamp stamp;

    bool operator==(const CardStatusAnswer &) const = default;
};

constexpr qsizetype mostCards = 1000; ///< in one question
constexpr qsizetype largestQuestion = 256 * 1024;

[[nodiscard]] QByteArray encodeCardStatusRequest(const CardStatusRequest &request);
[[nodiscard]] Result<CardStatusRequest> decodeCardStatusRequest(QByteArrayView text);
[[nodiscard]] QByteArray encodeCardStatusAnswer(const CardStatusAnswer &answer);
[[nodiscard]] Result<CardStatusAnswer> decodeCardStatusAnswer(QByteArrayView text);

// POST /v1/person-status and /v1/health-status: questions about a person travel signed and sealed
// like a record, `{"sealed": base64}`. What is inside:

struct PersonQuestion {
    QString id;   ///< UUIDv7 of the question: the hub answers one id once
    QString kind; ///< `person-status` or `health-status`: one must not stand for the other
    QString desk;
    QString hub;
    QDateTime askedAt; ///< UTC, the desk's time
    QString documentKind;
    QString documentNumber;
    QString record; ///< UUIDv7 of the open procedure; the record it ends in has the same
    QString operatorId;

    bool operator==(const PersonQuestion &) const = default;
};

[[nodiscard]] QByteArray encodePersonQuestion(const PersonQuestion &question);
[[nodiscard]] Result<PersonQuestion> decodePersonQuestion(QByteArrayView text);
[[nodiscard]] QByteArray encodeSealedQuestion(const QByteArray &sealed);
[[nodiscard]] Result<QByteArray> decodeSealedQuestion(QByteArrayView text);

struct PersonCard {
    QString last4; ///< empty: the hub cannot tell
    QString medium;
    QDateTime since;

    bool operator==(const PersonCard &) const = default;
};

struct PersonStatusAnswer {
    int physical = 0; ///< active links in the physical place, and in the phone's
    int phone = 0;
    int asAgent = 0;
    QList<PersonCard> cards;
    HubStamp stamp;

    bool operator==(const PersonStatusAnswer &) const = default;
};

[[nodiscard]] QByteArray encodePersonStatusAnswer(const PersonStatusAnswer &answer);
[[nodiscard]] Result<PersonStatusAnswer> decodePersonStatusAnswer(QByteArrayView text);

struct HealthStatusAnswer {
    QString level; ///< `normal`, `abnormal`, `no-result`, `pending`: asked, not answered yet
    std::optional<QDate> testDay; ///< Beijing date; nothing: no result
    std::optional<QDateTime> asOf;
    QString source;
    HubStamp stamp;

    bool operator==(const HealthStatusAnswer &) const = default;
};

[[nodiscard]] QByteArray encodeHealthStatusAnswer(const HealthStatusAnswer &answer);
[[nodiscard]] Result<HealthStatusAnswer> decodeHealthStatusAnswer(QByteArrayView text);

// POST /v1/gate-decisions: what a gate would do.

struct GateRequest {
    QString tokenKeyId; ///< as in a question about cards
    QByteArray token;
    QString venue;               ///< `metro`, `bus`, `none`
    std::optional<QDateTime> at; ///< nothing: now, by the hub's clock

    bool operator==(const GateRequest &) const = default;
};

struct GateDecisionAnswer {
    QString decision; ///< `pass`, `manual`, `refuse`, `unknown`
    QString code;
    LocalText message;
    QDateTime asOf;
    HubStamp stamp;

    bool operator==(const GateDecisionAnswer &) const = default;
};

[[nodiscard]] QByteArray encodeGateRequest(const GateRequest &request);
[[nodiscard]] Result<GateRequest> decodeGateRequest(QByteArrayView text);
[[nodiscard]] QByteArray encodeGateDecisionAnswer(const GateDecisionAnswer &answer);
[[nodiscard]] Result<GateDecisionAnswer> decodeGateDecisionAnswer(QByteArrayView text);

} // namespace upgradedesk::wire
