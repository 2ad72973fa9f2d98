#include "support/catch.h"

#include "core/recordid.h"

#include <QSet>

using namespace Qt::StringLiterals;
using namespace upgradedesk;

namespace
{

class FixedClock final : public Clock
{
public:
    [[nodiscard]] QDateTime now() const override
    {
        return QDateTime::fromMSecsSinceEpoch(0x017F22E279B0, Qt::UTC);
    }
    [[nodiscard]] std::chrono::milliseconds sinceBoot() const override { return {}; }
};

} // namespace

TEST_CASE("A record id is a UUIDv7 of the clock's time", "[core]")
{
    const QString id = newRecordId(FixedClock());

    CHECK(isRecordId(id));
    CHECK(id.startsWith(u"017f22e2-79b0-7"_s));
}

TEST_CASE("Ids of one millisecond differ", "[core]")
{
    QSet<QString> ids;
    for (int i = 0; i < 10000; ++i)
        ids << newRecordId(FixedClock());

    CHECK(ids.size() == 10000);
}

TEST_CASE("Only the canonical lower-case form is a record id", "[core]")
{
    CHECK_FALSE(isRecordId(u""));
    CHECK_FALSE(isRecordId(u"017F22E2-79B0-7CC3-98C4-DC0C0C07398F"));
    CHECK_FALSE(isRecordId(u"017f22e2-79b0-4cc3-98c4-dc0c0c07398f"));
    CHECK_FALSE(isRecordId(u"017f22e2-79b0-7cc3-18c4-dc0c0c07398f"));
    CHECK_FALSE(isRecordId(u"017f22e2-79b0-7cc3-98c4-dc0c0c07398f\n"));
}
