#include "gui/pages/documentpage.h"

#include "gui/pages/words.h"
#include "ui_documentpage.h"

#include <QCoreApplication>
#include <QKeyEvent>
#include <QSignalBlocker>

// How the document comes in: from the ID reader or typed.

namespace upgradedesk
{

bool DocumentPage::hasReader() const
{
    return m_idReader.link == IdReaderState::Link::Ok ||
           m_idReader.link == IdReaderState::Link::Starting;
}

void DocumentPage::showIdReader(const IdReaderState &reader)
{
    m_idReader = reader;
    // Typing goes on without it; what is typed stays when it comes back.
    if (!m_chosen && isVisible() && nothingTyped() && !shownPerson())
        choose(hasReader() ? Method::Reader : Method::Typed);
    showMethod();
    emit faceChanged();
}

void DocumentPage::choose(Method method)
{
    const bool changed = m_method != method;
    m_method = method;
    const QSignalBlocker blocker(m_ui->method);
    m_ui->method->setCurrent(int(method));
    showMethod();
    judge();
    if (changed && isVisible())
        firstField()->setFocus();
}

void DocumentPage::showMethod()
{
    m_ui->methodRow->setVisible(m_idReader.link != IdReaderState::Link::Absent);
    //: id.method.reader / id.method.lost: its key and symbol stand beside it
    m_ui->method->setChoiceText(0, hasReader() ? tr("身份证") : tr("证件机未连接"));
    m_ui->form->setVisible(!reads());
    m_ui->face->setVisible(reads());
    //: id.privacy / id.masked
    m_ui->privacyIcon->setText(reads() ? tr("只取姓名、证件类型和证件号；屏幕上一律遮挡，不存照片")
                                       : tr("离开此步后证件号只显示前 3 位和后 4 位"));
    m_ui->face->present(m_idReader, shownPerson(), m_kinds);
}

/// Who was read, or is known from before.
std::optional<Person> DocumentPage::shownPerson() const
{
    const auto &read = controller().state().read;
    return read ? std::optional(read->person) : known();
}

/// A document that has just been read is shown for a moment; then it leads on.
void DocumentPage::showRead(const LinkState &state)
{
    if (!state.read) {
        m_shownRead = std::chrono::milliseconds(-1);
        return;
    }
    if (state.read->compareByEye)
        stopAdvance();
    if (state.read->at == m_shownRead)
        return;
    m_shownRead = state.read->at;
    choose(Method::Reader);
    if (!state.read->compareByEye)
        startAdvance();
    announce(m_ui->face, m_ui->face->headline());
}

/// While a document is waited for: any key stops what happens by itself, and one that can be typed
/// begins the typing.
void DocumentPage::keyPressEvent(QKeyEvent *event)
{
    const bool plain = !(event->modifiers() & ~(Qt::KeypadModifier | Qt::ShiftModifier));
    const QString text = event->text();
    stopAdvance();
    if (!reads() || !plain || text.isEmpty() || !text.front().isLetterOrNumber() ||
        controller().state().read) {
        StepPage::keyPressEvent(event);
        return;
    }
    m_chosen = true;
    choose(Method::Typed);
    QKeyEvent typed(event->type(), event->key(), event->modifiers(), text);
    QCoreApplication::sendEvent(m_ui->name, &typed);
}

} // namespace upgradedesk
