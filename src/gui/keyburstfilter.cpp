#include "gui/keyburstfilter.h"

#include "identity/scansplitter.h"

#include <QApplication>
#include <QScopedValueRollback>
#include <QShortcut>
#include <QWidget>

#include <algorithm>
#include <utility>

using namespace std::chrono_literals;

namespace upgradedesk
{
namespace
{

constexpr std::size_t fewest = 3;
/// What is longer is told as too long, as that of a scanner on a line is.
constexpr qsizetype longestScan = ScanSplitter::longest + 1;
/// Stands in a scan for a key without a character; no payload holds it.
constexpr QChar noCharacter{0x1A};
/// A person does not press Enter this soon after a scan, a slow scanner may.
constexpr auto endGap = 250ms;

std::chrono::milliseconds windowSystemTime(const QKeyEvent &key)
{
    return std::chrono::milliseconds(key.timestamp());
}

bool isEnd(int key)
{
    return key == Qt::Key_Return || key == Qt::Key_Enter || key == Qt::Key_Tab;
}

bool isModifier(int key)
{
    return key == Qt::Key_Shift || key == Qt::Key_Control || key == Qt::Key_Alt ||
           key == Qt::Key_AltGr || key == Qt::Key_Meta || key == Qt::Key_CapsLock ||
           key == Qt::Key_NumLock;
}

/// The character the scanner meant: with CapsLock on, letters arrive in the other case.
QString meant(const QKeyEvent &key)
{
    const QString text = key.text();
    if (text.size() != 1)
        return noCharacter;
    if (!text.front().isLetter())
        return text;
    return key.modifiers() & Qt::ShiftModifier ? text.toUpper() : text.toLower();
}

/// What the window system does with a key before anybody gets it. Qt keeps the way to its table of
/// shortcuts to itself, so those of the window are asked one by one.
bool offeredToShortcuts(const QWindow &window, const QKeyEvent &key)
{
    const QKeySequence wanted(
        QKeyCombination(key.modifiers() & ~Qt::KeypadModifier, Qt::Key(key.key())));
    for (const QWidget *top : QApplication::topLevelWidgets()) {
        if (top->windowHandle() != &window)
            continue;
        for (QShortcut *shortcut : top->findChildren<QShortcut *>()) {
            const auto *owner = qobject_cast<const QWidget *>(shortcut->parent());
            if (!owner || !owner->isVisible() || !owner->isEnabled() || !shortcut->isEnabled() ||
                shortcut->key() != wanted)
                continue;
            emit shortcut->activated();
            return true;
        }
    }
    return false;
}

} // namespace

KeyBurstFilter::KeyBurstFilter(QObject *parent)
    : QObject(parent)
    , m_time(windowSystemTime)
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &KeyBurstFilter::lapse);
    QCoreApplication::instance()->installEventFilter(this);
}

KeyBurstFilter::~KeyBurstFilter()
{
    forgetKeys();
}

void KeyBurstFilter::setKeyTime(const KeyTime &time)
{
    m_time = time;
    m_ownTime = false;
    m_timer.stop();
}

void KeyBurstFilter::settle()
{
    m_timer.stop();
    m_lastLook = false;
    if (m_scan.isEmpty())
        passOn();
    else
        tellScan();
}

KeyBurstFilter::Kind KeyBurstFilter::kindOf(const QKeyEvent &key) const
{
    if (isModifier(key.key()))
        return Kind::Neutral;
    // A scanner in the middle of a code means no shortcut with Ctrl, Alt or F1 to F12.
    const auto modifiers = key.modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier);
    const bool end = isEnd(key.key()) && modifiers == Qt::NoModifier;
    if (!m_scan.isEmpty() && !end && !key.isAutoRepeat() && m_time(key) - m_last < gap)
        return Kind::Printable;
    if (key.isAutoRepeat() || modifiers != Qt::NoModifier)
        return Kind::Other;
    if (endsScan(key))
        return Kind::End;
    return key.text().size() == 1 && key.text().front().isPrint() ? Kind::Printable : Kind::Other;
}

bool KeyBurstFilter::endsScan(const QKeyEvent &key) const
{
    if (!isEnd(key.key()))
        return false;
    return (!m_scan.isEmpty() || m_justScanned) && m_time(key) - m_last < endGap;
}

