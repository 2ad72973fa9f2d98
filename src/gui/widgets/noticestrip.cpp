#include "gui/widgets/noticestrip.h"

#include "gui/widgets/keybutton.h"
#include "gui/widgets/painting.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace upgradedesk
{

NoticeStrip::NoticeStrip(QWidget *parent)
    : QFrame(parent)
    , m_title(new QLabel(this))
    , m_text(new QLabel(this))
    , m_action(new KeyButton(this))
{
    for (QLabel *label : {m_title, m_text}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        label->hide();
    }
    m_action->setCompact(true);
    m_action->hide();
    connect(m_action, &KeyButton::clicked, this, &NoticeStrip::actionTriggered);

    auto *words = new QVBoxLayout;
    words->setSpacing(0);
    words->addStretch();
    words->addWidget(m_title);
    words->addWidget(m_text);
    words->addStretch();
    auto *row = new QHBoxLayout(this);
    row->addLayout(words, 1);
    row->addWidget(m_action, 0, Qt::AlignVCenter);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    refresh();
}

void NoticeStrip::setKind(Kind kind)
{
    m_kind = kind;
    refresh();
}

NoticeStrip::Kind NoticeStrip::kind() const
{
    return m_kind;
}

void NoticeStrip::setCompact(bool compact)
{
    m_compact = compact;
    refresh();
}

bool NoticeStrip::isCompact() const
{
    return m_compact;
}

void NoticeStrip::setSymbol(Icon symbol)
{
    m_symbol = symbol;
    refresh();
}

void NoticeStrip::setTitle(const QString &title)
{
    m_title->setText(title);
    m_title->setVisible(!title.isEmpty());
    refresh();
}

QString NoticeStrip::title() const
{
    return m_title->text();
}

void NoticeStrip::setText(const QString &text)
{
    m_text->setTextFormat(Qt::PlainText);
    m_text->setText(text);
    m_text->setVisible(!text.isEmpty());
    refresh();
}

void NoticeStrip::setMarkup(const QString &markup)
{
    setText(markup);
    m_text->setTextFormat(Qt::RichText);
}

QString NoticeStrip::text() const
{
    return m_text->text();
}

void NoticeStrip::setAction(const QString &text, const QKeySequence &key)
{
    m_action->setText(text);
    m_action->setShortcut(key);
    m_action->setVisible(!text.isEmpty());
}

QList<QWidget *> NoticeStrip::tabOrder() const
{
    return {m_action};
}

Icon NoticeStrip::symbol() const
{
    if (m_symbol != Icon::None)
        return m_symbol;
    switch (m_kind) {
    case Kind::info:
        return Icon::Info;
    case Kind::ok:
        return Icon::CheckCircle;
    case Kind::warn:
    case Kind::bad:
        return Icon::Alert;
    case Kind::pend:
        return Icon::Hourglass;
    case Kind::free:
        return Icon::Star;
    }
    return Icon::Info;
}

Tone NoticeStrip::tone() const
{
    switch (m_kind) {
    case Kind::info:
        return Tone::Accent;
    case Kind::ok:
        return Tone::Ok;
    case Kind::warn:
        return Tone::Warn;
    case Kind::bad:
        return Tone::Bad;
    case Kind::pend:
        return Tone::Pend;
    case Kind::free:
        return Tone::Free;
    }
    return Tone::Accent;
}

int NoticeStrip::symbolSize() const
{
    return currentTheme().len(m_compact ? 20 : 24);
}

void NoticeStrip::refresh()
{
    const bool titled = !m_title->text().isEmpty();
    const Tone colour = tone();
    for (QLabel *label : {m_title, m_text}) {
        const QString type = label == m_title && !m_compact ? u"strong"_s
                             : m_compact                    ? u"side"_s
                                                            : u"body"_s;
        // Under a title the text explains, so it steps back.
        const bool quiet = label == m_text && titled;
        const QString ink = quiet                  ? u"ink2"_s
                            : colour == Tone::Ok   ? u"ok"_s
                            : colour == Tone::Warn ? u"warn"_s
                            : colour == Tone::Bad  ? u"bad"_s
                            : colour == Tone::Pend ? u"pend"_s
                            : colour == Tone::Free ? u"free"_s
                                                   : u"accent"_s;
        if (label->property("type") == type && label->property("tone") == ink)
            continue;
        label->setProperty("type", type);
        label->setProperty("tone", ink);
        restyle(*label);
    }
    leaveRoom();
    setAccessibleName(titled ? m_title->text() : m_text->text());
    setAccessibleDescription(titled ? m_text->text() : QString());
    updateGeometry();
    update();
}

void NoticeStrip::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::StyleChange) {
        leaveRoom();
        update();
    }
}

/// Room for the symbol at the left, and air.
void NoticeStrip::leaveRoom()
{
    const int side = m_compact ? 17 : 18;
    const int above = m_compact ? 10 : 13;
    layout()->setContentsMargins(side + symbolSize() + 12, above, side, above);
}

void NoticeStrip::paintEvent(QPaintEvent *)
{
    const Theme theme = currentTheme();
    QPainter painter(this);
    drawBox(painter, rect(),
            {.fill = theme.soft(tone()),
             .border = theme.toneLine(tone()),
             .dashed = m_kind == Kind::pend});
    const int side = symbolSize();
    const int left = m_compact ? 17 : 18;
    // Beside a title the icon belongs to the title's line.
    const bool titled = !m_title->text().isEmpty();
    const double y =
        titled ? m_title->geometry().center().y() - side / 2.0 + 0.5 : (height() - side) / 2.0;
    paintIcon(painter, QRectF(left, y, side, side), symbol(), theme.tone(tone()), 2.2);
}

} // namespace upgradedesk
