#pragma once

#include "card/catalogue.h"
#include "device/nfc/nfcdevice.h"
#include "device/nfc/nfcmessages.h"

#include <QElapsedTimer>

#include <chrono>
#include <functional>
#include <optional>

namespace upgradedesk
{

/// The loop of the child: keeps the reader open, looks for cards, reads each once and notices when
/// it is lifted. Blocks for as long as the parent lives; no single step takes longer than two
/// seconds.
class NfcWatcher final
{
public:
    using Tell = std::function<void(const NfcMessage &)>;
    /// Waits this long; false when the parent is gone.
    using Pause = std::function<bool(std::chrono::milliseconds)>;

    /// `others`: see NfcDevice.
    NfcWatcher(QString connstring, QStringList others, Catalogue catalogue, Tell tell, Pause pause);

    /// Returns when `pause` said false.
    void run();

private:
    enum class Look { Empty, Found, Failed };
    /// One card read as far as it can be.
    struct Reading {
        Target target;
        CardSighting sighting;
        bool lifted = false;
        bool asleep = false; ///< nothing is selected any more
    };

    void openReader();
    void turn();
    void watchLyingCard();
    void readCard(Target target);
    [[nodiscard]] bool probeWithRetries(Reading &reading);
    [[nodiscard]] bool lookBeside(Reading &reading);
    [[nodiscard]] Look selectAfresh(Target &target);
    void announce(const Reading &reading);
    void lookAgain();
    void compare(Target target);
    void fieldIsEmpty();
    void readerFailed();
    void readerIsLost(ErrorCode code);
    void alive();
    [[nodiscard]] bool wakeCards();
    void wait(std::chrono::milliseconds time);
    void waitForReader();

    const QString m_connstring;
    const Catalogue m_catalogue;
    const Tell m_tell;
    const Pause m_pause;
    NfcDevice m_device;
    QElapsedTimer m_sinceTold;
    bool m_running = true;
    bool m_emptyTold = false;
    bool m_wasOpen = false;
    int m_faults = 0;
    std::chrono::milliseconds m_backOff;
    std::optional<Reading> m_lying;
    int m_turn = 0;
    bool m_mayBeAsleep = false; ///< cards that no search finds before the field was off
};

} // namespace upgradedesk
