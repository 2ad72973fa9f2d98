#include "card/probe.h"

#include "card/cardchannel.h"
#include "card/numberfield.h"
#include "card/tlv.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

using Meaning = CardAnswer::Meaning;
using Outcome = CardSighting::Outcome;

constexpr quint8 sakIso14443Part4 = 0x20;
constexpr quint32 tagName = 0x84;
constexpr quint32 tagAid = 0x4F;
// Cities other than Beijing use this directory too, so it is a hint at an older card and no proof.
constexpr auto olderDirectory = "1PAY.SYS.DDF01";

CardSighting sightingOf(Outcome outcome, const QString &product, const QString &reason = {})
{
    CardSighting sighting;
    sighting.outcome = outcome;
    sighting.product = product;
    sighting.reason = reason;
    return sighting;
}

/// One look at one card: goes through the applications of the catalogue until one of them settles
/// what it is.
class Probe
{
public:
    Probe(Transceiver &transceiver, const Catalogue &catalogue)
        : m_channel(transceiver)
        , m_catalogue(catalogue)
    {
    }

    CardSighting run()
    {
        for (const CardApplication &application : m_catalogue.applications()) {
            const auto sighting = look(application);
            if (!sighting)
                return sightingOf(Outcome::ReadError, {}, u"card-lost"_s);
            if (*sighting)
                return **sighting;
        }
        return m_doubtful.value_or(sightingOf(Outcome::UnknownCard, u"unknown"_s));
    }

private:
    /// Empty: this application is not there, go on.
    using Look = Result<std::optional<CardSighting>>;

    Look look(const CardApplication &application)
    {
        if (application.kind == CardApplication::Kind::MasterFile)
            return lookAtMasterFile(application);

        const auto selected = m_channel.selectByName(application.name);
        if (!selected)
            return tl::unexpected(selected.error());
        switch (selected->meaning()) {
        case Meaning::Done:
            break;
        case Meaning::NotOurKind:
            return sightingOf(Outcome::UnknownCard, u"unknown"_s);
        case Meaning::NotPermitted:
            // The card has the application and keeps it shut. Going on could show the number of
            // another application of the same card as if it were this one's.
            if (application.kind == CardApplication::Kind::Number)
                return noNumber(application, u"not-permitted"_s, {});
            return std::nullopt;
        case Meaning::Absent:
        case Meaning::Other:
            return std::nullopt;
        }

        switch (application.kind) {
        case CardApplication::Kind::Number:
            return readNumberOf(application, *selected);
        case CardApplication::Kind::PaymentList:
            return lookAtPaymentList(application, *selected);
        case CardApplication::Kind::NameOnly:
        case CardApplication::Kind::MasterFile:
            break;
        }
        return sightingOf(Outcome::RecognisedNoNumber, application.product);
    }

    Look readNumberOf(const CardApplication &application, const CardAnswer &selected)
    {
        auto copy = findTag(selected.data, application.tag);
        if (copy && copy->size() < application.number.at + application.number.bytes)
            copy.reset();
        QString warning = selected.blocked() ? u"application-blocked"_s : QString();
        if (application.shortFile == 0) {
            if (!copy)
                return noNumber(application, u"file-not-found"_s, warning);
            return judge(application, *copy, warning);
        }

        const auto file = m_channel.readShortFile(application.shortFile, application.length);
        if (!file)
            return tl::unexpected(file.error());
        if (file->blocked())
            warning = u"application-blocked"_s;
        switch (file->meaning()) {
        case Meaning::Done:
            break;
        case Meaning::Absent:
            if (!copy)
                return noNumber(application, u"file-not-found"_s, warning);
            return judge(application, *copy, warning);
        case Meaning::NotPermitted:
            return noNumber(application, u"not-permitted"_s, warning);
        case Meaning::NotOurKind:
        case Meaning::Other:
            return noNumber(application, u"unexpected-status"_s, warning);
        }

        CardSighting sighting = judge(application, file->data, warning);
        const auto bytes = [&application](const QByteArray &record) {
            return record.mid(application.number.at, application.number.bytes);
        };
        if (sighting.outcome == Outcome::Number && copy && bytes(*copy) != bytes(file->data))
            return noNumber(application, u"inconsistent-number"_s, warning);
        return sighting;
    }

