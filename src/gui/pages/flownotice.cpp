#include "gui/pages/flownotice.h"

#include "gui/pages/words.h"
#include "gui/receipttasks.h"
#include "gui/widgets/noticestrip.h"

namespace upgradedesk
{
namespace
{

/// Red only where staff must do something now.
NoticeStrip::Kind kindOf(ErrorCode code)
{
    switch (code) {
    case ErrorCode::PersonHasPhysicalCard:
    case ErrorCode::PersonHasPhoneCard:
    case ErrorCode::StoreLocked:
        return NoticeStrip::Kind::warn;
    default:
        return NoticeStrip::Kind::bad;
    }
}

} // namespace

FlowNotice::FlowNotice(NoticeStrip &strip, LinkController &controller, const ReceiptTasks &receipts,
                       const Catalogue &catalogue, QObject *parent)
    : QObject(parent)
    , m_strip(strip)
    , m_controller(controller)
    , m_receipts(receipts)
    , m_catalogue(catalogue)
{
    connect(&m_strip, &NoticeStrip::actionTriggered, this, [this] {
        if (m_action)
            m_action();
    });
    m_strip.hide();
}

void FlowNotice::setTrouble(const std::optional<Error> &trouble)
{
    m_trouble = trouble;
}

void FlowNotice::forget()
{
    m_strip.setTitle({});
    m_strip.setText({});
    m_strip.hide();
    m_announcedCard.reset();
}

void FlowNotice::show(bool problemsToo)
{
    const LinkState &state = m_controller.state();
    m_strip.setAction({}, {});
    m_strip.setTitle({});
    if (state.problem && problemsToo) {
        m_strip.setKind(kindOf(state.problem->code));
        m_strip.setText(errorText(*state.problem));
        m_strip.show();
        return;
    }
    // Behind a finished link another card starts the next passenger by itself.
    if (showReceipt())
        return;
    if (state.otherCard) {
        showOtherCard(*state.otherCard);
        return;
    }
    if (showUndone())
        return;
    if (m_trouble) {
        m_strip.setKind(kindOf(m_trouble->code));
        m_strip.setText(errorText(*m_trouble));
    }
    m_strip.setVisible(m_trouble.has_value());
}

void FlowNotice::showOtherCard(const CardSighting &card)
{
    m_strip.setKind(NoticeStrip::Kind::warn);
    m_strip.setText(card.number.isEmpty()
                        //: card.other.unknown
                        ? tr("读到另一张卡：%1").arg(productName(m_catalogue, card))
                        : card.typed
                              //: card.other.typed
                              ? tr("输入了另一张卡的卡号，尾号 %1").arg(card.number.right(4))
                              //: card.other
                              : tr("读到另一张卡，尾号 %1").arg(card.number.right(4)));
    if (m_controller.state().step != LinkStep::Committing) {
        //: card.other.adopt
        m_strip.setAction(tr("换成这张"), Qt::ALT | Qt::Key_Y);
        m_action = [this] { m_controller.apply(AdoptOtherCard{}); };
    }
    m_strip.show();
    if (m_announcedCard != card)
        announce(&m_strip, m_strip.text());
    m_announcedCard = card;
}

/// Whether the notice is about taking back: that it did not work, or that it did.
bool FlowNotice::showUndone()
{
    const LinkState &state = m_controller.state();
    UndoController &undo = m_controller.undo();
    if (state.step != LinkStep::Done)
        return false;
    if (undo.problem()) {
        m_strip.setKind(NoticeStrip::Kind::warn);
        m_strip.setText(errorText(*undo.problem()));
    } else if (state.revoked) {
        m_strip.setKind(NoticeStrip::Kind::info);
        //: undo.done
        m_strip.setText(tr("已撤销，尾号 %1").arg(state.card->number.right(4)));
    } else {
        return false;
    }
    if (state.revoked && undo.mayRedo()) {
        //: btn.redo
        m_strip.setAction(tr("恢复"), Qt::CTRL | Qt::Key_Y);
        m_action = [&undo] { undo.redo(); };
    }
    m_strip.show();
    return true;
}

/// What the passenger came for is done; only the paper is missing. The button beside it prints
/// again.
bool FlowNotice::showReceipt()
{
    const LinkState &state = m_controller.state();
    if (state.step != LinkStep::Done || state.revoked || !state.committed ||
        m_receipts.standOf(state.committed->record) != ReceiptTasks::Stand::Failed)
        return false;
    m_strip.setKind(NoticeStrip::Kind::warn);
    const bool returned = state.judged && !state.judged->accepted;
    m_strip.setText(receiptTrouble(m_receipts, !returned));
    m_strip.show();
    return true;
}

} // namespace upgradedesk
