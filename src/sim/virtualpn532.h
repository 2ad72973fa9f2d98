#pragma once

#include "sim/airtime.h"
#include "sim/pn532frames.h"
#include "sim/virtualfield.h"

#include <QHash>
#include <QList>

namespace upgradedesk
{

/// The PN532 as its serial line shows it: bytes in, bytes out, cards in a virtual field. Pure: no
/// file, no clock, no thread; delays are told, not waited for.
class VirtualPn532 final
{
public:
    struct Emission {
        QByteArray bytes;
        std::chrono::microseconds after{0}; ///< after the emission before it
    };

    struct Reaction {
        bool cancels = false; ///< whatever was to be sent before and is not sent yet is void
        QList<Emission> emissions;
    };

    explicit VirtualPn532(bool airTime = false, quint32 seed = 1);

    /// What the chip does on these bytes from the host.
    [[nodiscard]] Reaction receive(const QByteArray &bytes);

    /// The speed of the serial line in baud. Bytes at another speed are noise to the chip and must
    /// not be given to receive(). The host changes it with SetSerialBaudRate.
    [[nodiscard]] int speed() const { return m_speed; }

    /// Whether it understands bytes at this speed. Between its answer to SetSerialBaudRate and the
    /// host's ACK it takes both: a pseudo terminal cannot tell at which the ACK was written.
    [[nodiscard]] bool hears(int speed) const
    {
        return speed == m_speed || speed == m_speedAfterAck;
    }

    /// Puts a card into the field, in place of those that are there or beside them; a search that
    /// waits for one is answered.
    [[nodiscard]] Reaction place(const VirtualCard &card);
    [[nodiscard]] Reaction add(const VirtualCard &card);
    void removeCard() { m_field.removeCards(); }
    bool lift(const QString &name) { return m_field.lift(name); }

    /// What pulling the cable out and in again does; the card stays where it lies.
    void powerCycle();

    void tear(int commands) { m_field.tearAfter(commands); }
    void weaken(int percent) { m_field.weaken(percent); }
    void corrupt(int answers) { m_corrupt = answers; }
    void forceStatus(int answers, quint8 status);
    void setAirTime(bool on) { m_time.enabled = on; }

    /// True when the card was sent a trap since the last call.
    [[nodiscard]] bool takeTrap() { return m_field.takeTrap(); }
    [[nodiscard]] const VirtualCard *card() const { return m_field.card(); }

private:
    /// Payload of the answer, without D5. No payload: an error frame, or nothing when `waits`.
    struct Answer {
        QByteArray payload;
        std::chrono::microseconds work{0};
        bool waits = false;
    };

    [[nodiscard]] Reaction answerWaitingSearch();
    [[nodiscard]] Reaction command(const QByteArray &payload);
    [[nodiscard]] Answer execute(quint8 code, const QByteArray &data);
    [[nodiscard]] Emission answerEmission(Answer answer);
    void applyFaults(QByteArray &payload, QByteArray &frame);

    [[nodiscard]] Answer diagnose(const QByteArray &data) const;
    [[nodiscard]] Answer generalStatus() const;
    [[nodiscard]] Answer readRegisters(const QByteArray &data) const;
    [[nodiscard]] Answer writeRegisters(const QByteArray &data);
    [[nodiscard]] Answer setSpeed(const QByteArray &data);
    [[nodiscard]] Answer configureField(const QByteArray &data);
    [[nodiscard]] Answer listTargets(const QByteArray &data);
    [[nodiscard]] Answer autoPoll(const QByteArray &data);
    [[nodiscard]] Answer exchange(const QByteArray &data);
    [[nodiscard]] Answer communicateThrough(const QByteArray &data);
    [[nodiscard]] Answer release(quint8 code, const QByteArray &data);
    [[nodiscard]] Answer cardAnswer(quint8 code, const QByteArray &command,
                                    const std::optional<QByteArray> &answer);
    [[nodiscard]] Answer nextPiece(quint8 code);
    [[nodiscard]] std::optional<QByteArray> search(quint8 kind, const QByteArray &data, bool rats);

    AirTime m_time;
    HostFrameScanner m_scanner;
    VirtualField m_field;
    bool m_asleep = true;
    quint8 m_parameters = 0;
    quint8 m_activationRetries = 0xFF;
    int m_speed;
    int m_speedAfterAck = 0; ///< 0 for no change
    QHash<quint16, quint8> m_registers;
    QByteArray m_lastFrame;
    QByteArray m_waiting;  ///< payload of a search without end, empty for none
    QByteArray m_outgoing; ///< pieces of a chained command to the card
    QByteArray m_rest;     ///< of an answer of the card that did not fit
    int m_corrupt = 0;
    int m_corruptAt = 0;
    int m_forced = 0;
    quint8 m_forcedStatus = 0;
};

} // namespace upgradedesk
