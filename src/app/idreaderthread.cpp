#include "app/idreaderthread.h"

#include <chrono>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace upgradedesk
{

IdReaderThread::IdReaderThread(const DocumentKinds &kinds, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_reader(new IdReader(kinds, clock))
{
    m_thread.setObjectName(u"id reader"_s);
    m_reader->setWanted(false);
    m_reader->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_reader, &QObject::deleteLater);
    m_forget.setSingleShot(true);
    m_forget.setInterval(8s);
    connect(&m_forget, &QTimer::timeout, this, [this] {
        m_state.unread.reset();
        tell();
    });

    using Link = IdReaderState::Link;
    connect(m_reader, &IdReader::ready, this, [this] {
        if (m_path.isEmpty())
            return;
        m_state.link = Link::Ok;
        m_state.trouble.reset();
        m_state.reading = false;
        tell();
    });
    connect(m_reader, &IdReader::lost, this, [this](const Error &error) {
        if (m_path.isEmpty())
            return;
        m_state.link = Link::Lost;
        m_state.trouble = error;
        m_state.reading = false;
        m_state.unread.reset();
        tell();
    });
    connect(m_reader, &IdReader::documentFound, this, [this] {
        m_state.reading = true;
        m_state.unread.reset();
        tell();
    });
    connect(m_reader, &IdReader::documentRead, this, [this](const IdDocument &document) {
        m_state.reading = false;
        m_state.unread.reset();
        tell();
        emit documentRead(document);
    });
    connect(m_reader, &IdReader::documentFailed, this, [this](const Error &error) {
        m_state.reading = false;
        m_state.unread = error;
        m_forget.start();
        tell();
    });
}

IdReaderThread::~IdReaderThread()
{
    m_thread.quit();
    m_thread.wait();
    if (!m_thread.isFinished())
        delete m_reader;
}

void IdReaderThread::use(const QString &path)
{
    if (path == m_path)
        return;
    m_path = path;
    if (!m_thread.isRunning())
        m_thread.start();
    const bool simulated = m_state.simulated;
    m_state = {};
    m_state.simulated = simulated;
    if (!path.isEmpty())
        m_state.link = IdReaderState::Link::Starting;
    QMetaObject::invokeMethod(m_reader, [reader = m_reader, path] {
        if (path.isEmpty())
            reader->stop();
        else
            reader->start(path);
    });
    tell();
}

void IdReaderThread::setWanted(bool wanted)
{
    QMetaObject::invokeMethod(m_reader, [reader = m_reader, wanted] { reader->setWanted(wanted); });
}

void IdReaderThread::tell()
{
    emit changed(m_state);
}

} // namespace upgradedesk
