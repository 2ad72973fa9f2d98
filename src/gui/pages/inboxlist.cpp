#include "gui/pages/inboxlist.h"

#include "gui/pages/rejections.h"
#include "gui/pages/words.h"
#include "gui/theme/theme.h"
#include "gui/widgets/painting.h"

#include <QPainter>
#include <QStandardItemModel>
#include <QStyledItemDelegate>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

constexpr int entryHeight = 80;
constexpr int entryGap = 8;

enum EntryRole { TitleRole = Qt::UserRole + 1, CardRole, AgoRole };

class InboxDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override
    {
        return {300, currentTheme().len(entryHeight) + entryGap};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override
    {
        const Theme theme = currentTheme();
        const bool chosen = option.state.testFlag(QStyle::State_Selected);
        const QRectF box = QRectF(option.rect).adjusted(0, 0, 0, -entryGap);
        drawBox(*painter, box,
                {.fill = chosen ? theme.accentSoft : theme.surface,
                 .border = chosen ? theme.accent : theme.line,
                 .borderWidth = chosen ? 2.0 : 1.0});
        const double sign = theme.len(24);
        const double left = box.left() + 18;
        const double line = theme.px(24);
        const double small = theme.px(21);
        const double top = box.center().y() - (line + 4 + small) / 2;
        paintIcon(*painter, QRectF(left, top, sign, sign), Icon::Alert, theme.warn);
        const double text = left + sign + 10;
        drawText(*painter, QRectF(text, top, box.right() - 14 - text, line), theme.font(17, true),
                 theme.ink, index.data(TitleRole).toString());
        const QString ago = index.data(AgoRole).toString();
        const double wide = textWidth(theme, 13, false, ago);
        drawText(*painter, QRectF(text, top + line + 4, box.right() - 24 - wide - text, small),
                 theme.font(15), theme.ink2, index.data(CardRole).toString());
        drawText(*painter, QRectF(box.right() - 14 - wide, top + line + 4, wide, small),
                 theme.font(13), theme.ink3, ago);
    }
};

} // namespace

InboxList::InboxList(QWidget *parent)
    : QListView(parent)
    , m_model(new QStandardItemModel(this))
{
    setModel(m_model);
    setItemDelegate(new InboxDelegate(this));
    setFrameShape(QFrame::NoFrame);
    setProperty("inbox", true);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setUniformItemSizes(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Maximum);
}

InboxList::~InboxList() = default;

void InboxList::setEntries(const QList<QueueEntry> &entries, const QDateTime &now)
{
    const QueueEntry *before = chosen();
    const QString record = before ? before->record : QString();
    int row = std::max(0, currentIndex().row());
    m_entries = entries;
    m_model->clear();
    for (qsizetype i = 0; i < entries.size(); ++i) {
        const QueueEntry &entry = entries.at(i);
        auto *item = new QStandardItem;
        const QDateTime since = entry.judged.isValid() ? entry.judged : entry.at;
        const QString title = rejectionTitle(entry.reason);
        //: ix.card: last four digits, medium
        const QString card =
            tr("尾号 %1，%2").arg(entry.maskedNumber.right(4), mediumName(entry.medium));
        item->setData(title, TitleRole);
        item->setData(card, CardRole);
        item->setData(agoWords(since.secsTo(now)), AgoRole);
        item->setData(title + u", "_s + card, Qt::AccessibleTextRole);
        m_model->appendRow(item);
        if (entry.record == record)
            row = int(i);
    }
    if (!entries.isEmpty())
        setCurrentIndex(m_model->index(std::min(row, int(entries.size()) - 1), 0));
    updateGeometry();
    emit chosenChanged();
}

QSize InboxList::sizeHint() const
{
    const int each = currentTheme().len(entryHeight) + entryGap;
    return {300, std::max(1, int(m_entries.size())) * each};
}

QSize InboxList::minimumSizeHint() const
{
    return {300, currentTheme().len(entryHeight) + entryGap};
}

const QueueEntry *InboxList::chosen() const
{
    const int row = currentIndex().row();
    return row >= 0 && row < m_entries.size() ? &m_entries.at(row) : nullptr;
}

void InboxList::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QListView::currentChanged(current, previous);
    emit chosenChanged();
}

} // namespace upgradedesk
