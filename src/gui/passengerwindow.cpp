#include "gui/passengerwindow.h"

#include "gui/idleguard.h"
#include "gui/pages/words.h"
#include "gui/widgets/focusring.h"
#include "gui/widgets/passengerbutton.h"
#include "gui/widgets/passengerpicture.h"

#include <QCloseEvent>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QPainter>
#include <QScreen>
#include <QShortcut>
#include <QWindow>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

constexpr int armingTime = 500;
constexpr Qt::WindowFlags besideFlags =
    Qt::Window | Qt::FramelessWindowHint | Qt::WindowDoesNotAcceptFocus;
constexpr Qt::WindowFlags turnedFlags = Qt::Window | Qt::FramelessWindowHint;

} // namespace

PassengerWindow::PassengerWindow()
    : QWidget(nullptr, besideFlags)
    , m_answers{new PassengerButton(this), new PassengerButton(this)}
    , m_languages{new PassengerButton(this), new PassengerButton(this)}
{
    setObjectName(u"passengerWindow"_s);
    setWindowTitle(u"UpgradeDesk"_s);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setAttribute(Qt::WA_QuitOnClose, false);
    setFocusPolicy(Qt::StrongFocus);
    m_answers[0]->setObjectName(u"decline"_s);
    m_answers[1]->setObjectName(u"agree"_s);
    m_languages[0]->setObjectName(u"chinese"_s);
    m_languages[1]->setObjectName(u"english"_s);
    // Each is named in itself, so that a passenger finds it.
    m_languages[0]->setWords(u"中文"_s, {});
    m_languages[1]->setWords(u"English"_s, {});
    for (std::size_t i = 0; i < 2; ++i) {
        m_languages[i]->setCheckable(true);
        connect(m_answers[i], &PassengerButton::clicked, this, [this, i] { answer(i == 1); });
        connect(m_languages[i], &PassengerButton::clicked, this, [this, i] {
            showWords();
            emit languageChosen(i == 0 ? Language::Chinese : Language::English);
        });
    }
    m_arming.setSingleShot(true);
    m_arming.setInterval(armingTime);
    connect(&m_arming, &QTimer::timeout, this, &PassengerWindow::arm);
    for (const QKeySequence &key :
         {QKeySequence(Qt::Key_Escape), QKeySequence(Qt::ALT | Qt::Key_T)}) {
        auto *back = new QShortcut(key, this);
        back->setAutoRepeat(false);
        connect(back, &QShortcut::activated, this, &PassengerWindow::turnBackRequested);
    }
    new FocusRing(this);
    winId();
    // An unattended desk locks itself whatever a passenger touches.
    windowHandle()->setProperty(IdleGuard::notStaff, true);
    disarm();
    showWords();
}

PassengerWindow::~PassengerWindow() = default;

void PassengerWindow::setArmingTime(int milliseconds)
{
    m_arming.setInterval(milliseconds);
}

bool PassengerWindow::isArmed() const
{
    return m_scene.view == PassengerScene::View::Consent && m_painted && !m_arming.isActive();
}

void PassengerWindow::setScene(const PassengerScene &scene)
{
    if (m_scene == scene)
        return;
    const PassengerScene before = std::exchange(m_scene, scene);
    const bool otherQuestion =
        before.view != scene.view || before.sheet.number != scene.sheet.number;
    if (otherQuestion) {
        disarm();
        if (m_answers[0]->hasFocus() || m_answers[1]->hasFocus())
            setFocus();
    }
    place();
    showWords();
    // At once: nothing of the passenger before may stand here a moment longer.
    if (isVisible())
        repaint();
    if (before.view != scene.view || before.sheet.number != scene.sheet.number)
        announce(this, accessibleName());
}

