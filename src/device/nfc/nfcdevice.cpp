#include "device/nfc/nfcdevice.h"

#include "device/nfc/pn532line.h"
#include "device/nfc/readercandidates.h"
#include "device/serial/serialports.h"

#include <nfc/nfc.h>

#include <QFileInfo>
#include <QThread>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

// libnfc copies a command into 264 bytes without looking: 263 bytes would end the process.
constexpr qsizetype longestCommand = 262;
constexpr size_t longestAnswer = 264;
// Slow cards ask for more time; 0 would wait for ever and -1 is too short for them.
constexpr int commandTimeoutMs = 1500;
constexpr unsigned long fieldOffMs = 20;
constexpr size_t mostCandidates = 8;
constexpr int failuresUntilSlow = 3;
constexpr size_t felicaLengthWithSystem = 20;

template <typename Array>
QByteArray bytesOf(const Array &array, size_t size)
{
    return QByteArray{reinterpret_cast<const char *>(array), qsizetype(size)};
}

/// As libnfc reads it.
bool isAutoScanOff()
{
    const QByteArray value = qgetenv("LIBNFC_AUTO_SCAN").toLower();
    return value == "no" || value == "n" || value == "false" || value == "f" || value == "0";
}

/// True when the reader and not the card is to blame.
bool isReaderFault(int code)
{
    return code == NFC_EIO || code == NFC_ETIMEOUT || code == NFC_ENOTSUCHDEV ||
           code == NFC_EOPABORTED;
}

} // namespace

NfcDevice::NfcDevice(std::function<void()> beforeEach, QStringList others)
    : m_beforeEach{std::move(beforeEach)}
    , m_others{std::move(others)}
{
    nfc_init(&m_context);
}

NfcDevice::~NfcDevice()
{
    close();
    if (m_context)
        nfc_exit(m_context);
}

QStringList NfcDevice::candidates() const
{
    std::array<nfc_connstring, mostCandidates> found{};
    const size_t count = nfc_list_devices(m_context, found.data(), found.size());
    QStringList names;
    for (size_t index = 0; index < std::min(count, found.size()); ++index)
        names << QString::fromLocal8Bit(found[index]);
    if (!names.isEmpty() || isAutoScanOff())
        return names;
    return readerCandidates(serialPorts(), m_others);
}

QStringList NfcDevice::places(const QString &connstring) const
{
    const QString path = serialPathOf(withDriver(connstring));
    if (!path.isEmpty())
        return {QFileInfo{path}.canonicalFilePath()};
    QStringList paths;
    for (const SerialPort &port : serialPorts()) {
        if (port.hasNode)
            paths << port.path;
    }
    return paths;
}

Result<QString> NfcDevice::open(const QString &connstring)
{
    if (!m_context)
        return fail(ErrorCode::ReaderNotFound, u"libnfc does not start"_s);
    if (!connstring.isEmpty()) {
        if (isAmong(m_others, serialPathOf(withDriver(connstring))))
            return fail(ErrorCode::ReaderNotFound, u"another device is there"_s);
        return openOne(withDriver(connstring));
    }
    Result<QString> opened = fail(ErrorCode::ReaderNotFound, u"no reader is configured"_s);
    for (const QString &candidate : candidates()) {
        // Several may be silent, and the parent waits for a sign of life.
        m_beforeEach();
        opened = openOne(candidate);
        if (opened)
            break;
    }
    return opened;
}

Result<QString> NfcDevice::tuned(const QString &connstring) const
{
    const QStringList parts = connstring.split(u':');
    if (parts.size() < 2 || parts.first() != u"pn532_uart")
        return connstring;
    if (parts.size() > 2) {
        // Whoever names a speed gets it; only a chip left at another one is brought back.
        static_cast<void>(tunePn532Line(parts.at(1), parts.at(2).toInt()));
        return connstring;
    }
    const bool fast = m_lineFailures < failuresUntilSlow;
    const auto speed = tunePn532Line(parts.at(1), fast ? pn532FastSpeed : pn532SlowSpeed);
    if (!speed)
        return fail(ErrorCode::ReaderNotFound, u"no PN532 answers there"_s);
    return u"%1:%2"_s.arg(connstring).arg(*speed);
}

Result<QString> NfcDevice::openOne(const QString &connstring)
{
    close();
    const Result<void> taken = m_lock.take(connstring);
    if (!taken)
        return tl::unexpected(taken.error());
    m_path = serialPathOf(connstring);
    const Result<QString> withSpeed = tuned(connstring);
    const QByteArray name = withSpeed.value_or(QString{}).toLocal8Bit();
    nfc_connstring buffer{};
    if (!withSpeed || size_t(name.size()) >= sizeof buffer) {
        m_lock.release();
        return fail(ErrorCode::ReaderNotFound, u"no reader answers there"_s);
    }
    std::copy(name.begin(), name.end(), std::begin(buffer));
    m_device = nfc_open(m_context, buffer);
    if (!m_device) {
        m_lock.release();
        return fail(ErrorCode::ReaderNotFound, u"no reader answers there"_s);
    }
    // nfc_initiator_init switches the endless search on, so the order matters.
    if (nfc_initiator_init(m_device) < 0 ||
        nfc_device_set_property_bool(m_device, NP_INFINITE_SELECT, false) < 0) {
        close();
        return fail(ErrorCode::ReaderLost, u"the reader does not start"_s);
    }
    return QString::fromLocal8Bit(nfc_device_get_name(m_device));
}

