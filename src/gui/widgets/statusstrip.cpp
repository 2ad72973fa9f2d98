#include "gui/widgets/statusstrip.h"

#include "gui/theme/theme.h"

#include <QHBoxLayout>
#include <QPainter>

namespace upgradedesk
{

StatusStrip::StatusStrip(QWidget *parent)
    : PaintedWidget(parent)
    , m_left(new QHBoxLayout)
    , m_right(new QHBoxLayout)
{
    auto *row = new QHBoxLayout(this);
    // Chips carry 14 px of air at each side, the strip 16.
    row->setContentsMargins(2, 1, 16, 0);
    row->setSpacing(0);
    for (QHBoxLayout *part : {m_left, m_right})
        part->setSpacing(0);
    row->addLayout(m_left);
    row->addStretch();
    row->addLayout(m_right);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void StatusStrip::setItem(const StatusItem &item)
{
    StatusChip *known = chip(item.id);
    if (known && known->item() == item)
        return;
    const bool moved = known && known->item().side != item.side;
    if (moved) {
        removeItem(item.id);
        known = nullptr;
    }
    if (!known) {
        known = new StatusChip(this);
        connect(known, &StatusChip::clicked, this,
                [this, known] { emit chosen(known->item().id); });
        m_chips.append(known);
        (item.side == StatusItem::Side::Left ? m_left : m_right)->addWidget(known);
    }
    known->setItem(item);
    partChips();
}

void StatusStrip::removeItem(const QString &id)
{
    StatusChip *gone = chip(id);
    if (!gone)
        return;
    m_chips.removeOne(gone);
    gone->hide();
    gone->deleteLater();
    partChips();
}

StatusChip *StatusStrip::chip(const QString &id) const
{
    for (StatusChip *chip : m_chips) {
        if (chip->item().id == id)
            return chip;
    }
    return nullptr;
}

QList<QWidget *> StatusStrip::chips() const
{
    QList<QWidget *> opening;
    for (const QHBoxLayout *part : {m_left, m_right}) {
        for (int i = 0; i < part->count(); ++i) {
            auto *one = qobject_cast<StatusChip *>(part->itemAt(i)->widget());
            if (one && !one->item().hint.isEmpty())
                opening << one;
        }
    }
    return opening;
}

void StatusStrip::partChips()
{
    const StatusChip *before[2] = {};
    for (StatusChip *chip : std::as_const(m_chips)) {
        const StatusChip *&previous = before[int(chip->item().side)];
        // A red chip has an edge of its own.
        const bool bad = chip->item().mood == StatusItem::Mood::Bad;
        chip->setParted(previous && !bad && previous->item().mood != StatusItem::Mood::Bad);
        previous = chip;
    }
}

QSize StatusStrip::sizeHint() const
{
    return {1366, 40};
}

void StatusStrip::paintEvent(QPaintEvent *)
{
    const Theme theme = currentTheme();
    QPainter painter(this);
    painter.fillRect(rect(), theme.surface);
    painter.fillRect(QRect(0, 0, width(), 1), theme.line);
}

} // namespace upgradedesk