void PassengerWindow::cover(const QRect &place, bool takesKeys)
{
    m_takesKeys = takesKeys;
    const Qt::WindowFlags flags = takesKeys ? turnedFlags : besideFlags;
    if (windowFlags() != flags) {
        setWindowFlags(flags);
        winId();
        windowHandle()->setProperty(IdleGuard::notStaff, true);
    }
    setAttribute(Qt::WA_ShowWithoutActivating, !takesKeys);
    // Without a window manager (kiosk) nobody else makes the window fill its screen.
    setGeometry(place);
    const bool whole =
        std::ranges::any_of(QGuiApplication::screens(), [&place](const QScreen *screen) {
            return screen->geometry() == place;
        });
    if (whole)
        showFullScreen();
    else
        showNormal();
    raise();
    // Nothing has the focus at first: no answer is nearer than the other.
    setFocus();
}

void PassengerWindow::showBeside(const QRect &screen)
{
    cover(screen, false);
}

void PassengerWindow::showTurned(const QRect &place)
{
    cover(place, true);
    activateWindow();
}

void PassengerWindow::disarm()
{
    m_painted = false;
    m_arming.stop();
    for (PassengerButton *button : m_answers)
        button->setArmed(false);
}

void PassengerWindow::arm()
{
    for (PassengerButton *button : m_answers)
        button->setArmed(true);
}

void PassengerWindow::answer(bool agrees)
{
    if (isArmed())
        emit answered(m_scene.sheet.number, agrees);
}

void PassengerWindow::place()
{
    const PassengerPicture picture(m_scene, size());
    const bool asks = m_scene.view == PassengerScene::View::Consent && picture.showsWholeNotice();
    const auto answers = picture.answers();
    const auto languages = picture.languages();
    const double scale = passengerScale(size());
    for (std::size_t i = 0; i < 2; ++i) {
        m_answers[i]->setScale(scale);
        m_answers[i]->setGeometry(answers[i]);
        m_answers[i]->setVisible(asks);
        m_languages[i]->setScale(scale);
        m_languages[i]->setGeometry(languages[i]);
    }
}

void PassengerWindow::showWords()
{
    const bool chinese = m_scene.language == Language::Chinese;
    const LocalText yes = passengerWord(u"consent.yes"_s);
    const LocalText no = passengerWord(u"consent.no"_s);
    const auto both = [chinese](PassengerButton &button, const LocalText &text) {
        button.setWords(chinese ? text.chinese : text.english,
                        chinese ? text.english : text.chinese);
    };
    both(*m_answers[0], no);
    both(*m_answers[1], yes);
    m_languages[0]->setChecked(chinese);
    m_languages[1]->setChecked(!chinese);

    const PassengerText text = passengerText(m_scene);
    QStringList rest;
    for (const LocalText &part : {text.above, text.sub, text.hint})
        rest << part.in(m_scene.language);
    if (m_scene.view == PassengerScene::View::Card ||
        m_scene.view == PassengerScene::View::Confirm) {
        QString spoken;
        for (const QChar digit : m_scene.number)
            spoken += QString(digit) + u' ';
        rest << spoken.trimmed();
    }
    if (m_scene.view == PassengerScene::View::Consent)
        rest << m_scene.notice.collected << m_scene.notice.purpose << m_scene.notice.recipient
             << m_scene.notice.withdrawal;
    if (m_scene.gate)
        rest << m_scene.gate->sentence.in(m_scene.language);
    rest.removeAll(QString());
    setAccessibleName(text.headline.in(m_scene.language));
    setAccessibleDescription(rest.join(chinese ? u"；"_s : u"; "_s));
}

/// No key of this window is the staff's but the way back.
void PassengerWindow::keyPressEvent(QKeyEvent *event)
{
    event->accept();
}

void PassengerWindow::closeEvent(QCloseEvent *event)
{
    QWidget::closeEvent(event);
    if (m_takesKeys)
        emit turnBackRequested();
}

void PassengerWindow::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::StyleChange)
        update();
    QWidget::changeEvent(event);
}

void PassengerWindow::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    place();
}

void PassengerWindow::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    PassengerPicture(m_scene, size()).paint(painter);
    // A question is answered only by who has had it before the eyes.
    if (!std::exchange(m_painted, true))
        m_arming.start();
}

} // namespace upgradedesk