void NfcDevice::lineFailed()
{
    if (QFileInfo::exists(m_path))
        m_lineFailures = std::min(m_lineFailures + 1, failuresUntilSlow);
}

void NfcDevice::close()
{
    if (m_device)
        nfc_close(m_device);
    m_device = nullptr;
    m_lock.release();
}

NfcDevice::Selection NfcDevice::select()
{
    for (const auto kind :
         {&NfcDevice::selectTypeA, &NfcDevice::selectFelica, &NfcDevice::selectTypeB}) {
        Selection selection = (this->*kind)();
        if (!selection || selection->has_value())
            return selection;
    }
    return std::nullopt;
}

NfcDevice::Selection NfcDevice::selectTypeA()
{
    nfc_target found{};
    const int count =
        nfc_initiator_select_passive_target(m_device, {NMT_ISO14443A, NBR_106}, nullptr, 0, &found);
    if (isReaderFault(count))
        return fail(ErrorCode::ReaderLost, u"the search failed"_s);
    if (count <= 0)
        return std::nullopt;
    const nfc_iso14443a_info &info = found.nti.nai;
    // libnfc packs its structures: a reference to one of these lengths would be misaligned.
    const size_t uidLength = info.szUidLen;
    const size_t atsLength = info.szAtsLen;
    Target target;
    target.tech = Target::Tech::Iso14443A;
    target.uid = bytesOf(info.abtUid, std::min(uidLength, sizeof info.abtUid));
    target.sak = info.btSak;
    target.atqa = bytesOf(info.abtAtqa, sizeof info.abtAtqa);
    target.ats = bytesOf(info.abtAts, std::min(atsLength, sizeof info.abtAts));
    return target;
}

NfcDevice::Selection NfcDevice::selectFelica()
{
    // Any system first; a card that does not tell its system then is asked for the two that we
    // know.
    const std::array polls{QByteArray::fromHex("00FFFF0100"), QByteArray::fromHex("0080080100"),
                           QByteArray::fromHex("0080050100")};
    Target target;
    for (const QByteArray &poll : polls) {
        nfc_target found{};
        const int count = nfc_initiator_select_passive_target(
            m_device, {NMT_FELICA, NBR_212}, reinterpret_cast<const uint8_t *>(poll.constData()),
            size_t(poll.size()), &found);
        if (isReaderFault(count))
            return fail(ErrorCode::ReaderLost, u"the search failed"_s);
        const bool anySystem = &poll == &polls.front();
        if (count <= 0 && anySystem)
            return std::nullopt;
        if (count <= 0)
            continue;
        const nfc_felica_info &info = found.nti.nfi;
        target.tech = Target::Tech::Felica;
        target.felicaId = bytesOf(info.abtId, sizeof info.abtId);
        target.uid = target.felicaId;
        if (info.szLen >= felicaLengthWithSystem)
            target.felicaSystemCode = bytesOf(info.abtSysCode, sizeof info.abtSysCode);
        else if (!anySystem)
            target.felicaSystemCode = poll.mid(1, 2);
        if (!target.felicaSystemCode.isEmpty())
            break;
    }
    return target;
}

NfcDevice::Selection NfcDevice::selectTypeB()
{
    nfc_target found{};
    const int count =
        nfc_initiator_select_passive_target(m_device, {NMT_ISO14443B, NBR_106}, nullptr, 0, &found);
    if (isReaderFault(count))
        return fail(ErrorCode::ReaderLost, u"the search failed"_s);
    if (count <= 0)
        return std::nullopt;
    Target target;
    target.tech = Target::Tech::Iso14443B;
    target.uid = bytesOf(found.nti.nbi.abtPupi, sizeof found.nti.nbi.abtPupi);
    return target;
}

NfcDevice::Selection NfcDevice::selectBeside()
{
    const int asleep = nfc_initiator_deselect_target(m_device);
    if (isReaderFault(asleep))
        return fail(ErrorCode::ReaderLost, u"the card is not released"_s);
    return selectTypeA();
}

NfcDevice::Presence NfcDevice::presence()
{
    const int answer = nfc_initiator_target_is_present(m_device, nullptr);
    if (answer == NFC_SUCCESS)
        return Presence::There;
    if (isReaderFault(answer))
        return Presence::Failed;
    return answer == NFC_EDEVNOTSUPP ? Presence::CannotTell : Presence::Gone;
}

bool NfcDevice::dropField()
{
    if (nfc_device_set_property_bool(m_device, NP_ACTIVATE_FIELD, false) < 0)
        return false;
    QThread::msleep(fieldOffMs);
    return nfc_device_set_property_bool(m_device, NP_ACTIVATE_FIELD, true) >= 0;
}

Result<QByteArray> NfcDevice::transmit(const QByteArray &apdu)
{
    m_readerFailed = false;
    if (apdu.isEmpty() || apdu.size() > longestCommand)
        return fail(ErrorCode::CardLost, u"a command of this length cannot be sent"_s);
    m_beforeEach();
    std::array<uint8_t, longestAnswer> answer{};
    const int size = nfc_initiator_transceive_bytes(
        m_device, reinterpret_cast<const uint8_t *>(apdu.constData()), size_t(apdu.size()),
        answer.data(), answer.size(), commandTimeoutMs);
    if (size >= 0)
        return bytesOf(answer.data(), size_t(size));
    m_readerFailed = isReaderFault(size);
    return fail(m_readerFailed ? ErrorCode::ReaderLost : ErrorCode::CardLost,
                u"libnfc says %1"_s.arg(size));
}

} // namespace upgradedesk
