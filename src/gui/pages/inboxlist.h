#pragma once

#include "gui/hubstate.h"

#include <QListView>

#include <memory>

class QStandardItemModel;

namespace upgradedesk
{

/// The refused records, one chosen: what is wrong, which card, how long ago.
class InboxList final : public QListView
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(InboxList)

public:
    explicit InboxList(QWidget *parent = nullptr);
    ~InboxList() override;

    /// Keeps the record that is chosen, or takes the one that stands in its place.
    void setEntries(const QList<QueueEntry> &entries, const QDateTime &now);

    /// Null when the list is empty.
    [[nodiscard]] const QueueEntry *chosen() const;

    /// As high as its entries, where there is room.
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

signals:
    void chosenChanged();

protected:
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;

private:
    QList<QueueEntry> m_entries;
    QStandardItemModel *m_model;
};

} // namespace upgradedesk
