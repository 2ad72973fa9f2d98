#include "support/catch.h"

#include "scriptedcard.h"

#include "card/probe.h"

#include <QFile>
#include <QHash>
#include <QRegularExpression>

using namespace Qt::StringLiterals;
using namespace upgradedesk;

namespace
{

struct Most {
    int commands = 0;
    int repeats = 0;
};

/// The table of resources/cards/README.md: product and outcome to the number of commands.
QHash<QString, Most> table()
{
    QFile file{QStringLiteral(UPGRADEDESK_SOURCE_DIR) + u"/resources/cards/README.md"_s};
    REQUIRE(file.open(QIODevice::ReadOnly));
    static const QRegularExpression row{
        u"^\\| `([a-z0-9-]+)` \\| `([a-z-]+)` \\| (\\d+)(?: \\+ (\\d+))? \\|"_s,
        QRegularExpression::MultilineOption};
    QHash<QString, Most> rows;
    auto found = row.globalMatch(QString::fromUtf8(file.readAll()));
    while (found.hasNext()) {
        const auto match = found.next();
        rows.insert(match.captured(1) + u' ' + match.captured(2),
                    {match.captured(3).toInt(), match.captured(4).toInt()});
    }
    return rows;
}

} // namespace

TEST_CASE("Each card is asked as often as the table says and never more", "[card]")
{
    const auto catalogue = Catalogue::load();
    REQUIRE(catalogue);
    const QHash<QString, Most> rows = table();
    REQUIRE(rows.size() >= 10);
    QHash<QString, int> longest;

    for (const QJsonObject &vector : cardVectors()) {
        ScriptedCard scripted(vector);
        const CardSighting sighting = probe(scripted, targetOf(vector), *catalogue);
        const QString key = (sighting.product.isEmpty() ? u"lost"_s : sighting.product) + u' ' +
                            outcomeKey(sighting.outcome);
        INFO(vector.value(u"name"_s).toString().toStdString() << ": " << key.toStdString());
        REQUIRE(rows.contains(key));
        const Most most = rows.value(key);
        CHECK(scripted.sent().size() <= most.commands + most.repeats);
        longest[key] = std::max(longest.value(key), int(scripted.sent().size()));
    }
    // A table that promises less than is kept would hide a command that became needless.
    for (auto row = rows.begin(); row != rows.end(); ++row) {
        INFO(row.key().toStdString());
        CHECK(longest.value(row.key()) == row->commands + row->repeats);
    }
}
