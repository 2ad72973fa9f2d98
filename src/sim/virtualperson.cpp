#include "sim/virtualperson.h"

#include "core/jsonreader.h"

#include <QHash>
#include <QtEndian>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

constexpr qsizetype textBytes = 256;
constexpr qsizetype photoBytes = 1024;
constexpr qsizetype longestLabel = 80;

/// A field of the record: where it is and how many characters it takes.
struct Place {
    QString key; ///< in the file
    qsizetype at;
    qsizetype characters;
};

/// The layouts as identity.md 2.1 has them; `I`, `J` and `Y` stand at byte 248.
QList<Place> placesOf(const QString &kind)
{
    if (kind == u"foreign-2017")
        return {{u"personName"_s, 0, 60}, {u"sex"_s, 120, 1},        {u"number"_s, 122, 15},
                {u"country"_s, 152, 3},   {u"otherName"_s, 158, 15}, {u"validFrom"_s, 188, 8},
                {u"validTo"_s, 204, 8},   {u"birth"_s, 220, 8}};
    QList<Place> places{{u"personName"_s, 0, 15}, {u"sex"_s, 30, 1},        {u"birth"_s, 36, 8},
                        {u"number"_s, 122, 18},   {u"validFrom"_s, 188, 8}, {u"validTo"_s, 204, 8}};
    if (kind == u"foreign-2023")
        return places + QList<Place>{{u"otherName"_s, 52, 35}, {u"country"_s, 242, 3}};
    return places +
           QList<Place>{{u"ethnicGroup"_s, 32, 2}, {u"address"_s, 52, 35}, {u"issuer"_s, 158, 15}};
}

QString letterOf(const QString &kind)
{
    static const QHash<QString, QString> letters{{u"citizen"_s, u" "_s},
                                                 {u"hmt-residence"_s, u"J"_s},
                                                 {u"foreign-2017"_s, u"I"_s},
                                                 {u"foreign-2023"_s, u"Y"_s}};
    return letters.value(kind);
}

void put(QByteArray &record, qsizetype at, const QString &text)
{
    for (qsizetype i = 0; i < text.size(); ++i)
        qToLittleEndian(text[i].unicode(), record.data() + at + 2 * i);
}

/// Blanks everywhere but for the lengths in front and the photo behind, which is no picture.
QByteArray emptyRecord()
{
    QByteArray record(4, '\0');
    qToBigEndian(quint16(textBytes), record.data());
    qToBigEndian(quint16(photoBytes), record.data() + 2);
    for (qsizetype i = 0; i < textBytes / 2; ++i)
        record += QByteArray("\x20\x00", 2);
    for (qsizetype i = 0; i < photoBytes; ++i)
        record += char(3 + 7 * i);
    return record;
}

VirtualPerson personOf(JsonReader &row)
{
    VirtualPerson person{row.text(u"name"_s), emptyRecord()};
    if (person.name.size() > longestLabel || person.name.contains(u' '))
        row.wrong(u"name"_s, u"a name has no blanks and at most 80 characters"_s);
    const QString kind = row.text(u"kind"_s);
    const QString letter = letterOf(kind);
    if (letter.isEmpty())
        row.wrong(u"kind"_s, u"citizen, hmt-residence, foreign-2017 or foreign-2023 is needed"_s);
    constexpr qsizetype letterAt = 248;
    put(person.record, 4 + letterAt, letter);
    for (const Place &place : placesOf(kind)) {
        const QString value = row.optionalText(place.key);
        if (value.size() > place.characters)
            row.wrong(place.key, u"at most %1 characters fit"_s.arg(place.characters));
        put(person.record, 4 + place.at, value.left(place.characters));
    }
    return person;
}

Result<QList<VirtualPerson>> persons(const Result<JsonFile> &file)
{
    if (!file)
        return tl::unexpected(file.error());
    QList<VirtualPerson> persons;
    std::optional<Error> error;
    JsonReader root(*file, error);
    root.each(u"persons"_s, [&persons](JsonReader &row) {
        const VirtualPerson person = personOf(row);
        if (std::ranges::find(persons, person.name, &VirtualPerson::name) != persons.end())
            row.wrong(u"name"_s, u"two persons have this name"_s);
        persons << person;
    });
    if (persons.isEmpty())
        root.wrong(u"persons"_s, u"there is no person in it"_s);
    root.finish();
    if (error)
        return tl::unexpected(*error);
    return persons;
}

} // namespace

Result<QList<VirtualPerson>> loadVirtualPersons(const QString &path)
{
    return persons(JsonFile::load(path, ErrorCode::FileUnreadable, ErrorCode::ResourceInvalid));
}

Result<QList<VirtualPerson>> parseVirtualPersons(const QByteArray &text, const QString &name)
{
    return persons(JsonFile::parse(text, name, ErrorCode::ResourceInvalid));
}

} // namespace upgradedesk
