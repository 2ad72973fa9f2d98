#pragma once

#include "support/catch.h"

#include "app/desk.h"
#include "gui/appearance.h"
#include "gui/widgets/keybutton.h"
#include "gui/widgets/pinedit.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QInputMethodEvent>
#include <QLineEdit>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <functional>

namespace upgradedesk::test
{

using namespace Qt::StringLiterals;

constexpr int patienceMs = 60'000;

inline bool comesTrue(const std::function<bool()> &condition)
{
    QElapsedTimer time;
    time.start();
    while (!condition()) {
        if (time.elapsed() > patienceMs)
            return false;
        QEventLoop loop;
        QTimer::singleShot(10, &loop, &QEventLoop::quit);
        loop.exec();
    }
    return true;
}

/// A whole desk in training, in this process and driven by its keys.
class TrainingDesk
{
public:
    explicit TrainingDesk(const QString &printer = {})
        : m_options(optionsFor(folder.path(), printer))
        , m_desk(m_options, m_clock, m_appearance, loadDeskData(m_options, m_clock).value())
    {
        REQUIRE(m_desk.start());
        REQUIRE(comesTrue([this] { return window() != nullptr && shows<PinEdit>(); }));
        QObject::connect(window(), &MainWindow::pageShown, window(),
                         [this](const QString &page) { m_page = page; });
        for (const char digit : {'1', '3', '5', '7', '9', '0'})
            QTest::keyClick(window()->findChild<PinEdit *>(), digit);
        REQUIRE(comesTrue([this] { return m_page == u"idle"; }));
        REQUIRE(comesTrue([this] { return window()->findChild<KeyButton *>() != nullptr; }));
    }

    [[nodiscard]] static Options optionsFor(const QString &folder, const QString &printer)
    {
        Options options;
        options.profile = Profile::Training;
        options.dataFolder = folder;
        options.printer = printerNamed(printer).value();
        return options;
    }

    [[nodiscard]] MainWindow *window() const
    {
        for (QWidget *top : QApplication::topLevelWidgets()) {
            if (auto *found = qobject_cast<MainWindow *>(top))
                return found;
        }
        return nullptr;
    }
    template <typename T>
    [[nodiscard]] bool shows() const
    {
        const auto *widget = window()->findChild<T *>();
        return widget && widget->isVisible();
    }

    void tap(const QString &card)
    {
        // The child may still be on its way to the reader.
        REQUIRE(comesTrue([this, &card] {
            if (m_page != u"card")
                emit window()->trainingTapRequested(card);
            return m_page == u"card";
        }));
        emit window()->trainingRemoveRequested();
    }

    /// Enter until that page is there: a page is deaf for a moment after it has come.
    void enterTo(const QString &page)
    {
        REQUIRE(comesTrue([this, &page] {
            if (m_page != page)
                QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
            return m_page == page;
        }));
    }

    void typeName()
    {
        press(Qt::Key_3, Qt::AltModifier);
        REQUIRE(comesTrue(
            [] { return qobject_cast<QLineEdit *>(QApplication::focusWidget()) != nullptr; }));
        QInputMethodEvent event;
        event.setCommitString(u"测试甲"_s);
        QApplication::sendEvent(QApplication::focusWidget(), &event);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    }
    void type(QChar character)
    {
        QTest::keyClick(QApplication::focusWidget(), character.toLatin1());
    }

    /// All but the last character of the number one by one, then the same one anew, so that nobody
    /// seems to have left the desk.
    void typeOn(const QString &number, qsizetype &typed)
    {
        if (typed == number.size() - 1) {
            // To the window: what a widget is sent by itself is no sign of staff.
            QTest::keyClick(window()->windowHandle(), Qt::Key_Backspace);
            --typed;
        }
        type(number.at(typed++));
    }

    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::keyClick(QApplication::focusWidget(), key, modifiers);
    }

    [[nodiscard]] const QString &page() const { return m_page; }
    [[nodiscard]] ReceiptTasks &receipts() { return m_desk.receipts(); }

    [[nodiscard]] int documentsRead()
    {
        return m_desk.counter().facts(CounterDevice::IdReader).done;
    }

    const QTemporaryDir folder;

private:
    const SystemClock m_clock;
    Appearance m_appearance{Look{}};
    const Options m_options;
    Desk m_desk;
    QString m_page;
};

/// From the document's page to the end.
inline void finishLink(TrainingDesk &desk)
{
    desk.enterTo(u"consent"_s);
    desk.enterTo(u"health"_s);
    desk.enterTo(u"confirm"_s);
    desk.enterTo(u"done"_s);
}

} // namespace upgradedesk::test
