#include "identity/documentkinds.h"

#include "core/jsonreader.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

bool areDigits(QStringView text, qsizetype count)
{
    return text.size() == count &&
           std::ranges::all_of(text, [](QChar c) { return c >= u'0' && c <= u'9'; });
}

/// -1 when it is no number of so many digits.
int numberOf(QStringView text, qsizetype digits)
{
    return areDigits(text, digits) ? text.toInt() : -1;
}

bool areCapitals(QStringView text)
{
    return text.size() <= 3 &&
           std::ranges::all_of(text, [](QChar c) { return c >= u'A' && c <= u'Z'; });
}

bool inForce(const std::optional<QDate> &from, const std::optional<QDate> &until, QDate on)
{
    return (!from || *from <= on) && (!until || on <= *until);
}

/// Opens a file of ours, lets `read` walk it, and tells the first thing that is wrong with it.
Result<void> readFile(const QString &path, const std::function<void(JsonReader &)> &read)
{
    const auto file =
        JsonFile::load(path, ErrorCode::ResourceUnreadable, ErrorCode::ResourceInvalid);
    if (!file)
        return tl::unexpected(file.error());
    std::optional<Error> error;
    JsonReader root(*file, error);
    read(root);
    root.finish();
    if (error)
        return tl::unexpected(*error);
    return {};
}

void readDates(JsonReader &row, std::optional<QDate> &from, std::optional<QDate> &until)
{
    from = row.optionalDate(u"from"_s);
    until = row.optionalDate(u"until"_s);
    if (from && until && *until < *from)
        row.wrong(u"until"_s, u"ends before it begins"_s);
}

} // namespace

QString documentServiceKey(DocumentService service)
{
    return service == DocumentService::Desk ? u"desk"_s : u"health-kit"_s;
}

QString divisionKey(Division division)
{
    switch (division) {
    case Division::Current:
        return u"current"_s;
    case Division::Historic:
        return u"historic"_s;
    case Division::PrefectureOnly:
        return u"prefecture-only"_s;
    case Division::ProvinceOnly:
        return u"province-only"_s;
    case Division::Unknown:
        break;
    }
    return u"unknown"_s;
}

Result<DocumentKinds> DocumentKinds::load(const QString &folder)
{
    DocumentKinds result;
    return result.readKinds(folder + u"/kinds.json"_s)
        .and_then([&] { return result.readCountries(folder + u"/countries.json"_s); })
        .and_then([&] { return result.readDivisions(folder + u"/divisions.json"_s); })
        .and_then([&] { return result.readSupplement(folder + u"/divisions-supplement.json"_s); })
        .map([&] { return std::move(result); });
}

Result<void> DocumentKinds::readKinds(const QString &path)
{
    return readFile(path, [this](JsonReader &root) {
        m_version = root.text(u"version"_s);
        root.each(u"kinds"_s, [this](JsonReader &row) {
            DocumentKind kind;
            kind.key = row.text(u"key"_s);
            if (this->kind(kind.key) != nullptr)
                row.wrong(u"key"_s, u"this kind stands here twice"_s);
            kind.name = row.localText(u"name"_s);
            const QString service = row.text(u"service"_s);
            if (service != u"desk" && service != u"health-kit")
                row.wrong(u"service"_s, u"desk or health-kit is needed"_s);
            kind.service = service == u"desk" ? DocumentService::Desk : DocumentService::HealthKit;
            readDates(row, kind.from, kind.until);
            row.each(u"forms"_s, [&kind](JsonReader &form) {
                DocumentForm value;
                value.key = form.text(u"key"_s);
                readDates(form, value.from, value.until);
                kind.forms << value;
            });
            m_kinds << kind;
        });
    });
}

