#include "support/catch.h"

#include "gui/pages_walk.h"

#include <QPixmap>

using namespace Qt::StringLiterals;
using namespace upgradedesk;
using namespace upgradedesk::test;

namespace
{

struct Sheet {
    Look look;
    QSize size;
};

constexpr QSize small(1366, 768);
constexpr QSize large(1920, 1080);

/// Which looks are drawn: two that differ in everything, or with UPGRADEDESK_PICTURES=all each one.
QList<Sheet> sheets()
{
    if (qEnvironmentVariable("UPGRADEDESK_PICTURES") != u"all")
        return {{{false, Language::Chinese, 100}, small}, {{true, Language::English, 100}, large}};
    QList<Sheet> all;
    for (const QSize &size : {small, large}) {
        for (const bool dark : {false, true}) {
            for (const Language language : {Language::Chinese, Language::English}) {
                all.append({{dark, language, 100}, size});
                if (!dark)
                    all.append({{dark, language, 125}, size});
            }
        }
    }
    return all;
}

QString folderOf(const Sheet &sheet)
{
    return u"pages/%1-%2-%3-%4"_s.arg(
        sheet.look.language == Language::English ? u"en"_s : u"zh_CN"_s,
        sheet.look.dark ? u"dark"_s : u"light"_s, QString::number(sheet.look.textSize),
        QString::number(sheet.size.width()));
}

} // namespace

// For people who compare the pages with the mocks: build/<preset>/pages/<look>/<state>.png
TEST_CASE("Every state of every page can be drawn in each look", "[gui]")
{
    const QDir build(QStringLiteral(UPGRADEDESK_BIN_DIR) + u"/.."_s);
    for (const Sheet &sheet : sheets()) {
        const QString folder = build.filePath(folderOf(sheet));
        REQUIRE(build.mkpath(folder));
        int drawn = 0;
        walkAllStates(sheet.look, sheet.size, [&](WindowUnderTest &desk, const QString &state) {
            const QPixmap page = desk.window.grab();
            INFO(folder.toStdString() << ' ' << state.toStdString());
            CHECK(page.size() == sheet.size);
            // Fast rather than small: only people look at these files.
            CHECK(page.save(folder + u'/' + state + u".png"_s, "PNG", 80));
            ++drawn;
        });
        CHECK(drawn > 55);
    }
}
