#include "sim/virtualreader.h"

#include "sim/virtualreaderworker.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace upgradedesk
{

VirtualReader::VirtualReader(QList<VirtualCard> cards, VirtualReaderOptions options,
                             QObject *parent)
    : QObject{parent}
    , m_cards{std::move(cards)}
    , m_options{std::move(options)}
    , m_path{m_options.link.isEmpty() ? m_folder.emplace().filePath(u"reader"_s) : m_options.link}
{
    m_thread.setObjectName(u"virtual reader"_s);
    m_worker = new VirtualReaderWorker{m_path, m_options.airTime};
    m_worker->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
    connect(m_worker, &VirtualReaderWorker::trapSprung, this, &VirtualReader::trapSprung);
    m_thread.start();
}

VirtualReader::~VirtualReader()
{
    m_thread.quit();
    m_thread.wait();
}

Result<void> VirtualReader::start()
{
    return plug();
}

QString VirtualReader::path() const
{
    return m_path;
}

QString VirtualReader::connstring() const
{
    return u"pn532_uart:"_s + m_path;
}

QStringList VirtualReader::cardNames() const
{
    QStringList names;
    for (const VirtualCard &card : m_cards)
        names << card.name;
    return names;
}

Result<VirtualCard> VirtualReader::cardNamed(const QString &name) const
{
    const auto card = std::ranges::find(m_cards, name, &VirtualCard::name);
    if (card == m_cards.end())
        return fail(ErrorCode::InputInvalid, u"no such virtual card"_s, {name});
    return *card;
}

Result<void> VirtualReader::tap(const QString &name)
{
    return cardNamed(name).map([this](const VirtualCard &card) {
        QMetaObject::invokeMethod(m_worker, [worker = m_worker, card] { worker->place(card); });
    });
}

Result<void> VirtualReader::tapTorn(const QString &name, int commands)
{
    return cardNamed(name).map([this, commands](const VirtualCard &card) {
        QMetaObject::invokeMethod(m_worker, [worker = m_worker, card, commands] {
            worker->place(card);
            worker->chip().tear(commands);
        });
    });
}

Result<void> VirtualReader::add(const QString &name)
{
    return cardNamed(name).map([this](const VirtualCard &card) {
        QMetaObject::invokeMethod(m_worker, [worker = m_worker, card] { worker->add(card); });
    });
}

void VirtualReader::remove()
{
    QMetaObject::invokeMethod(m_worker, [worker = m_worker] { worker->chip().removeCard(); });
}

void VirtualReader::lift(const QString &name)
{
    QMetaObject::invokeMethod(m_worker, [worker = m_worker, name] { worker->chip().lift(name); });
}

void VirtualReader::unplug()
{
    QMetaObject::invokeMethod(
        m_worker, [worker = m_worker] { worker->unplug(); }, Qt::BlockingQueuedConnection);
}

Result<void> VirtualReader::plug()
{
    Result<void> result;
    QMetaObject::invokeMethod(
        m_worker, [&result, worker = m_worker] { result = worker->plug(); },
        Qt::BlockingQueuedConnection);
    return result;
}

void VirtualReader::stall(int milliseconds)
{
    QMetaObject::invokeMethod(m_worker,
                              [worker = m_worker, milliseconds] { worker->stall(milliseconds); });
}

void VirtualReader::tear(int commands)
{
    QMetaObject::invokeMethod(m_worker,
                              [worker = m_worker, commands] { worker->chip().tear(commands); });
}

void VirtualReader::noise(int bytes)
{
    QMetaObject::invokeMethod(m_worker, [worker = m_worker, bytes] { worker->noise(bytes); });
}

void VirtualReader::weaken(int percent)
{
    QMetaObject::invokeMethod(m_worker,
                              [worker = m_worker, percent] { worker->chip().weaken(percent); });
}

void VirtualReader::setAirTime(bool on)
{
    QMetaObject::invokeMethod(m_worker, [worker = m_worker, on] { worker->chip().setAirTime(on); });
}

void VirtualReader::corrupt(int answers)
{
    QMetaObject::invokeMethod(m_worker,
                              [worker = m_worker, answers] { worker->chip().corrupt(answers); });
}

void VirtualReader::forceStatus(int answers, quint8 status)
{
    QMetaObject::invokeMethod(m_worker, [worker = m_worker, answers, status] {
        worker->chip().forceStatus(answers, status);
    });
}

} // namespace upgradedesk
