#include "device/nfc/nfcwatcher.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace upgradedesk
{
namespace
{

// A search of type A in an empty field takes more than 15 ms on a real reader; only a faster one is
// slowed down. A pause after each search would be time in which nobody looks for the card.
constexpr auto searchPeriod = 15ms;
constexpr auto leastPause = 1ms;
// Hardly anybody comes with a card of another technology than type A.
constexpr int turnsOfTypeA = 4;
constexpr auto betweenPresenceChecks = 100ms;
constexpr auto betweenLooksAtConflict = 250ms;
constexpr auto betweenRetries = 50ms;
// After a damaged answer the rest of it may still be on the line.
constexpr auto afterFault = 60ms;
constexpr auto firstBackOff = 250ms;
constexpr auto longestBackOff = 1000ms;
constexpr auto betweenLooksForReader = 50ms;
constexpr std::chrono::milliseconds betweenSignsOfLife{500};
constexpr int faultsUntilReopen = 2;
// A wristband hears only some commands: it is asked again for as long as it answers searches at
// all. A good card never needs the second try.
constexpr int readTries = 3;
constexpr int mostReadTries = 40;
constexpr auto weakCardTime = 1200ms;
constexpr int selectTries = 3;
constexpr int lockTries = 4;

bool isLost(const CardSighting &sighting)
{
    return sighting.outcome == CardSighting::Outcome::ReadError && sighting.reason == u"card-lost";
}

bool isConflict(const CardSighting &sighting)
{
    return sighting.reason == u"several-cards" || sighting.reason == u"kinds-disagree";
}

/// Such an identifier changes with each activation.
bool isRandom(const Target &target)
{
    return target.uid.size() == 4 && target.uid.startsWith('\x08');
}

bool saysTheSame(CardSighting left, CardSighting right)
{
    left.elapsedMs = right.elapsedMs = 0;
    return left == right;
}

bool isSame(const Target &oldTarget, const CardSighting &oldSighting, const Target &newTarget,
            const CardSighting &newSighting)
{
    const bool sameIdentifier = oldTarget.uid == newTarget.uid;
    // A card that is hard to read stays the one it was read as.
    if (isLost(newSighting) && sameIdentifier)
        return true;
    return saysTheSame(oldSighting, newSighting) &&
           (sameIdentifier || newSighting.outcome == CardSighting::Outcome::Number ||
            isConflict(newSighting));
}

/// A phone that changed its card while it lay there; only a fixed identifier tells that it is the
/// same phone.
bool showsAnotherKind(const Target &oldTarget, const CardSighting &oldSighting,
                      const Target &newTarget, const CardSighting &newSighting)
{
    constexpr auto number = CardSighting::Outcome::Number;
    return oldTarget.uid == newTarget.uid && !isRandom(oldTarget) &&
           oldSighting.outcome == number && newSighting.outcome == number &&
           oldSighting.product != newSighting.product;
}

CardSighting conflict(const QString &reason)
{
    CardSighting sighting;
    sighting.outcome = CardSighting::Outcome::ReadError;
    sighting.reason = reason;
    return sighting;
}

} // namespace

NfcWatcher::NfcWatcher(QString connstring, QStringList others, Catalogue catalogue, Tell tell,
                       Pause pause)
    : m_connstring{std::move(connstring)}
    , m_catalogue{std::move(catalogue)}
    , m_tell{std::move(tell)}
    , m_pause{std::move(pause)}
    , m_device{[this] { alive(); }, std::move(others)}
    , m_backOff{firstBackOff}
{
    m_sinceTold.start();
}

void NfcWatcher::run()
{
    while (m_running) {
        if (!m_device.isOpen())
            openReader();
        else if (m_lying)
            watchLyingCard();
        else
            turn();
        alive();
    }
}

void NfcWatcher::alive()
{
    if (!m_sinceTold.hasExpired(betweenSignsOfLife.count()))
        return;
    m_tell(NfcAlive{});
    m_sinceTold.start();
}

void NfcWatcher::wait(std::chrono::milliseconds time)
{
    if (m_running)
        m_running = m_pause(time);
}

void NfcWatcher::openReader()
{
    m_tell(NfcAlive{});
    Result<QString> opened = m_device.open(m_connstring);
    // A process that has just ended may need a moment to let go of the line.
    // So may udev, to give a new port to its group.
    const auto mayPass = [](const Error &error) {
        return error.code == ErrorCode::ReaderBusy || error.code == ErrorCode::ReaderNotPermitted;
    };
    for (int left = lockTries; !opened && mayPass(opened.error()) && left > 0 && m_running;
         --left) {
        wait(betweenRetries);
        opened = m_device.open(m_connstring);
    }
    if (!opened) {
        const bool vanished = m_wasOpen && opened.error().code == ErrorCode::ReaderNotFound;
        m_tell(NfcTrouble{vanished ? ErrorCode::ReaderLost : opened.error().code, {}});
        return waitForReader();
    }
    m_wasOpen = true;
    m_backOff = firstBackOff;
    m_faults = 0;
    m_mayBeAsleep = false; // opening it switched the field off
    m_emptyTold = false;
    m_tell(NfcReady{*opened});
}

void NfcWatcher::waitForReader()
{
    const QStringList places = m_device.places(m_connstring);
    QElapsedTimer elapsed;
    elapsed.start();
    while (m_running && !elapsed.hasExpired(m_backOff.count())) {
        wait(betweenLooksForReader);
        alive();
        if (m_device.places(m_connstring) != places) {
            m_backOff = firstBackOff;
            return;
        }
    }
    m_backOff = std::min<std::chrono::milliseconds>(m_backOff * 2, longestBackOff);
}

void NfcWatcher::turn()
{
    // The reader may have failed just when the card had been sent to sleep.
    if (m_mayBeAsleep && !wakeCards())
        return readerFailed();
    QElapsedTimer turn;
    turn.start();
    const bool everyKind = m_turn++ % turnsOfTypeA == 0;
    const NfcDevice::Selection selection = everyKind ? m_device.select() : m_device.selectTypeA();
    if (!selection)
        return readerFailed();
    m_faults = 0;
    if (selection->has_value())
        return readCard(**selection);
    // That nothing lies there takes a look for every kind.
    if (everyKind)
        fieldIsEmpty();
    wait(std::max<std::chrono::milliseconds>(
        leastPause, searchPeriod - std::chrono::milliseconds(turn.elapsed())));
}

void NfcWatcher::fieldIsEmpty()
{
    m_lying.reset();
    if (m_emptyTold)
        return;
    m_emptyTold = true;
    m_tell(NfcLeft{});
}

void NfcWatcher::readerFailed()
{
    if (++m_faults >= faultsUntilReopen)
        return readerIsLost(ErrorCode::ReaderLost);
    wait(afterFault);
}

void NfcWatcher::readerIsLost(ErrorCode code)
{
    m_device.lineFailed();
    m_device.close();
    m_lying.reset();
    m_faults = 0;
    m_turn = 0;
    m_tell(NfcTrouble{code, {}});
    wait(afterFault);
}

bool NfcWatcher::wakeCards()
{
    if (!m_device.dropField())
        return false;
    m_mayBeAsleep = false;
    return true;
}

NfcWatcher::Look NfcWatcher::selectAfresh(Target &target)
{
    if (!wakeCards())
        return Look::Failed;
    for (int left = selectTries; left > 0 && m_running; --left) {
        alive();
        const NfcDevice::Selection selection = m_device.select();
        if (!selection)
            return Look::Failed;
        if (selection->has_value()) {
            target = **selection;
            return Look::Found;
        }
        wait(betweenRetries);
    }
    return Look::Empty;
}

/// False when the reader failed: once it is well again the card is read from the start.
bool NfcWatcher::probeWithRetries(Reading &reading)
{
    QElapsedTimer elapsed;
    elapsed.start();
    for (int tries = 1; m_running; ++tries) {
        reading.sighting = probe(m_device, reading.target, m_catalogue);
        if (!isLost(reading.sighting)) {
            m_device.lineWorks();
            return true;
        }
        if (m_device.readerFailed()) {
            readerFailed();
            if (!m_device.isOpen())
                return false;
        }
        if (tries >= readTries &&
            (tries >= mostReadTries || elapsed.hasExpired(weakCardTime.count())))
            return true;
        const Look look = selectAfresh(reading.target);
        if (look == Look::Failed) {
            readerFailed();
            return false;
        }
        reading.lifted = look == Look::Empty;
        if (reading.lifted)
            return true;
    }
    return false;
}

/// Whose number is it when two cards lie there? One answers the search and the other is silent, so
/// the card that was read is sent to sleep and the search repeated. False when the reader failed.
bool NfcWatcher::lookBeside(Reading &reading)
{
    if (reading.target.tech != Target::Tech::Iso14443A)
        return true;
    m_mayBeAsleep = true;
    const NfcDevice::Selection beside = m_device.selectBeside();
    if (!beside) {
        readerFailed();
        return false;
    }
    reading.asleep = !beside->has_value();
    if (reading.asleep || (*beside)->uid == reading.target.uid)
        return true;

    // A phone wakes up with another identifier, so what it says tells whether it is the same.
    const CardSighting second = probe(m_device, **beside, m_catalogue);
    if (m_device.readerFailed()) {
        readerFailed();
        return false;
    }
    const bool bothRandom = isRandom(reading.target) && isRandom(**beside);
    reading.target = **beside;
    if (bothRandom && (isLost(second) || saysTheSame(reading.sighting, second)))
        return true;
    const bool kindsDisagree = bothRandom && reading.sighting.product != second.product;
    reading.sighting = conflict(kindsDisagree ? u"kinds-disagree"_s : u"several-cards"_s);
    return true;
}

void NfcWatcher::readCard(Target target)
{
    QElapsedTimer elapsed;
    elapsed.start();
    Reading reading{std::move(target), {}};
    if (!probeWithRetries(reading) || (!isLost(reading.sighting) && !lookBeside(reading)))
        return;
    reading.sighting.elapsedMs = int(elapsed.elapsed());
    m_faults = 0;
    announce(reading);
    if (reading.lifted)
        fieldIsEmpty();
    else if (reading.asleep)
        lookAgain();
}

void NfcWatcher::announce(const Reading &reading)
{
    m_emptyTold = false;
    m_lying = reading;
    m_tell(NfcArrived{reading.sighting});
}

void NfcWatcher::watchLyingCard()
{
    if (isConflict(m_lying->sighting)) {
        // The one that answers says nothing of the other.
        wait(betweenLooksAtConflict);
        return lookAgain();
    }
    if (m_lying->asleep)
        return lookAgain();
    switch (m_device.presence()) {
    case NfcDevice::Presence::There:
        m_faults = 0;
        return wait(betweenPresenceChecks);
    case NfcDevice::Presence::Failed:
        return readerFailed();
    case NfcDevice::Presence::CannotTell:
    case NfcDevice::Presence::Gone:
        break;
    }
    lookAgain();
}

/// Wakes what lies there. One missed answer is no proof that it is gone, and what answers now may
/// be another card, which only reading it tells: identifiers need not differ.
void NfcWatcher::lookAgain()
{
    Target target;
    const Look look = selectAfresh(target);
    if (look == Look::Failed)
        return readerFailed();
    if (look == Look::Empty)
        return fieldIsEmpty();
    compare(std::move(target));
}

/// Reads the card that answers now and tells when it is not the one that was announced.
void NfcWatcher::compare(Target target)
{
    Reading reading{std::move(target), {}};
    if (!probeWithRetries(reading))
        return;
    m_faults = 0;
    if (reading.lifted) {
        // Another card came in its place and was torn away: its passenger waits for a word.
        // A random identifier does not tell: it may be the phone that was announced.
        const bool another = reading.target.uid != m_lying->target.uid && !isRandom(reading.target);
        if (another && isLost(reading.sighting)) {
            fieldIsEmpty();
            announce(reading);
        }
        return fieldIsEmpty();
    }
    const auto isAnnounced = [this, &reading] {
        return isSame(m_lying->target, m_lying->sighting, reading.target, reading.sighting);
    };
    // For the card that was announced the look beside it is over, unless that is what was found.
    const bool known = !isConflict(m_lying->sighting) && isAnnounced();
    if (!known && !isLost(reading.sighting) && !lookBeside(reading))
        return;
    if (known || isAnnounced()) {
        m_lying->target = reading.target;
        m_lying->asleep = reading.asleep;
        return wait(betweenPresenceChecks);
    }
    if (showsAnotherKind(m_lying->target, m_lying->sighting, reading.target, reading.sighting))
        reading.sighting = conflict(u"kinds-disagree"_s);
    fieldIsEmpty();
    announce(reading);
}

} // namespace upgradedesk
