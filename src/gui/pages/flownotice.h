#pragma once

#include "gui/linkcontroller.h"

#include <QObject>

#include <functional>
#include <optional>

namespace upgradedesk
{

class Catalogue;
class NoticeStrip;
class ReceiptTasks;

/// What the one notice strip of the steps says. There is at most one at a time: what went wrong
/// with this passenger, then a receipt that was not printed, then another card, then a taking back,
/// then trouble of the store.
class FlowNotice final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(FlowNotice)

public:
    /// The references must outlive it.
    FlowNotice(NoticeStrip &strip, LinkController &controller, const ReceiptTasks &receipts,
               const Catalogue &catalogue, QObject *parent);

    /// A notice about the local store; nothing takes it away.
    void setTrouble(const std::optional<Error> &trouble);

    /// `problemsToo` when the page does not show LinkState::problem itself.
    void show(bool problemsToo);

    /// Clears what is the passenger's.
    void forget();

private:
    void showOtherCard(const CardSighting &card);
    [[nodiscard]] bool showUndone();
    [[nodiscard]] bool showReceipt();

    NoticeStrip &m_strip;
    LinkController &m_controller;
    const ReceiptTasks &m_receipts;
    const Catalogue &m_catalogue;
    std::function<void()> m_action; ///< of the button on the strip
    std::optional<Error> m_trouble;
    std::optional<CardSighting> m_announcedCard;
};

} // namespace upgradedesk
