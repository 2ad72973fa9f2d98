#pragma once

#include "identity/ga450frame.h"
#include "sim/virtualperson.h"

#include <QByteArrayList>

#include <optional>
#include <random>

namespace upgradedesk
{

/// A GA 450 ID reader with its SAM as the serial line shows it: bytes in, answers out, a document
/// that is placed and taken away. Pure: no file, no clock, no thread.
class VirtualSam final
{
public:
    explicit VirtualSam(quint32 seed = 1);

    /// What the reader answers to these bytes, one item a frame.
    [[nodiscard]] QByteArrayList receive(QByteArrayView bytes);

    /// The speed of its line in baud. Bytes at another one are noise to it and must not be given to
    /// receive(). The host can change it.
    [[nodiscard]] int speed() const { return m_speed; }
    void setSpeed(int baud) { m_speed = baud; }

    /// Puts a document on the reader, in place of one that lies there. It is found once; then the
    /// reader finds none until a document is placed anew.
    void place(const VirtualPerson &person);
    void remove();
    [[nodiscard]] bool isOccupied() const { return m_person.has_value(); }

    /// What pulling the cable out and in again does: a document that lies there is found again.
    void powerCycle();

    /// The document is taken away after this many more commands to it.
    void tear(int commands) { m_tearAfter = commands; }
    /// One byte is damaged in each of the next answers.
    void corrupt(int answers) { m_corrupt = answers; }
    /// The next answers end after so many bytes.
    void cut(int bytes, int answers = 1);
    /// The next answers say this instead.
    void forceStatus(int answers, quint8 status);

private:
    [[nodiscard]] QByteArray answer(QByteArrayView command);
    [[nodiscard]] QByteArray answerOfCard(QByteArrayView command);
    [[nodiscard]] QByteArray answerOfSam(QByteArrayView command);
    [[nodiscard]] QByteArray spoilt(QByteArray frame);

    Ga450Scanner m_scanner{Ga450Scanner::Direction::Requests};
    std::optional<VirtualPerson> m_person;
    bool m_fresh = false;    ///< it has not been found yet
    bool m_selected = false; ///< it can be read
    int m_speed = 115200;
    int m_tearAfter = -1;
    int m_corrupt = 0;
    int m_cut = 0;
    int m_cutAt = 0;
    int m_forced = 0;
    quint8 m_forcedStatus = 0;
    std::mt19937 m_random;
};

} // namespace upgradedesk
