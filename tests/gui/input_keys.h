#pragma once

#include "gui/keyburstfilter.h"

#include <QTest>
#include <QWidget>
#include <QWindow>

namespace upgradedesk::test
{

inline QWindow &handleOf(QWidget &widget)
{
    // Makes the window if it is not there yet.
    widget.winId();
    return *widget.windowHandle();
}

/// Keys the way the window system sends them, to the window, at times the test says.
class Keyboard
{
public:
    Keyboard(QWindow &window, KeyBurstFilter &filter)
        : m_window(window)
        , m_filter(filter)
    {
        filter.setKeyTime([this](const QKeyEvent &) { return m_now; });
    }
    Q_DISABLE_COPY_MOVE(Keyboard)
    ~Keyboard() = default;

    void wait(int milliseconds) { m_now += std::chrono::milliseconds(milliseconds); }

    void down(Qt::Key key, const QString &text = {}, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::sendKeyEvent(QTest::Press, &m_window, key, text, modifiers);
    }

    void up(Qt::Key key, const QString &text = {}, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::sendKeyEvent(QTest::Release, &m_window, key, text, modifiers);
    }

    /// Each character down and up, `gap` milliseconds from one to the next.
    void burst(const QString &text, int gap, bool capsLock = false)
    {
        for (const QChar c : text) {
            const bool upper = c.isUpper();
            const QString arrives =
                capsLock ? QString(upper ? c.toLower() : c.toUpper()) : QString(c);
            const auto key = Qt::Key(c.toUpper().unicode());
            const auto modifiers = upper ? Qt::ShiftModifier : Qt::NoModifier;
            wait(gap);
            down(key, arrives, modifiers);
            up(key, arrives, modifiers);
        }
    }

    /// As people type: one key every 120 ms.
    void type(const QString &text)
    {
        for (const QChar c : text) {
            burst(QString(c), 120);
            settle();
        }
    }

    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {}, const QString &text = {})
    {
        wait(120);
        settle();
        const QString sent =
            key == Qt::Key_Return || key == Qt::Key_Enter ? QStringLiteral("\r") : text;
        down(key, sent, modifiers);
        up(key, sent, modifiers);
        QCoreApplication::processEvents();
    }

    /// The gap has passed.
    void settle()
    {
        m_filter.settle();
        QCoreApplication::processEvents();
    }

private:
    QWindow &m_window;
    KeyBurstFilter &m_filter;
    std::chrono::milliseconds m_now{1000};
};

} // namespace upgradedesk::test
