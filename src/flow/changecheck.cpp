#include "flow/changecheck.h"

#include "core/clock.h"
#include "flow/rules.h"

using namespace Qt::StringLiterals;

namespace upgradedesk
{

Result<ChangeRequest> checkChange(const ChangeForm &form, const LinkContext &context)
{
    ChangeRequest request;
    request.kind = form.replaces ? u"replace"_s : u"unlink"_s;
    request.rulesVersion = context.rules.version();
    request.operatorId = form.operatorId;
    request.medium = form.medium;
    if (context.timeTrusted && beijingDate(context.now) < context.rules.from())
        return fail(ErrorCode::RulesNotInForce);
    if (!context.rules.slot(form.medium))
        return fail(ErrorCode::MediumInvalid);
    const auto card = checkCard(form.cardNumber, context);
    if (!card)
        return tl::unexpected(card.error());
    request.cardNumber = card->number;
    request.product = card->product;
    if (form.replaces) {
        const auto old = checkCard(form.oldCard, context);
        if (!old)
            return tl::unexpected(old.error());
        if (old->number == card->number)
            return fail(ErrorCode::InputInvalid, {}, {u"oldCard, card"_s});
        request.oldCard = old->number;
    }
    const auto number = checkDocumentNumber(form.documentKind, form.documentNumber, context);
    if (!number)
        return tl::unexpected(number.error());
    request.holder = {form.documentKind, *number, {}};
    return request;
}

} // namespace upgradedesk