    Look lookAtMasterFile(const CardApplication &application)
    {
        // The master file is current after activation, so the file is tried even when a card does
        // not know this SELECT.
        const auto selected = m_channel.selectFile(application.name);
        if (!selected)
            return tl::unexpected(selected.error());
        const auto file = m_channel.readShortFile(application.shortFile, application.length);
        if (!file)
            return tl::unexpected(file.error());

        const bool hint = findTag(selected->data, tagName) == QByteArray(olderDirectory);
        const QString warning =
            selected->blocked() || file->blocked() ? u"application-blocked"_s : QString();
        if (file->meaning() == Meaning::NotPermitted && hint)
            m_doubtful = noNumber(application, u"not-permitted"_s, warning);
        if (file->meaning() != Meaning::Done)
            return std::nullopt;

        const CardSighting sighting = judge(application, file->data, warning);
        const QByteArray number =
            file->data.mid(application.number.at, application.number.bytes).toHex();
        if (number.startsWith(application.number.prefix.toLatin1()))
            return sighting;
        if (hint && number.size() == application.number.bytes * 2)
            m_doubtful = sighting;
        return std::nullopt;
    }

    Look lookAtPaymentList(const CardApplication &application, const CardAnswer &selected) const
    {
        const auto names = findTags(selected.data, tagAid);
        const auto isPayment = [this](const QByteArray &aid) { return m_catalogue.isPayment(aid); };
        if (!names || names->isEmpty() || !std::ranges::all_of(*names, isPayment))
            return std::nullopt;
        return sightingOf(Outcome::Refused, application.product);
    }

    CardSighting judge(const CardApplication &application, const QByteArray &record,
                       const QString &warning) const
    {
        const FieldNumber field = readNumber(application.number, record);
        if (field.number.isEmpty()) {
            CardSighting sighting =
                sightingOf(Outcome::ReadError, application.product, field.reason);
            sighting.warning = warning;
            return sighting;
        }
        CardSighting sighting = sightingOf(Outcome::Number, application.product);
        sighting.number = field.number;
        sighting.warning = warning;
        sighting.validFrom = readDate(record, application.validFromAt);
        sighting.validUntil = readDate(record, application.validUntilAt);
        sighting.issuerPrefix = application.number.prefix;
        // A chip says T-Union; whose card it is, only the number tells.
        const CardProduct *product = m_catalogue.productOfNumber(field.number);
        if (product != nullptr && product->family == application.product) {
            sighting.product = product->key;
            sighting.issuerPrefix = field.number.left(8);
        }
        if (!application.number.prefix.isEmpty())
            sighting.issuer = m_catalogue.issuer(field.number);
        return sighting;
    }

    CardSighting noNumber(const CardApplication &application, const QString &reason,
                          const QString &warning) const
    {
        // Of a card from elsewhere the kind is all that matters.
        const CardProduct *product = m_catalogue.product(application.product);
        const bool foreign = product != nullptr && product->service == CardService::Foreign;
        CardSighting sighting = foreign
                                    ? sightingOf(Outcome::RecognisedNoNumber, application.product)
                                    : sightingOf(Outcome::ReadError, application.product, reason);
        sighting.warning = warning;
        return sighting;
    }

    CardChannel m_channel;
    const Catalogue &m_catalogue;
    std::optional<CardSighting> m_doubtful;
};

CardSighting lookAtFelica(const Target &target, const Catalogue &catalogue)
{
    const QString product = catalogue.productOfFelica(target.felicaSystemCode);
    if (product.isEmpty())
        return sightingOf(Outcome::UnknownCard, u"unknown"_s);
    return sightingOf(Outcome::NotOurs, product);
}

} // namespace

CardSighting probe(Transceiver &transceiver, const Target &target, const Catalogue &catalogue)
{
    switch (target.tech) {
    case Target::Tech::Felica:
        return lookAtFelica(target, catalogue);
    case Target::Tech::Iso14443B:
        // Identity cards and campus cards: nothing of them is asked.
        return sightingOf(Outcome::Refused, u"unknown"_s);
    case Target::Tech::Iso14443A:
        break;
    }
    if ((target.sak & sakIso14443Part4) == 0) {
        const QString product = catalogue.productOfSak(target.sak);
        return sightingOf(
            product == u"unknown" ? Outcome::UnknownCard : Outcome::RecognisedNoNumber, product);
    }
    return Probe(transceiver, catalogue).run();
}

} // namespace upgradedesk