bool KeyBurstFilter::eventFilter(QObject *watched, QEvent *event)
{
    if (m_passingOn)
        return false;
    switch (event->type()) {
    case QEvent::InputMethod:
    case QEvent::MouseButtonPress:
    case QEvent::TouchBegin:
        // What was typed before comes before.
        if (m_scan.isEmpty())
            settle();
        return false;
    case QEvent::ShortcutOverride:
    case QEvent::KeyPress:
    case QEvent::KeyRelease:
        break;
    default:
        return false;
    }
    // Keys of people and scanners enter by the window; from there they go on to what has the focus.
    auto *window = qobject_cast<QWindow *>(watched);
    if (!window)
        return false;
    const auto &key = *static_cast<QKeyEvent *>(event);
    if (event->type() == QEvent::KeyRelease)
        return release(*window, key);
    const Kind kind = kindOf(key);
    if (event->type() == QEvent::KeyPress)
        return press(*window, key, kind);
    if (kind == Kind::Printable || kind == Kind::End) {
        // No shortcut has this key yet; it comes again as a key press.
        event->accept();
        return true;
    }
    if (kind == Kind::Other)
        settle();
    return false;
}

bool KeyBurstFilter::press(QWindow &window, const QKeyEvent &key, Kind kind)
{
    switch (kind) {
    case Kind::Printable:
        hold(window, key);
        return true;
    case Kind::End:
        // Some send two of them.
        m_swallowed.append(key.key());
        settle();
        m_justScanned = true;
        return true;
    case Kind::Neutral:
        return false;
    case Kind::Other:
        break;
    }
    settle();
    if (m_time(key) - m_last >= endGap)
        m_justScanned = false;
    return false;
}

bool KeyBurstFilter::release(QWindow &window, const QKeyEvent &key)
{
    if (m_swallowed.removeOne(key.key()))
        return true;
    const bool held = std::ranges::any_of(m_held, [&key](const HeldKey &one) {
        return one.event->type() == QEvent::KeyPress && one.event->key() == key.key();
    });
    if (held)
        m_held.push_back({&window, std::unique_ptr<QKeyEvent>(key.clone())});
    return held;
}

void KeyBurstFilter::hold(QWindow &window, const QKeyEvent &key)
{
    const auto now = m_time(key);
    if (now - m_last >= gap)
        settle();
    // The tail of a scan that faltered for a moment ends with an Enter too.
    if (now - m_last >= 2 * gap)
        m_justScanned = false;
    m_last = now;
    m_lastLook = false;
    if (m_ownTime)
        m_timer.start(gap);

    if (!m_scan.isEmpty()) {
        m_swallowed.append(key.key());
        if (m_scan.size() < longestScan)
            m_scan += meant(key);
        return;
    }
    m_held.push_back({&window, std::unique_ptr<QKeyEvent>(key.clone())});
    const auto isPress = [](const HeldKey &one) { return one.event->type() == QEvent::KeyPress; };
    if (std::size_t(std::ranges::count_if(m_held, isPress)) < fewest)
        return;
    for (const HeldKey &one : m_held) {
        if (isPress(one)) {
            m_scan += meant(*one.event);
            m_swallowed.append(one.event->key());
        } else {
            m_swallowed.removeOne(one.event->key());
        }
    }
    m_held.clear();
}

void KeyBurstFilter::lapse()
{
    // A busy window gets the timer and waiting keys together: those keys are looked at first.
    if (!m_lastLook) {
        m_lastLook = true;
        m_timer.start(0);
        return;
    }
    settle();
}

void KeyBurstFilter::tellScan()
{
    const QString text = std::exchange(m_scan, {});
    m_justScanned = true;
    emit scanned(text);
}

void KeyBurstFilter::passOn()
{
    const QScopedValueRollback guard(m_passingOn, true);
    for (const HeldKey &one : std::exchange(m_held, {})) {
        if (!one.window)
            continue;
        QKeyEvent &key = *one.event;
        if (key.type() == QEvent::KeyPress) {
            QKeyEvent override(QEvent::ShortcutOverride, key.key(), key.modifiers(), key.text());
            override.ignore();
            QCoreApplication::sendEvent(one.window, &override);
            if (!override.isAccepted() && one.window && offeredToShortcuts(*one.window, key))
                continue;
        }
        if (one.window)
            QCoreApplication::sendEvent(one.window, &key);
    }
}

void KeyBurstFilter::forgetKeys()
{
    m_held.clear();
    m_scan.fill(u'\0');
    m_scan.clear();
}

} // namespace upgradedesk
