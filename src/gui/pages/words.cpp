#include "gui/pages/words.h"

#include "card/cardsighting.h"
#include "card/catalogue.h"
#include "core/clock.h"
#include "core/linkrequest.h"
#include "core/masking.h"
#include "core/sentences.h"
#include "gui/receipttasks.h"
#include "identity/documentkinds.h"

#include <QAccessible>
#include <QCoreApplication>
#include <QWidget>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

/// Translation context of the words below.
struct Words {
    Q_DECLARE_TR_FUNCTIONS(upgradedesk::Words)
};

} // namespace

Language pageLanguage()
{
    //: The key of the language of this translation: zh_CN or en
    return Words::tr("zh_CN") == u"en" ? Language::English : Language::Chinese;
}

QString placeText(const QStringList &parts)
{
    QStringList known = parts;
    known.removeAll(QString());
    //: between station, gate and desk
    return known.join(Words::tr("·"));
}

QString errorText(const Error &error)
{
    return sentence(error, pageLanguage());
}

QString receiptTrouble(const ReceiptTasks &receipts, bool isLinked)
{
    const QString why = receipts.failure() ? errorText(*receipts.failure()) : QString();
    return isLinked
               //: err.printer: a sentence that says why
               ? Words::tr("回执没打出来，升级已完成。%1").arg(why)
               //: err.printer.only: a sentence that says why
               : Words::tr("回执没打出来。%1").arg(why);
}

QString productName(const Catalogue &catalogue, const CardSighting &card)
{
    const CardProduct *product = catalogue.product(card.product);
    //: card.kind.unknown
    return product ? product->name.in(pageLanguage()) : Words::tr("没有认出的卡");
}

QString documentName(const DocumentKinds &kinds, const QString &kind)
{
    const DocumentKind *found = kinds.kind(kind);
    return found ? found->name.in(pageLanguage()) : QString();
}

QString mediumName(const QString &medium)
{
    if (medium == u"phone")
        //: idle.medium.phone
        return Words::tr("手机");
    if (medium == u"wristband")
        //: idle.medium.band
        return Words::tr("手环");
    if (medium == u"commemorative")
        //: idle.medium.ticket
        return Words::tr("纪念票");
    //: idle.medium.card
    return Words::tr("实体卡");
}

Icon mediumIcon(const QString &medium)
{
    if (medium == u"phone")
        return Icon::Phone;
    if (medium == u"wristband")
        return Icon::Band;
    if (medium == u"commemorative")
        return Icon::Ticket;
    return Icon::Card;
}

QString maskedPerson(const DocumentKinds &kinds, const Person &person)
{
    return maskName(person.name) + u' ' + documentName(kinds, person.documentKind);
}

QString clockTime(const QDateTime &time, bool seconds)
{
    return toBeijing(time).toString(seconds ? u"HH:mm:ss"_s : u"HH:mm"_s);
}

QString spanWords(qint64 seconds)
{
    constexpr qint64 minute = 60;
    constexpr qint64 hour = 60 * minute;
    constexpr qint64 day = 24 * hour;
    if (seconds < minute)
        //: span.seconds
        return Words::tr("%n 秒", nullptr, int(std::max<qint64>(0, seconds)));
    if (seconds < hour)
        //: span.minutes
        return Words::tr("%n 分钟", nullptr, int(seconds / minute));
    if (seconds < day)
        //: span.hours
        return Words::tr("%n 小时", nullptr, int(seconds / hour));
    //: span.days
    return Words::tr("%n 天", nullptr, int(seconds / day));
}

QString agoWords(qint64 seconds)
{
    if (seconds < 60)
        //: ago.now
        return Words::tr("刚才");
    //: ago: a span of time
    return Words::tr("%1前").arg(spanWords(seconds));
}

void announce(QWidget *widget, const QString &headline)
{
    widget->setAccessibleName(headline);
    QAccessibleEvent event(widget, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

} // namespace upgradedesk
