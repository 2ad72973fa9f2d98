#include "device/nfc/nfcclient.h"

#include "device/nfc/readercandidates.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <algorithm>
#include <array>
#include <chrono>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace upgradedesk
{
namespace
{

constexpr auto longestSilence = 2500ms;
constexpr auto resumeTime = 3s;
constexpr auto firstBackOff = 250ms;
constexpr auto longestBackOff = 2000ms;
constexpr int endWaitMs = 500;

bool sameCard(CardSighting left, CardSighting right)
{
    left.elapsedMs = right.elapsedMs = 0;
    return left == right;
}

/// Whether libnfc 1.8 has a driver that the name begins with.
bool namesDriver(const QString &named)
{
    constexpr std::array drivers{"pn532_uart"_L1, "pn532_i2c"_L1,  "pn532_spi"_L1, "pn53x_usb"_L1,
                                 "arygon"_L1,     "acr122_usb"_L1, "acr122s"_L1,   "acr122_pcsc"_L1,
                                 "pcsc"_L1,       "pn71xx"_L1,     "usb"_L1};
    return std::ranges::find(drivers, named.section(u':', 0, 0)) != drivers.end();
}

/// Why a reader that somebody named is not found: no such name, nothing there, or what is there is
/// silent.
ErrorCode whyNotFound(const QString &named)
{
    const bool isPath = named.startsWith(u'/');
    if (!isPath && !namesDriver(named))
        return ErrorCode::ReaderNameInvalid;
    const QString place = named.section(u':', isPath ? 0 : 1, isPath ? 0 : 1);
    return place.startsWith(u'/') && QFileInfo::exists(place) ? ErrorCode::ReaderSilent
                                                              : ErrorCode::NamedReaderNotFound;
}

} // namespace

NfcClient::NfcClient(const QString &program, QObject *parent)
    : QObject{parent}
    , m_program{program.isEmpty() ? QCoreApplication::applicationDirPath() + u"/upgradedesk-nfc"_s
                                  : program}
    , m_heartbeat{this}
    , m_relaunch{this}
    , m_resume{this}
{
    qRegisterMetaType<upgradedesk::Error>();
    qRegisterMetaType<upgradedesk::CardSighting>();
    m_heartbeat.setSingleShot(true);
    m_heartbeat.setInterval(longestSilence);
    connect(&m_heartbeat, &QTimer::timeout, this, &NfcClient::childHangs);
    m_relaunch.setSingleShot(true);
    connect(&m_relaunch, &QTimer::timeout, this, &NfcClient::launch);
    m_resume.setSingleShot(true);
    m_resume.setInterval(resumeTime);
    connect(&m_resume, &QTimer::timeout, this, &NfcClient::fieldEmpty);
}

NfcClient::~NfcClient()
{
    stop();
}

void NfcClient::start(const QString &connstring)
{
    stop();
    m_connstring = connstring;
    m_running = true;
    launch();
}

void NfcClient::use(const QString &connstring, const QStringList &others)
{
    const bool another = connstring != m_connstring;
    m_connstring = connstring;
    m_others = others;
    if (another || isOutOfDate())
        replaceChild();
}

/// Whether the child that runs does something else than one that knew the ports of today.
bool NfcClient::isOutOfDate() const
{
    if (m_others == m_given)
        return false;
    // libnfc names a reader on a line `pn532_uart:/dev/ttyUSB0 - PN532 v1.6`.
    if (m_ready)
        return isAmong(m_others, serialPathOf(m_readyName.section(u" - "_s, 0, 0)));
    const QString path = serialPathOf(withDriver(m_connstring));
    return m_connstring.isEmpty() || isAmong(m_others, path) != isAmong(m_given, path);
}

/// Its end is followed by another start.
void NfcClient::replaceChild()
{
    if (!m_child)
        return;
    m_replaced = true;
    m_child->kill();
}

void NfcClient::stop()
{
    m_running = false;
    m_relaunch.stop();
    m_resume.stop();
    m_present.reset();
    m_resuming = false;
    m_lossTold.reset();
    m_failures = 0;
    endChild();
}

void NfcClient::launch()
{
    m_reader.clear();
    m_wasReady = false;
    m_replaced = false;
    m_given = m_others;
    m_child = std::make_unique<QProcess>();
    m_child->setProgram(m_program);
    QStringList arguments;
    if (!m_connstring.isEmpty())
        arguments << u"--reader"_s << m_connstring;
    for (const QString &path : std::as_const(m_others))
        arguments << u"--not"_s << path;
    m_child->setArguments(arguments);
    // libnfc and libusb write to stderr what no clerk can use; whoever debugs them sets the level.
    if (qEnvironmentVariableIsSet("LIBNFC_LOG_LEVEL"))
        m_child->setProcessChannelMode(QProcess::ForwardedErrorChannel);
    else
        m_child->setStandardErrorFile(QProcess::nullDevice());
    connect(m_child.get(), &QProcess::readyReadStandardOutput, this, &NfcClient::readMessages);
    // Queued: the handler replaces the QProcess that is emitting.
    connect(m_child.get(), &QProcess::finished, this, &NfcClient::childEnded, Qt::QueuedConnection);
    connect(
        m_child.get(), &QProcess::errorOccurred, this,
        [this](QProcess::ProcessError error) {
            if (error == QProcess::FailedToStart)
                childEnded();
        },
        Qt::QueuedConnection);
    m_heartbeat.start();
    m_child->start();
}

void NfcClient::endChild()
{
    m_heartbeat.stop();
    m_ready = false;
    if (!m_child)
        return;
    m_child->disconnect(this);
    if (m_child->state() != QProcess::NotRunning) {
        // The child ends by itself when its input closes; killing is for one that is stuck.
        m_child->closeWriteChannel();
        if (!m_child->waitForFinished(endWaitMs)) {
            m_child->kill();
            m_child->waitForFinished(endWaitMs);
        }
    }
    m_child.reset();
}

void NfcClient::readMessages()
{
    m_reader.append(m_child->readAllStandardOutput());
    while (true) {
        const Result<std::optional<NfcMessage>> message = m_reader.next();
        if (!message) {
            m_child->kill();
            return;
        }
        if (!message->has_value())
            return;
        m_heartbeat.start();
        take(**message);
        if (!m_running || !m_child)
            return;
    }
}

void NfcClient::take(const NfcMessage &message)
{
    if (const auto *ready = std::get_if<NfcReady>(&message)) {
        m_ready = m_wasReady = true;
        m_failures = 0;
        m_lossTold.reset();
        m_readyName = ready->name;
        emit readerReady(ready->name);
    } else if (const auto *trouble = std::get_if<NfcTrouble>(&message)) {
        m_ready = false;
        fieldEmpty();
        lose(troubleOf(*trouble));
        // Before it looks for another one on ports that have got a device meanwhile.
        if (isOutOfDate())
            replaceChild();
    } else if (const auto *arrived = std::get_if<NfcArrived>(&message)) {
        cardFound(arrived->sighting);
    } else if (std::holds_alternative<NfcLeft>(message)) {
        fieldEmpty();
    }
}

/// A reader that somebody named is told by its name.
Error NfcClient::troubleOf(const NfcTrouble &trouble) const
{
    const QString named =
        m_connstring.isEmpty() ? qEnvironmentVariable("LIBNFC_DEVICE") : m_connstring;
    // Its path may be another device's by now, which is not asked.
    if (trouble.code == ErrorCode::ReaderNotFound &&
        isAmong(m_others, serialPathOf(withDriver(m_connstring))))
        return {ErrorCode::NamedReaderNotFound, u"another device is there"_s, {named}};
    if (trouble.code == ErrorCode::ReaderNotFound && !named.isEmpty())
        return {whyNotFound(named), u"the reader does not answer"_s, {named}};
    return {trouble.code, u"the reader process cannot use the reader"_s, trouble.args};
}

void NfcClient::cardFound(const CardSighting &sighting)
{
    const bool sameLiesThere = m_resuming && m_present && sameCard(*m_present, sighting);
    m_resuming = false;
    m_resume.stop();
    if (sameLiesThere)
        return;
    if (m_present)
        emit cardLeft();
    m_present = sighting;
    emit cardArrived(sighting);
}

void NfcClient::fieldEmpty()
{
    m_resuming = false;
    m_resume.stop();
    if (!m_present)
        return;
    m_present.reset();
    emit cardLeft();
}

void NfcClient::lose(const Error &error)
{
    if (m_lossTold == error.code)
        return;
    m_lossTold = error.code;
    emit readerLost(error);
}

void NfcClient::childHangs()
{
    m_child->kill();
}

void NfcClient::childEnded()
{
    // A queued call may come from a child that was replaced meanwhile.
    if (!m_running || !m_child || m_child->state() != QProcess::NotRunning)
        return;
    m_heartbeat.stop();
    m_ready = false;
    m_child.reset();
    if (m_present && !m_resuming) {
        m_resuming = true;
        m_resume.start();
    }
    if (m_wasReady || m_replaced) {
        m_relaunch.start(0);
    } else {
        const int doublings = std::min(m_failures++, 3);
        m_relaunch.start(std::min(firstBackOff * (1 << doublings), longestBackOff));
    }
    // What it said itself about its trouble is more to the point. One that was replaced before it
    // had found anything has lost nothing.
    if (!m_lossTold && (m_wasReady || !m_replaced))
        lose({ErrorCode::ReaderLost, u"the reader process ended"_s, {}});
}

} // namespace upgradedesk
