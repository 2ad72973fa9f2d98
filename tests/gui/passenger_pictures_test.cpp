#include "support/catch.h"

#include "gui/passenger_walk.h"
#include "gui/widgets/passengerpicture.h"
#include "gui/widgets/passengerpreview.h"

#include <QPixmap>

using namespace Qt::StringLiterals;
using namespace upgradedesk;
using namespace upgradedesk::test;

namespace
{

struct PassengerSheet {
    bool dark = false;
    Language language = Language::Chinese;
    QSize size;
};

/// Two that differ in everything, or with UPGRADEDESK_PICTURES=all each one.
QList<PassengerSheet> passengerSheets()
{
    constexpr QSize small(1366, 768);
    constexpr QSize large(1920, 1080);
    if (qEnvironmentVariable("UPGRADEDESK_PICTURES") != u"all")
        return {{false, Language::Chinese, small}, {true, Language::English, large}};
    QList<PassengerSheet> all;
    for (const QSize &size : {small, large}) {
        for (const bool dark : {false, true}) {
            for (const Language language : {Language::Chinese, Language::English})
                all.append({dark, language, size});
        }
    }
    return all;
}

} // namespace

// build/<preset>/pages/passenger-<language>-<theme>-<width>/<state>.png
TEST_CASE("Every scene of the passenger's screen can be drawn in each look", "[gui]")
{
    const QDir build(QStringLiteral(UPGRADEDESK_BIN_DIR) + u"/.."_s);
    for (const PassengerSheet &sheet : passengerSheets()) {
        const bool english = sheet.language == Language::English;
        const QString folder = u"pages/passenger-%1-%2-%3"_s.arg(
            english ? u"en"_s : u"zh_CN"_s, sheet.dark ? u"dark"_s : u"light"_s,
            QString::number(sheet.size.width()));
        REQUIRE(build.mkpath(folder));
        PassengerDesk desk(sheet.size);
        desk.desk.appearance.setLook({sheet.dark, sheet.language, 100});
        QStringList drawn;
        walkPassenger(desk, [&](const QString &state) {
            // A new passenger begins in Chinese.
            desk.passenger.setLanguage(sheet.language);
            desk.settle();
            INFO(folder.toStdString() << ' ' << state.toStdString());
            const QPixmap picture = desk.screen.grab();
            CHECK(picture.size() == sheet.size);
            CHECK(picture.save(build.filePath(folder + u'/' + state + u".png"_s), "PNG", 80));
            if (desk.desk.visible<PassengerPreview>())
                CHECK(desk.desk.window.grab().save(
                    build.filePath(folder + u"/staff-"_s + state + u".png"_s), "PNG", 80));
            drawn << state;
        });
        CHECK(drawn.size() > 28);
        CHECK(drawn.removeDuplicates() == 0);
    }
}
