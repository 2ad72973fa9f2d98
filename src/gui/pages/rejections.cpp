#include "gui/pages/rejections.h"

#include "core/sentences.h"
#include "gui/pages/words.h"
#include "gui/widgets/gatepreview.h"

#include <QCoreApplication>
#include <QHash>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

/// Translation context of the words below.
struct Rejections {
    Q_DECLARE_TR_FUNCTIONS(upgradedesk::Rejections)
};

} // namespace

QString rejectionTitle(const QString &reason)
{
    return rejectionWord(reason, {}, pageLanguage());
}

QString rejectionText(const QString &reason)
{
    return rejectionWord(reason, u".text"_s, pageLanguage());
}

QString rejectionFix(const QString &reason)
{
    return rejectionWord(reason, u".fix"_s, pageLanguage());
}

Fix fixOf(const QString &reason)
{
    static const QHash<QString, Fix> fixes{
        {u"document-invalid"_s, Fix::Redo},      {u"person-has-physical-card"_s, Fix::Redo},
        {u"person-has-phone-card"_s, Fix::Redo}, {u"card-linked-to-other"_s, Fix::Redo},
        {u"agent-is-holder"_s, Fix::Redo},       {u"guardian-missing"_s, Fix::Redo},
        {u"consent-missing"_s, Fix::Redo},       {u"consent-version-unknown"_s, Fix::Redo},
        {u"rules-not-in-force"_s, Fix::Redo},    {u"operator-unknown"_s, Fix::Redo},
        {u"desk-revoked"_s, Fix::Redo},          {u"agent-limit-reached"_s, Fix::Void},
        {u"product-not-linkable"_s, Fix::Void},  {u"document-kind-not-accepted"_s, Fix::Void},
        {u"card-not-linked"_s, Fix::Void},       {u"holder-mismatch"_s, Fix::Void},
        {u"not-own-record"_s, Fix::Acknowledge}, {u"undo-window-passed"_s, Fix::Acknowledge},
        {u"superseded"_s, Fix::Acknowledge},     {u"product-exempt"_s, Fix::Acknowledge},
        {u"record-unknown"_s, Fix::Acknowledge},
    };
    return fixes.value(reason, Fix::Retry);
}

QString rejectionGate(const QString &reason, const QString &kind)
{
    if (kind == u"revoke" || kind == u"unlink" || kind == u"replace")
        //: ix.gate.same: the refused record changed nothing
        return Rejections::tr("和这条记录之前一样");
    if (reason == u"product-exempt")
        return word(u"gate.exempt"_s, pageLanguage());
    if (reason == u"card-linked-to-other")
        //: ix.gate.other
        return Rejections::tr("按另一位持卡人的健康信息放行");
    //: ix.gate: the sentence on the gate, always in Chinese
    return Rejections::tr("提示「%1」").arg(GatePreview::notLinkedSentence());
}

} // namespace upgradedesk
