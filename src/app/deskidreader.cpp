#include "app/desk.h"

#include "sim/idreaderlines.h"

using namespace Qt::StringLiterals;

// The desk's share in the ID reader.

namespace upgradedesk
{

void Desk::connectIdReader()
{
    connect(&m_idReader, &IdReaderThread::changed, this, [this](const IdReaderState &state) {
        const bool lost = state.link == IdReaderState::Link::Lost;
        if (lost || state.link == IdReaderState::Link::Ok)
            trace(lost            ? u"idreader lost "_s + errorKey(state.trouble->code)
                  : state.reading ? u"idreader reading"_s
                  : state.unread  ? u"idreader unread "_s + errorKey(state.unread->code)
                                  : u"idreader ready"_s);
        if (m_finished)
            m_window->showIdReader(state);
        if (lost && !state.simulated)
            m_devices.troubled(DeviceRole::IdReader, *state.trouble);
        else if (state.link == IdReaderState::Link::Ok && !state.simulated)
            m_devices.opened(DeviceRole::IdReader);
    });
    connect(&m_idReader, &IdReaderThread::documentRead, this, [this](const IdDocument &document) {
        trace(u"document "_s + document.person.documentKind);
        m_devices.did(DeviceRole::IdReader, DeviceFacts::Event::DocumentRead, true);
        // On 设备 the reader is tried: that document is nobody's.
        if (!m_window->isOnDevices())
            m_controller.apply(DocumentRead{document.person, document.sexDiffers});
    });
    // A port that goes is waited for; only a device that lost its role is given up.
    connect(&m_devices, &DeskDevices::portChanged, this,
            [this](DeviceRole role, const QString &path) {
                if (role != DeviceRole::IdReader || m_virtualIdReader)
                    return;
                if (!path.isEmpty())
                    m_idReader.use(path);
                else if (m_devices.isGivenUp(role))
                    m_idReader.use({});
            });
}

void Desk::startIdReader()
{
    m_idReader.setSimulated(m_virtualIdReader != nullptr);
    m_window->showIdReader(m_idReader.state());
    if (m_virtualIdReader) {
        const auto plugged = m_virtualIdReader->plug();
        if (!plugged)
            emit startFailed(plugged.error());
        m_idReader.use(m_virtualIdReader->path());
    } else if (!m_options.idReader.isEmpty()) {
        m_idReader.use(m_options.idReader);
    }
}

/// One after the other: a trainee meets each kind of document.
void Desk::placeNextDocument()
{
    const QStringList names = m_virtualIdReader->personNames();
    (void)m_virtualIdReader->place(names.at(m_nextDocument++ % names.size()));
}

QString Desk::obeyIdReader(const QString &line)
{
    return obeyIdReaderLine(*m_virtualIdReader, line);
}

} // namespace upgradedesk
