#pragma once

#include "core/linkrequest.h"
#include "core/result.h"

#include <QByteArrayView>
#include <QDate>
#include <QString>

#include <optional>

namespace upgradedesk
{

class DocumentKinds;

/// What the desk takes of the record in a card that an ID reader has read; nothing else of it
/// leaves the parser: no address, no ethnic group, no issuer, no photo. Wiped when it goes.
struct IdRecord {
    enum class Layout { Citizen, HmtResidence, Foreign2017, Foreign2023 };

    Layout layout = Layout::Citizen;
    QString name;      ///< the first one of the record; the other one where that is empty
    QString otherName; ///< of a foreigner whose card has a Chinese and a Latin name
    QString number;
    QChar sex; ///< 1 male, 2 female, 0 not known, 9 not stated
    QDate birth;
    std::optional<QDate> expiry; ///< nothing: 长期, for life

    IdRecord() = default;
    IdRecord(const IdRecord &) = default;
    IdRecord(IdRecord &&) = default;
    IdRecord &operator=(const IdRecord &) = default;
    IdRecord &operator=(IdRecord &&) = default;
    ~IdRecord();
};

/// A document that was read and whose record agrees with itself.
struct IdDocument {
    Person person;
    QString otherName = {};
    std::optional<QDate> expiry = {}; ///< nothing: it is valid for life
    bool sexDiffers = false; ///< from that of the number: staff compare the document by eye

    bool operator==(const IdDocument &) const = default;
};

/// `resident`, `hmt-residence` or `foreign-permanent`.
[[nodiscard]] QString documentKindOf(IdRecord::Layout layout);

/// Reads the data of a good reply to the command 30 01: two lengths, 256 bytes of text in UTF-16LE,
/// the photo. Fails with IdCardUnreadable.
[[nodiscard]] Result<IdRecord> readIdRecord(QByteArrayView data);

/// The number is valid and of this kind of document, the birth date is that in the number, and the
/// document has not expired on that Beijing day. Fails with IdCardContradictory or IdCardExpired.
/// Genuine numbers with the digit of the other sex exist, so that refuses nobody.
[[nodiscard]] Result<IdDocument> checkIdRecord(const IdRecord &record, const DocumentKinds &kinds,
                                               QDate on);

} // namespace upgradedesk
