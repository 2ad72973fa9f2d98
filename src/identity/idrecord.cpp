#include "identity/idrecord.h"

#include "core/wipe.h"
#include "identity/documentcheck.h"
#include "identity/name.h"

#include <QtEndian>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

constexpr qsizetype lengthsSize = 4;
constexpr qsizetype recordTextSize = 256;
constexpr qsizetype kindAt = 248;

/// Where a field is: bytes from the start of the text.
struct RecordField {
    qsizetype at;
    qsizetype size;
};

/// The fields that are read; a size of 0: this layout has none.
struct RecordFields {
    RecordField name;
    RecordField otherName;
    RecordField otherNameEnd;
    RecordField sex;
    RecordField birth;
    RecordField number;
    RecordField expiry;
};

constexpr RecordFields citizen{{0, 30}, {}, {}, {30, 2}, {36, 16}, {122, 36}, {204, 16}};
constexpr RecordFields foreign2017{{0, 120},  {158, 30}, {},       {120, 2},
                                   {220, 16}, {122, 30}, {204, 16}};
constexpr RecordFields foreign2023{{0, 30},  {52, 70},  {220, 22}, {30, 2},
                                   {36, 16}, {122, 36}, {204, 16}};

const RecordFields &fieldsOf(IdRecord::Layout layout)
{
    switch (layout) {
    case IdRecord::Layout::Foreign2017:
        return foreign2017;
    case IdRecord::Layout::Foreign2023:
        return foreign2023;
    case IdRecord::Layout::Citizen:
    case IdRecord::Layout::HmtResidence:
        break;
    }
    return citizen;
}

/// Padded with blanks; some cards pad with zeros.
QString textOf(QByteArrayView text, RecordField field)
{
    QString result(field.size / 2, Qt::Uninitialized);
    for (qsizetype i = 0; i < result.size(); ++i)
        result[i] = QChar(qFromLittleEndian<quint16>(text.constData() + field.at + 2 * i));
    const auto end = std::find_if(result.crbegin(), result.crend(),
                                  [](QChar c) { return c != u' ' && c != u'\0'; });
    result.truncate(std::distance(end, result.crend()));
    return result;
}

IdRecord::Layout recordLayout(QByteArrayView text)
{
    const QString kind = textOf(text, {kindAt, 2});
    if (kind == u"I")
        return IdRecord::Layout::Foreign2017;
    if (kind == u"J")
        return IdRecord::Layout::HmtResidence;
    if (kind == u"Y")
        return IdRecord::Layout::Foreign2023;
    return IdRecord::Layout::Citizen;
}

/// YYYYMMDD in ASCII digits, else no date.
QDate dayOf(const QString &digits)
{
    const bool numeric =
        std::ranges::all_of(digits, [](QChar c) { return c >= u'0' && c <= u'9'; });
    if (digits.size() != 8 || !numeric)
        return {};
    const QStringView text(digits);
    return {text.first(4).toInt(), text.sliced(4, 2).toInt(), text.sliced(6).toInt()};
}

tl::unexpected<Error> unreadable(const QString &why)
{
    return fail(ErrorCode::IdCardUnreadable, why);
}

tl::unexpected<Error> contradictory(const QString &why)
{
    return fail(ErrorCode::IdCardContradictory, why);
}

bool sameBirth(const IdRecord &record, const DocumentCheck &check)
{
    // A number without a century cannot tell more than it holds.
    if (!check.birthShort.isEmpty())
        return record.birth.toString(u"yyMMdd"_s) == check.birthShort;
    return record.birth == check.birth;
}

bool sameSex(const IdRecord &record, const DocumentCheck &check)
{
    if (record.sex == u'1' || record.sex == u'2')
        return check.sex == (record.sex == u'1' ? u"M" : u"F");
    return true; // the card does not say
}

} // namespace

IdRecord::~IdRecord()
{
    for (QString *text : {&name, &otherName, &number})
        wipe(*text);
}

QString documentKindOf(IdRecord::Layout layout)
{
    switch (layout) {
    case IdRecord::Layout::HmtResidence:
        return u"hmt-residence"_s;
    case IdRecord::Layout::Foreign2017:
    case IdRecord::Layout::Foreign2023:
        return u"foreign-permanent"_s;
    case IdRecord::Layout::Citizen:
        break;
    }
    return u"resident"_s;
}

Result<IdRecord> readIdRecord(QByteArrayView data)
{
    if (data.size() < lengthsSize + recordTextSize)
        return unreadable(u"the reply is too short for a record"_s);
    const qsizetype text = qFromBigEndian<quint16>(data.constData());
    const qsizetype photo = qFromBigEndian<quint16>(data.constData() + 2);
    if (text != recordTextSize || data.size() != lengthsSize + text + photo)
        return unreadable(u"the lengths in the reply do not fit"_s);

    const QByteArrayView fields = data.sliced(lengthsSize, recordTextSize);
    IdRecord record;
    record.layout = recordLayout(fields);
    const RecordFields &places = fieldsOf(record.layout);
    record.name = textOf(fields, places.name);
    record.otherName = textOf(fields, places.otherName) + textOf(fields, places.otherNameEnd);
    if (record.name.isEmpty())
        record.name.swap(record.otherName);
    record.number = textOf(fields, places.number);
    const QString sex = textOf(fields, places.sex);
    record.sex = sex.isEmpty() ? QChar() : sex.front();
    record.birth = dayOf(textOf(fields, places.birth));
    const QString expiry = textOf(fields, places.expiry);
    if (expiry != u"长期")
        record.expiry = dayOf(expiry);

    // The reasons name the field, never what stands in it.
    if (record.name.isEmpty())
        return unreadable(u"the record has no name"_s);
    if (record.number.isEmpty())
        return unreadable(u"the record has no number"_s);
    if (!u"0129"_s.contains(record.sex))
        return unreadable(u"the sex in the record is none"_s);
    if (!record.birth.isValid())
        return unreadable(u"the birth date in the record is none"_s);
    if (record.expiry && !record.expiry->isValid())
        return unreadable(u"the last day in the record is none"_s);
    return record;
}

Result<IdDocument> checkIdRecord(const IdRecord &record, const DocumentKinds &kinds, QDate on)
{
    const QString kind = documentKindOf(record.layout);
    const DocumentCheck check = checkDocument(kinds, kind, record.number, on);
    const auto name = normaliseName(record.name);
    if (!name)
        return contradictory(u"the name is none"_s);
    if (!check.valid)
        return contradictory(u"the number is not valid"_s);
    // The layout says which of the two forms a number has.
    const bool wrongForm =
        (record.layout == IdRecord::Layout::Citizen && check.form != u"cn18") ||
        (record.layout == IdRecord::Layout::Foreign2017 && check.form != u"fpr15") ||
        (record.layout == IdRecord::Layout::Foreign2023 && check.form != u"fpr18");
    if (wrongForm)
        return contradictory(u"the number is of another kind of document"_s);
    if (!sameBirth(record, check))
        return contradictory(u"the birth date is not that of the number"_s);
    if (record.expiry && *record.expiry < on)
        return fail(ErrorCode::IdCardExpired, u"the document has expired"_s);
    const auto otherName = normaliseName(record.otherName);
    return IdDocument{{kind, check.normalized, *name},
                      otherName.value_or(QString()),
                      record.expiry,
                      !sameSex(record, check)};
}

} // namespace upgradedesk
