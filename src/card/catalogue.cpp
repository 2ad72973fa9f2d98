#include "card/catalogue.h"

#include "card/cataloguereader.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

constexpr std::array services{"linkable"_L1, "tap-needed"_L1, "exempt"_L1,
                              "app-only"_L1, "foreign"_L1,    "refused"_L1};

static_assert(services.size() == size_t(CardService::Refused) + 1);

} // namespace

QString serviceKey(CardService service)
{
    return services[size_t(service)];
}

std::optional<CardService> serviceFromKey(QStringView key)
{
    const auto found = std::find(services.begin(), services.end(), key);
    if (found == services.end())
        return std::nullopt;
    return CardService(found - services.begin());
}

QList<int> CardProduct::expectedDigits() const
{
    QList<int> lengths = olderPrints;
    if (digits > 0)
        lengths << digits;
    std::ranges::sort(lengths);
    return lengths;
}

Result<Catalogue> Catalogue::load(const QString &path)
{
    return JsonFile::load(path, ErrorCode::CatalogueUnreadable, ErrorCode::CatalogueInvalid)
        .and_then([](const JsonFile &file) { return CatalogueReader::read(file); });
}

Result<Catalogue> Catalogue::parse(const QByteArray &text, const QString &name)
{
    return JsonFile::parse(text, name, ErrorCode::CatalogueInvalid)
        .and_then([](const JsonFile &file) { return CatalogueReader::read(file); });
}

const CardProduct *Catalogue::product(QStringView key) const
{
    const auto found =
        std::ranges::find_if(m_products, [key](const CardProduct &row) { return row.key == key; });
    return found == m_products.end() ? nullptr : &*found;
}

const CardProduct *Catalogue::productOfNumber(QStringView number) const
{
    const CardProduct *best = nullptr;
    qsizetype longest = 0;
    for (const CardProduct &row : m_products) {
        for (const QString &prefix : row.prefixes) {
            if (prefix.size() > longest && number.startsWith(prefix)) {
                best = &row;
                longest = prefix.size();
            }
        }
    }
    return best;
}

QString Catalogue::issuer(QStringView number) const
{
    for (qsizetype length = number.size(); length > 0; --length) {
        const auto found = m_issuers.constFind(number.first(length).toString());
        if (found != m_issuers.cend())
            return *found;
    }
    return {};
}

QString Catalogue::productOfSak(quint8 sak) const
{
    return m_saks.value(sak, u"unknown"_s);
}

QString Catalogue::productOfFelica(const QByteArray &systemCode) const
{
    return m_felica.value(systemCode);
}

bool Catalogue::isPayment(const QByteArray &aid) const
{
    return std::ranges::any_of(m_payment,
                               [&aid](const QByteArray &start) { return aid.startsWith(start); });
}

QStringList Catalogue::lookupTextKeys()
{
    return {u"short"_s,
            u"long"_s,
            u"prefix-ok"_s,
            u"prefix-none"_s,
            u"several"_s,
            u"check-none"_s,
            u"ruled-out"_s,
            u"not-digits"_s,
            u"leading-zero"_s,
            u"older-print"_s,
            u"older-print-unknown"_s,
            u"nothing"_s,
            u"length-ok"_s,
            u"long-older"_s,
            u"near"_s,
            u"short-zero"_s,
            u"long-zero"_s};
}

} // namespace upgradedesk
