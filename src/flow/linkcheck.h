#pragma once

#include "core/linkrequest.h"
#include "core/result.h"

#include <QDateTime>

#include <optional>

namespace upgradedesk
{

class Catalogue;
class DocumentKinds;
class Rules;

/// What somebody entered for one link, before any check.
struct LinkForm {
    QString cardNumber;
    QString medium = QStringLiteral("physical");
    QString cardBy = QStringLiteral("typed"); ///< how its number came in: tap, typed
    QString reason;                           ///< empty: `behalf` with an agent, else `self`
    Person holder;
    std::optional<Person> guardian;
    std::optional<Person> agent;
    QString consentVersion; ///< a version, or `current`
    QString consentBy = QStringLiteral("operator");
    QString consentLanguage = QStringLiteral("zh_CN");
    QDateTime consentAt;
    QString healthCode;
    QString operatorId;
};

/// What a link is checked against. With a clock that is not trusted the dates of rules and notices
/// refuse nothing; ages and kinds of documents go by the machine's own date, and the hub decides
/// again by its time.
struct LinkContext {
    const Catalogue &catalogue;
    const DocumentKinds &documents;
    const Rules &rules;
    QDateTime now;
    bool timeTrusted = false;
};

/// A card that a desk may link: its canonical digits and its key in the catalogue. Else
/// CardNumberInvalid, ProductExempt or ProductNotLinkable.
struct LinkableCard {
    QString number;
    QString product;
};
[[nodiscard]] Result<LinkableCard> checkCard(const QString &typed, const LinkContext &context);

/// The normalised number of a document that a desk accepts, or why it does not.
[[nodiscard]] Result<QString> checkDocumentNumber(const QString &kind, const QString &number,
                                                  const LinkContext &context);

/// A person with normalised number and name, or why the document cannot be used at a desk.
[[nodiscard]] Result<Person> checkPerson(const Person &person, const LinkContext &context);

/// GuardianMissing when the (checked) holder is too young to link without one; GuardianInvalid for
/// one who may not be.
[[nodiscard]] Result<void> checkGuardian(const Person &holder,
                                         const std::optional<Person> &guardian,
                                         const LinkContext &context);

/// The whole link with everything normalised, or the first thing that stands against it.
[[nodiscard]] Result<LinkRequest> checkLink(const LinkForm &form, const LinkContext &context);

} // namespace upgradedesk
