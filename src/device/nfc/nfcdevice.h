#pragma once

#include "card/probe.h"
#include "card/transceiver.h"
#include "core/result.h"
#include "device/nfc/readerlock.h"

#include <QStringList>

#include <functional>
#include <optional>

struct nfc_context;
struct nfc_device;

namespace upgradedesk
{

/// One reader through libnfc. Every call blocks, none longer than two seconds but open(), which
/// may need 2.3 s for each reader that is named and silent; one thread only.
class NfcDevice final : public Transceiver
{
public:
    enum class Presence {
        There,
        Gone,
        CannotTell, ///< not with this kind of card
        Failed,     ///< the reader did not do its part
    };

    /// Empty when nothing is in the field.
    using Selection = Result<std::optional<Target>>;

    /// `beforeEach` is called before each command to a card. `others` are the paths of ports that
    /// are known to be no reader: they are not tried, not even when one of them is named.
    NfcDevice(std::function<void()> beforeEach, QStringList others);
    NfcDevice(const NfcDevice &) = delete;
    NfcDevice &operator=(const NfcDevice &) = delete;
    ~NfcDevice() override;

    /// Opens this reader, or with an empty string the first that answers of those libnfc's
    /// configuration, its environment variables or the USB bus name, and only when they name none,
    /// of the serial ports of readercandidates.h. A path alone means a PN532 on that line. A PN532
    /// whose speed the connstring leaves open is opened as fast as it can be. Returns its name.
    [[nodiscard]] Result<QString> open(const QString &connstring);
    void close();

    /// The open reader does not do its part. When that happens again and again although it is
    /// plugged in, its line is kept slow until a card was read.
    void lineFailed();
    void lineWorks() { m_lineFailures = 0; }

    /// What tells that something was plugged in or out: the ports there are, cheap to ask for.
    [[nodiscard]] QStringList places(const QString &connstring) const;
    [[nodiscard]] bool isOpen() const { return m_device != nullptr; }

    /// Looks once for a card: type A, FeliCa, type B. Fails with ReaderLost when the reader does
    /// not do its part.
    [[nodiscard]] Selection select();

    /// The same for type A alone, which is three times as fast in an empty field.
    [[nodiscard]] Selection selectTypeA();

    /// Sends the selected card of type A to sleep and looks once for another. What answers is
    /// selected afterwards; when nothing does, nothing is, and the sleeping card answers again
    /// after dropField().
    [[nodiscard]] Selection selectBeside();

    /// Asks the selected card whether it is still there, without changing its state.
    [[nodiscard]] Presence presence();

    /// Takes the power from the card for a moment, so that it starts afresh. The next step is
    /// select(). False when the reader does not do its part.
    [[nodiscard]] bool dropField();

    [[nodiscard]] Result<QByteArray> transmit(const QByteArray &apdu) override;

    /// True when the last transmit() failed at the reader and not at the card.
    [[nodiscard]] bool readerFailed() const { return m_readerFailed; }

private:
    [[nodiscard]] QStringList candidates() const;
    [[nodiscard]] Result<QString> openOne(const QString &connstring);
    [[nodiscard]] Result<QString> tuned(const QString &connstring) const;
    [[nodiscard]] Selection selectFelica();
    [[nodiscard]] Selection selectTypeB();

    const std::function<void()> m_beforeEach;
    const QStringList m_others;
    nfc_context *m_context = nullptr;
    nfc_device *m_device = nullptr;
    ReaderLock m_lock;
    bool m_readerFailed = false;
    QString m_path; ///< of the serial line in use
    int m_lineFailures = 0;
};

} // namespace upgradedesk
