#include "card/cataloguereader.h"

#include "card/digits.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

constexpr int longestNumber = 32;
constexpr int longestRecord = 255;

std::optional<QByteArray> fromHex(const QString &text)
{
    const QByteArray latin = text.toLatin1();
    const QByteArray bytes = QByteArray::fromHex(latin);
    if (bytes.isEmpty() || bytes.toHex().toUpper() != latin)
        return std::nullopt;
    return bytes;
}

} // namespace

Result<Catalogue> CatalogueReader::read(const JsonFile &file)
{
    CatalogueReader reader(file);
    reader.m_catalogue.m_version = reader.m_root.text(u"version"_s);
    reader.readProducts();
    reader.readIssuers();
    reader.readApplications();
    reader.readRest();
    reader.m_root.finish();
    if (!reader.m_error)
        reader.checkReferences();
    if (reader.m_error)
        return tl::unexpected(*reader.m_error);
    return std::move(reader.m_catalogue);
}

CatalogueReader::CatalogueReader(const JsonFile &file)
    : m_root(file, m_error)
{
}

void CatalogueReader::readProducts()
{
    m_root.each(u"products"_s, [this](JsonReader &row) { readProduct(row); });
}

void CatalogueReader::readProduct(JsonReader &row)
{
    CardProduct product;
    product.key = row.text(u"key"_s);
    static const QRegularExpression shape(u"^[a-z0-9-]{1,40}\\z"_s);
    if (!shape.match(product.key).hasMatch())
        row.wrong(u"key"_s, u"small letters, digits and dashes are needed"_s);
    if (m_catalogue.product(product.key) != nullptr)
        row.wrong(u"key"_s, u"this product stands here twice"_s);
    product.name = row.localText(u"name"_s);
    product.family = row.optionalText(u"family"_s);
    const auto service = serviceFromKey(row.text(u"service"_s));
    if (!service)
        row.wrong(u"service"_s,
                  u"linkable, tap-needed, exempt, app-only, foreign or refused is needed"_s);
    product.service = service.value_or(CardService::Refused);
    product.reason = product.service == CardService::Linkable ? row.optionalLocalText(u"reason"_s)
                                                              : row.localText(u"reason"_s);
    product.from = row.optionalDate(u"from"_s);
    product.until = row.optionalDate(u"until"_s);
    if (product.from && product.until && *product.until < *product.from)
        row.wrong(u"until"_s, u"ends before it begins"_s);

    if (row.has(u"number"_s)) {
        row.object(u"number"_s, [this, &product](JsonReader &number) {
            product.prefixes = number.texts(u"prefixes"_s);
            product.digits = number.number(u"digits"_s, 1, longestNumber);
            if (!std::ranges::all_of(product.prefixes, onlyDigits))
                number.wrong(u"prefixes"_s, u"only digits are allowed"_s);
            for (const CardProduct &other : m_catalogue.m_products) {
                for (const QString &prefix : product.prefixes) {
                    if (other.prefixes.contains(prefix))
                        number.wrong(u"prefixes"_s, u"another product has this prefix"_s);
                }
            }
            if (number.has(u"olderPrints"_s))
                product.olderPrints = number.numbers(u"olderPrints"_s, 1, longestNumber);
            if (number.has(u"leadingZero"_s))
                product.leadingZero = number.flag(u"leadingZero"_s);
            product.groups = number.numbers(u"groups"_s, 1, longestNumber);
            int sum = 0;
            for (const int group : product.groups)
                sum += group;
            if (sum != product.digits)
                number.wrong(u"groups"_s, u"the groups do not add up to the digits"_s);
        });
    }
    m_catalogue.m_products << product;
}

void CatalogueReader::readIssuers()
{
    m_root.each(u"issuers"_s, [this](JsonReader &row) {
        const QString prefix = digitsText(row, u"prefix"_s);
        if (m_catalogue.m_issuers.contains(prefix))
            row.wrong(u"prefix"_s, u"this prefix stands here twice"_s);
        m_catalogue.m_issuers.insert(prefix, row.text(u"name"_s));
    });
}

void CatalogueReader::readApplications()
{
    m_root.each(u"applications"_s, [this](JsonReader &row) { readApplication(row); });
}

