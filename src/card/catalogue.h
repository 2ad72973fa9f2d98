#pragma once

#include "core/localtext.h"
#include "core/resourcepath.h"
#include "core/result.h"

#include <QByteArray>
#include <QDate>
#include <QHash>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace upgradedesk
{

/// What the desk can do with a kind of card.
enum class CardService { Linkable, TapNeeded, Exempt, AppOnly, Foreign, Refused };

/// `linkable`, `tap-needed`, `exempt`, `app-only`, `foreign`, `refused`.
[[nodiscard]] QString serviceKey(CardService service);
[[nodiscard]] std::optional<CardService> serviceFromKey(QStringView key);

/// One kind of card. Number rules are empty for kinds whose number is not known.
struct CardProduct {
    QString key;
    LocalText name;
    QString family; ///< key of the product a chip shows before its number is known, or empty
    CardService service = CardService::Refused;
    LocalText reason;         ///< what staff say when the service is not Linkable
    QStringList prefixes;     ///< of the canonical number
    int digits = 0;           ///< of the canonical number
    QList<int> olderPrints;   ///< other numbers of digits seen printed; explained, never linked
    bool leadingZero = false; ///< one 0 may stand before the printed number and does not count
    QList<int> groups;        ///< for display, such as 4-4-4-4-3
    std::optional<QDate> from;
    std::optional<QDate> until;

    /// The canonical length and the older prints, ascending.
    [[nodiscard]] QList<int> expectedDigits() const;
};

/// How the number lies in a record of a card.
struct NumberField {
    enum class Encoding {
        Bcd,           ///< every nibble is a digit of the number
        BcdZeroFirst,  ///< 20 nibbles, the first is 0 and does not count
        BcdFillerLast, ///< the last nibble is F and does not count
        LittleEndian,  ///< an unsigned number of 4 bytes
    };
    int at = 0;
    int bytes = 0;
    Encoding encoding = Encoding::Bcd;
    QString prefix; ///< the number must start with it
    int digits = 0; ///< exactly
};

/// One application a chip may hold, in the order in which the probe tries them.
struct CardApplication {
    enum class Kind {
        Number,      ///< SELECT proves the kind, then the number is read
        MasterFile,  ///< the content of the file proves the kind
        NameOnly,    ///< SELECT proves the kind, nothing is read
        PaymentList, ///< a directory; only payment names in it make it a bank card
    };
    QString product;
    Kind kind = Kind::NameOnly;
    QByteArray name;   ///< AID, DF name or file identifier
    int shortFile = 0; ///< 0: the number is in the answer to SELECT only
    int length = 0;    ///< Le of the read, 0 for all
    quint32 tag = 0;   ///< of the copy of the record in the answer to SELECT, 0 for none
    NumberField number;
    int validFromAt = -1; ///< of 4 BCD bytes, -1 for none
    int validUntilAt = -1;
};

/// The kinds of cards, as data: products, issuers, what to look for in a chip, and the words of the
/// look-up. An immutable value; copies share their data. Schema: resources/cards/README.md.
class Catalogue
{
public:
    /// Fails with CatalogueUnreadable or CatalogueInvalid (args: file, line, why).
    [[nodiscard]] static Result<Catalogue>
    load(const QString &path = resourcePath(u"cards/catalogue.json"));

    /// The same from text; `name` stands for the file in errors.
    [[nodiscard]] static Result<Catalogue> parse(const QByteArray &text, const QString &name);

    [[nodiscard]] const QString &version() const { return m_version; }
    [[nodiscard]] const QList<CardProduct> &products() const { return m_products; }
    [[nodiscard]] const QList<CardApplication> &applications() const { return m_applications; }

    /// Null when there is no such product. Lives as long as this catalogue.
    [[nodiscard]] const CardProduct *product(QStringView key) const;

    /// The product with the longest prefix of this number, or null. Digits need not be complete.
    [[nodiscard]] const CardProduct *productOfNumber(QStringView number) const;

    /// Name in Chinese of the issuer with the longest prefix, or empty.
    [[nodiscard]] QString issuer(QStringView number) const;

    /// Product of a chip that is not ISO 14443-4, by its SAK; `unknown` when not listed.
    [[nodiscard]] QString productOfSak(quint8 sak) const;

    /// Product of a FeliCa system code, or empty.
    [[nodiscard]] QString productOfFelica(const QByteArray &systemCode) const;

    /// True for the application identifiers of bank cards.
    [[nodiscard]] bool isPayment(const QByteArray &aid) const;

    /// A sentence of the look-up; `key` is one of lookupTextKeys().
    [[nodiscard]] LocalText text(const QString &key) const { return m_texts.value(key); }
    [[nodiscard]] static QStringList lookupTextKeys();

private:
    friend class CatalogueReader;

    QString m_version;
    QList<CardProduct> m_products;
    QList<CardApplication> m_applications;
    QHash<QString, QString> m_issuers;
    QHash<quint8, QString> m_saks;
    QHash<QByteArray, QString> m_felica;
    QList<QByteArray> m_payment;
    QHash<QString, LocalText> m_texts;
};

} // namespace upgradedesk