Result<void> DocumentKinds::readCountries(const QString &path)
{
    return readFile(path, [this](JsonReader &root) {
        root.object(u"countries"_s, [this](JsonReader &countries) {
            const QStringList letters = countries.keys();
            for (const QString &code : letters) {
                const QString digits = countries.text(code);
                if (code.size() != 3 || !areDigits(digits, 3))
                    countries.wrong(code, u"three letters and three digits are needed"_s);
                m_countries << code << digits;
                m_travelCodes << code;
            }
        });
        const QStringList travelOnly = root.texts(u"travelOnly"_s);
        for (qsizetype i = 0; i < travelOnly.size(); ++i) {
            if (!areCapitals(travelOnly[i]))
                root.wrong(u"travelOnly/%1"_s.arg(i), u"one to three letters are needed"_s);
            m_travelCodes << travelOnly[i];
        }
    });
}

Result<void> DocumentKinds::readDivisions(const QString &path)
{
    return readFile(path, [this](JsonReader &root) {
        if (root.text(u"source"_s).isEmpty())
            return;
        const QStringList codes = root.texts(u"codes"_s);
        m_divisions.reserve(codes.size() + codes.size() / 4);
        for (qsizetype i = 0; i < codes.size(); ++i) {
            if (!areDigits(codes[i], 6))
                root.wrong(u"codes/%1"_s.arg(i), u"six digits are needed"_s);
            addDivision(codes[i], Division::Current);
        }
    });
}

Result<void> DocumentKinds::readSupplement(const QString &path)
{
    return readFile(path, [this](JsonReader &root) {
        const QStringList provinces = root.texts(u"provinces"_s);
        for (const QString &province : provinces) {
            if (!areDigits(province, 2))
                root.wrong(u"provinces"_s, u"two digits are needed"_s);
            m_provinces << province;
        }
        for (const auto &[key, state] : {std::pair(u"current"_s, Division::Current),
                                         std::pair(u"historic"_s, Division::Historic)}) {
            const QStringList codes = root.texts(key);
            for (qsizetype i = 0; i < codes.size(); ++i) {
                if (!areDigits(codes[i], 6))
                    root.wrong(u"%1/%2"_s.arg(key).arg(i), u"six digits are needed"_s);
                addDivision(codes[i], state);
            }
        }
    });
}

void DocumentKinds::addDivision(const QString &code, Division state)
{
    const int number = code.toInt();
    m_divisions.insert(number, state);
    m_prefectures.insert(number / 100);
}

const DocumentKind *DocumentKinds::kind(QStringView key) const
{
    const auto found =
        std::ranges::find_if(m_kinds, [key](const DocumentKind &row) { return row.key == key; });
    return found == m_kinds.end() ? nullptr : &*found;
}

bool DocumentKinds::acceptedAtDesk(QStringView kind, QStringView form, QDate on) const
{
    const DocumentKind *row = this->kind(kind);
    if (row == nullptr || row->service != DocumentService::Desk ||
        !inForce(row->from, row->until, on))
        return false;
    return std::ranges::any_of(row->forms, [&](const DocumentForm &candidate) {
        return candidate.key == form && inForce(candidate.from, candidate.until, on);
    });
}

Division DocumentKinds::division(QStringView code) const
{
    if (code.size() != 6)
        return Division::Unknown;
    const auto found = m_divisions.constFind(numberOf(code, 6));
    if (found != m_divisions.cend())
        return *found;
    if (!knowsProvince(code.first(2)))
        return Division::Unknown;
    return m_prefectures.contains(numberOf(code.first(4), 4)) ? Division::PrefectureOnly
                                                              : Division::ProvinceOnly;
}

bool DocumentKinds::knowsPrefecture(QStringView code) const
{
    return m_prefectures.contains(numberOf(code, 4)) ||
           (code.endsWith(u"00") && knowsProvince(code.first(2)));
}

bool DocumentKinds::knowsProvince(QStringView code) const
{
    return m_provinces.contains(code.toString());
}

bool DocumentKinds::knowsCountry(QStringView code) const
{
    return m_countries.contains(code.toString());
}

bool DocumentKinds::knowsTravelCode(QStringView code) const
{
    return m_travelCodes.contains(code.toString());
}

} // namespace upgradedesk
