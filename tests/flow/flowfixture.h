#pragma once

#include "card/catalogue.h"
#include "flow/linkprocedure.h"
#include "flow/rules.h"
#include "identity/documentkinds.h"

namespace upgradedesk::test
{

/// A clock a test sets.
class SetClock final : public Clock
{
public:
    [[nodiscard]] QDateTime now() const override { return time; }
    [[nodiscard]] std::chrono::milliseconds sinceBoot() const override { return boot; }

    QDateTime time = QDateTime(QDate(2022, 6, 2), QTime(8, 31), Qt::OffsetFromUTC, 8 * 3600);
    std::chrono::milliseconds boot{};
};

/// The shipped data and a clock in June 2022. Persons are synthetic (identity-vectors.json).
struct Desk {
    Catalogue catalogue = Catalogue::load().value();
    DocumentKinds documents = DocumentKinds::load().value();
    Rules rules = Rules::load().value();
    SetClock clock;

    [[nodiscard]] LinkContext context(bool timeTrusted = true) const
    {
        return {catalogue, documents, rules, clock.now(), timeTrusted};
    }
};

inline Person adult()
{
    return {QStringLiteral("resident"), QStringLiteral("11010219020304004X"),
            QStringLiteral("测试甲")};
}

/// A synthetic child: division abolished in 2010 and the serial 000, which is never issued.
inline Person child()
{
    return {QStringLiteral("resident"), QStringLiteral("110103201506010005"),
            QStringLiteral("测试丙")};
}

inline Person otherAdult()
{
    return {QStringLiteral("resident"), QStringLiteral("110102190001010010"),
            QStringLiteral("测试乙")};
}

inline CardSighting beijingCard(const QString &number = QStringLiteral("3105170099900012349"))
{
    CardSighting card;
    card.outcome = CardSighting::Outcome::Number;
    card.product = QStringLiteral("beijing-tunion");
    card.number = number;
    return card;
}

} // namespace upgradedesk::test