void CatalogueReader::readApplication(JsonReader &row)
{
    using Kind = CardApplication::Kind;
    CardApplication application;
    application.product = productKey(row, u"product"_s);

    const QString kind = row.text(u"kind"_s);
    if (kind == u"number")
        application.kind = Kind::Number;
    else if (kind == u"master-file")
        application.kind = Kind::MasterFile;
    else if (kind == u"name-only")
        application.kind = Kind::NameOnly;
    else if (kind == u"payment-list")
        application.kind = Kind::PaymentList;
    else
        row.wrong(u"kind"_s, u"number, master-file, name-only or payment-list is needed"_s);

    if (row.has(u"label"_s)) {
        application.name = row.text(u"label"_s).toLatin1();
    } else {
        application.name = hexText(row, u"name"_s);
    }
    const bool isFile = application.kind == Kind::MasterFile;
    if (isFile ? application.name.size() != 2
               : application.name.size() < 5 || application.name.size() > 16)
        row.wrong(row.has(u"label"_s) ? u"label"_s : u"name"_s,
                  isFile ? u"2 bytes are needed"_s : u"5 to 16 bytes are needed"_s);

    if (application.kind == Kind::Number || isFile) {
        if (row.has(u"file"_s))
            application.shortFile = row.number(u"file"_s, 1, 30);
        if (row.has(u"length"_s))
            application.length = row.number(u"length"_s, 1, longestRecord);
        if (row.has(u"tag"_s)) {
            const QByteArray tag = hexText(row, u"tag"_s);
            for (const char byte : tag)
                application.tag = (application.tag << 8) | quint8(byte);
        }
        if (application.shortFile == 0 && (isFile || application.tag == 0))
            row.wrong(u"file"_s, u"a file or a tag to read is needed"_s);
        row.object(u"number"_s, [this, &application](JsonReader &number) {
            application.number = readNumber(number);
        });
        if (row.has(u"validFrom"_s))
            application.validFromAt = row.number(u"validFrom"_s, 0, longestRecord);
        if (row.has(u"validUntil"_s))
            application.validUntilAt = row.number(u"validUntil"_s, 0, longestRecord);
    }
    m_catalogue.m_applications << application;
}

NumberField CatalogueReader::readNumber(JsonReader &row)
{
    using Encoding = NumberField::Encoding;
    NumberField field;
    field.at = row.number(u"at"_s, 0, longestRecord);
    field.bytes = row.number(u"bytes"_s, 1, longestNumber / 2);
    field.digits = row.number(u"digits"_s, 1, longestNumber);
    if (row.has(u"prefix"_s))
        field.prefix = digitsText(row, u"prefix"_s);

    const QString encoding = row.text(u"encoding"_s);
    int fits = field.bytes * 2;
    if (encoding == u"bcd") {
        field.encoding = Encoding::Bcd;
    } else if (encoding == u"bcd-zero-first") {
        field.encoding = Encoding::BcdZeroFirst;
        --fits;
    } else if (encoding == u"bcd-filler-last") {
        field.encoding = Encoding::BcdFillerLast;
        --fits;
    } else if (encoding == u"little-endian") {
        field.encoding = Encoding::LittleEndian;
        fits = field.bytes == 4 ? field.digits : 0;
    } else {
        row.wrong(u"encoding"_s,
                  u"bcd, bcd-zero-first, bcd-filler-last or little-endian is needed"_s);
    }
    if (fits != field.digits)
        row.wrong(u"digits"_s, u"the digits do not fill the bytes"_s);
    return field;
}

void CatalogueReader::readRest()
{
    m_root.each(u"chips"_s, [this](JsonReader &row) {
        const QByteArray sak = hexText(row, u"sak"_s);
        if (sak.size() != 1)
            row.wrong(u"sak"_s, u"1 byte is needed"_s);
        m_catalogue.m_saks.insert(quint8(sak.isEmpty() ? 0 : sak[0]),
                                  productKey(row, u"product"_s));
    });
    m_root.each(u"felica"_s, [this](JsonReader &row) {
        const QByteArray code = hexText(row, u"systemCode"_s);
        if (code.size() != 2)
            row.wrong(u"systemCode"_s, u"2 bytes are needed"_s);
        m_catalogue.m_felica.insert(code, productKey(row, u"product"_s));
    });
    const QStringList payment = m_root.texts(u"paymentApplications"_s);
    for (const QString &text : payment) {
        const auto aid = fromHex(text);
        if (!aid || aid->size() < 5)
            m_root.wrong(u"paymentApplications"_s,
                         u"at least 5 bytes of upper-case hex are needed"_s);
        m_catalogue.m_payment << aid.value_or(QByteArray());
    }
    m_root.object(u"texts"_s, [this](JsonReader &texts) {
        const QStringList keys = Catalogue::lookupTextKeys();
        for (const QString &key : keys)
            m_catalogue.m_texts.insert(key, texts.localText(key));
    });
}

void CatalogueReader::checkReferences()
{
    for (qsizetype i = 0; i < m_catalogue.m_products.size(); ++i) {
        const QString &family = m_catalogue.m_products[i].family;
        if (!family.isEmpty() && m_catalogue.product(family) == nullptr)
            m_root.wrong(u"products/%1/family"_s.arg(i), u"there is no such product"_s);
    }
    for (const QString &key : {u"unknown"_s, u"tunion"_s, u"bank-card"_s}) {
        if (m_catalogue.product(key) == nullptr)
            m_root.wrong(u"products"_s, u"the product %1 is missing"_s.arg(key));
    }
}

QString CatalogueReader::productKey(JsonReader &row, const QString &key)
{
    const QString product = row.text(key);
    if (m_catalogue.product(product) == nullptr)
        row.wrong(key, u"there is no such product"_s);
    return product;
}

QString CatalogueReader::digitsText(JsonReader &row, const QString &key)
{
    const QString text = row.text(key);
    if (!onlyDigits(text))
        row.wrong(key, u"only digits are allowed"_s);
    return text;
}

QByteArray CatalogueReader::hexText(JsonReader &row, const QString &key)
{
    const auto bytes = fromHex(row.text(key));
    if (!bytes)
        row.wrong(key, u"upper-case hex is needed"_s);
    return bytes.value_or(QByteArray());
}

} // namespace upgradedesk
