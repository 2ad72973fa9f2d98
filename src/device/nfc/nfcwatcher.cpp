#include "device/nfc/nfcwatcher.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace upgradedesk
{
namespace
{

constexpr auto betweenSearches = 60ms;
constexpr auto betweenPresenceChecks = 100ms;
constexpr auto betweenRetries = 50ms;
// After a damaged answer the rest of it may still be on the line.
constexpr auto afterFault = 60ms;
constexpr auto firstBackOff = 250ms;
constexpr auto longestBackOff = 2000ms;
constexpr std::chrono::milliseconds betweenSignsOfLife{500};
constexpr int faultsUntilReopen = 2;
constexpr int readTries = 3;
constexpr int selectTries = 3;
constexpr int lockTries = 4;

bool isLost(const CardSighting &sighting)
{
    return sighting.outcome == CardSighting::Outcome::ReadError && sighting.reason == u"card-lost";
}

bool isSame(const Target &oldTarget, CardSighting oldSighting, const Target &newTarget,
            CardSighting newSighting)
{
    oldSighting.elapsedMs = newSighting.elapsedMs = 0;
    return oldSighting == newSighting &&
           (newSighting.outcome == CardSighting::Outcome::Number || oldTarget.uid == newTarget.uid);
}

} // namespace

NfcWatcher::NfcWatcher(QString connstring, Catalogue catalogue, Tell tell, Pause pause)
    : m_connstring{std::move(connstring)}
    , m_catalogue{std::move(catalogue)}
    , m_tell{std::move(tell)}
    , m_pause{std::move(pause)}
    , m_device{[this] { alive(); }}
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
    for (int left = lockTries;
         !opened && opened.error().code == ErrorCode::ReaderBusy && left > 0 && m_running; --left) {
        wait(betweenRetries);
        opened = m_device.open(m_connstring);
    }
    if (!opened) {
        const bool vanished = m_wasOpen && opened.error().code == ErrorCode::ReaderNotFound;
        m_tell(NfcTrouble{vanished ? ErrorCode::ReaderLost : opened.error().code, {}});
        wait(m_backOff);
        m_backOff = std::min<std::chrono::milliseconds>(m_backOff * 2, longestBackOff);
        return;
    }
    m_wasOpen = true;
    m_backOff = firstBackOff;
    m_faults = 0;
    m_emptyTold = false;
    m_tell(NfcReady{*opened});
}

void NfcWatcher::turn()
{
    const NfcDevice::Selection selection = m_device.select();
    if (!selection)
        return readerFailed();
    m_faults = 0;
    if (selection->has_value())
        return readCard(**selection);
    fieldIsEmpty();
    wait(betweenSearches);
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
    m_device.close();
    m_lying.reset();
    m_faults = 0;
    m_tell(NfcTrouble{code, {}});
    wait(afterFault);
}

NfcWatcher::Look NfcWatcher::selectAfresh(Target &target)
{
    m_device.dropField();
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

std::optional<CardSighting> NfcWatcher::probeWithRetries(Target &target, bool &lifted)
{
    QElapsedTimer elapsed;
    elapsed.start();
    CardSighting sighting;
    lifted = false;
    for (int left = readTries; left > 0 && m_running; --left) {
        sighting = probe(m_device, target, m_catalogue);
        sighting.elapsedMs = int(elapsed.elapsed());
        if (!isLost(sighting))
            return sighting;
        if (m_device.readerFailed()) {
            readerFailed();
            if (!m_device.isOpen())
                return std::nullopt;
        }
        const Look look = selectAfresh(target);
        if (look == Look::Failed) {
            readerFailed();
            return std::nullopt;
        }
        if (look == Look::Empty) {
            lifted = true;
            return sighting;
        }
    }
    return sighting;
}

void NfcWatcher::readCard(Target target)
{
    bool lifted = false;
    const auto sighting = probeWithRetries(target, lifted);
    // Without a sighting the reader failed: once it is well again the card is read from the start.
    if (!sighting)
        return;
    m_faults = 0;
    announce(target, *sighting);
    if (lifted)
        fieldIsEmpty();
}

void NfcWatcher::announce(const Target &target, const CardSighting &sighting)
{
    m_emptyTold = false;
    m_lying = Lying{target, sighting};
    m_tell(NfcArrived{sighting});
}

void NfcWatcher::watchLyingCard()
{
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

    // One missed answer is no proof, and what answers now may be another card.
    Target target;
    const Look look = selectAfresh(target);
    if (look == Look::Failed)
        return readerFailed();
    if (look == Look::Empty)
        return fieldIsEmpty();
    bool lifted = false;
    const auto sighting = probeWithRetries(target, lifted);
    if (!sighting)
        return;
    m_faults = 0;
    if (lifted)
        return fieldIsEmpty();
    if (isSame(m_lying->target, m_lying->sighting, target, *sighting)) {
        m_lying->target = target;
        return wait(betweenPresenceChecks);
    }
    fieldIsEmpty();
    announce(target, *sighting);
}

} // namespace upgradedesk
