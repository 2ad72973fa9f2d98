#include "gui/appearance.h"

#include "gui/theme/fixedsizes.h"
#include "gui/theme/theme.h"
#include "gui/pages/lookbuttons.h"
#include "gui/widgets/painting.h"

#include <QApplication>
#include <QResizeEvent>
#include <QShortcut>
#include <QWidget>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

constexpr QSize largeWindow(1920, 1080);
constexpr double largeScale = 1.25;

struct LookKey {
    QKeySequence sequence;
    LookChange step;
};

QList<LookKey> lookKeys()
{
    // Ctrl+= is Ctrl++ on keyboards where + needs Shift.
    return {{Qt::CTRL | Qt::Key_L, LookChange::Language},
            {Qt::CTRL | Qt::Key_D, LookChange::Theme},
            {Qt::CTRL | Qt::Key_Plus, LookChange::Larger},
            {Qt::CTRL | Qt::Key_Equal, LookChange::Larger},
            {Qt::CTRL | Qt::Key_Minus, LookChange::Smaller}};
}

/// The keys of these steps as the help prints them.
QString keysOf(const QList<LookChange> &steps)
{
    QStringList texts;
    for (const LookKey &key : lookKeys()) {
        if (steps.contains(key.step))
            texts << keyText(key.sequence);
    }
    return texts.join(u" / "_s);
}

Look changedBy(Look look, LookChange step)
{
    const QList<int> sizes = textSizes();
    const qsizetype size = sizes.indexOf(look.textSize);
    switch (step) {
    case LookChange::Language:
        look.language = look.language == Language::Chinese ? Language::English : Language::Chinese;
        break;
    case LookChange::Theme:
        look.dark = !look.dark;
        break;
    case LookChange::Larger:
        // One button is enough for all sizes: after the largest comes the first again.
        look.textSize = sizes.at((size + 1) % sizes.size());
        break;
    case LookChange::Smaller:
        look.textSize = sizes.at(std::max<qsizetype>(0, size - 1));
        break;
    }
    return look;
}

} // namespace

QList<int> textSizes()
{
    return {100, 112, 125};
}

Appearance::Appearance(const Look &look)
    : m_look(look)
{
    if (!textSizes().contains(m_look.textSize))
        m_look.textSize = textSizes().first();
    setLanguage(m_look.language);
    paint();
}

const Look &Appearance::look() const
{
    return m_look;
}

void Appearance::change(LookChange step)
{
    setLook(changedBy(m_look, step));
}

void Appearance::setLook(const Look &look)
{
    if (look == m_look)
        return;
    const Look before = m_look;
    m_look = look;
    if (look.language != before.language)
        setLanguage(look.language);
    if (look.dark != before.dark || look.textSize != before.textSize)
        paint();
    emit changed(m_look);
}

void Appearance::setLanguage(Language language)
{
    if (language == Language::Chinese)
        QApplication::removeTranslator(&m_english);
    else if (m_english.load(u":/i18n/upgradedesk_en.qm"_s))
        QApplication::installTranslator(&m_english);
    for (QWidget *window : std::as_const(m_windows))
        nameKeys(*window);
}

void Appearance::nameKeys(QWidget &window)
{
    using enum LookChange;
    QStringList help;
    help << keysOf({Language}) << tr("换语言");
    help << keysOf({Theme}) << tr("深色 / 浅色");
    help << keysOf({Larger, Smaller}) << tr("字号大小");
    window.setProperty("keyHelp", help);
}

void Appearance::paint()
{
    const double text = m_look.textSize / 100.0;
    Theme theme = m_look.dark ? Theme::dark(text) : Theme::light(text);
    theme.scale = m_scale;
    applyTheme(*qApp, theme);
    for (QWidget *window : std::as_const(m_windows))
        scaleFixedSizes(*window, m_scale);
}

void Appearance::follow(QWidget &window)
{
    for (const LookKey &key : lookKeys()) {
        auto *shortcut = new QShortcut(key.sequence, &window);
        shortcut->setAutoRepeat(false);
        connect(shortcut, &QShortcut::activated, this, [this, step = key.step] { change(step); });
    }
    m_windows.append(&window);
    nameKeys(window);
    connect(&window, &QObject::destroyed, this,
            [this, gone = &window] { m_windows.removeOne(gone); });
    window.installEventFilter(this);
    fit(window.size());
    takeIn(window);
}

void Appearance::takeIn(QWidget &window)
{
    for (const LookButtons *buttons : window.findChildren<LookButtons *>()) {
        buttons->disconnect(this);
        connect(buttons, &LookButtons::languageChosen, this,
                [this] { change(LookChange::Language); });
        connect(buttons, &LookButtons::themeChosen, this, [this] { change(LookChange::Theme); });
        connect(buttons, &LookButtons::textSizeChosen, this,
                [this] { change(LookChange::Larger); });
    }
    scaleFixedSizes(window, m_scale);
}

bool Appearance::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize)
        fit(static_cast<QResizeEvent *>(event)->size());
    return QObject::eventFilter(watched, event);
}

void Appearance::fit(QSize window)
{
    const bool large =
        window.width() >= largeWindow.width() && window.height() >= largeWindow.height();
    const double scale = large ? largeScale : 1;
    if (qFuzzyCompare(scale, m_scale))
        return;
    m_scale = scale;
    paint();
}

} // namespace upgradedesk
