#include "support/catch.h"

#include "gui/theme/iconset.h"
#include "gui/theme/pathdata.h"
#include "gui/theme/stylesheet.h"
#include "gui/theme/theme.h"

#include <QApplication>
#include <QImage>
#include <QLabel>
#include <QPalette>
#include <QSet>

#include <cmath>

using namespace upgradedesk;
using namespace Qt::StringLiterals;

namespace
{

struct Pair {
    QColor Theme::*text;
    QColor Theme::*ground;
    double needed;
};

// The table of ui-spec 2.1.
const QList<Pair> pairs{
    {&Theme::ink, &Theme::surface, 7},        {&Theme::ink, &Theme::bg, 7},
    {&Theme::ink2, &Theme::surface, 7},       {&Theme::ink2, &Theme::bg, 7},
    {&Theme::ink2, &Theme::sunken, 7},        {&Theme::ink3, &Theme::surface, 4.5},
    {&Theme::ink3, &Theme::bg, 4.5},          {&Theme::ink3, &Theme::sunken, 4.5},
    {&Theme::accent, &Theme::surface, 7},     {&Theme::onAccent, &Theme::accent, 7},
    {&Theme::accent, &Theme::accentSoft, 7},  {&Theme::ok, &Theme::surface, 7},
    {&Theme::ok, &Theme::okSoft, 7},          {&Theme::warn, &Theme::surface, 7},
    {&Theme::warn, &Theme::warnSoft, 7},      {&Theme::bad, &Theme::surface, 7},
    {&Theme::bad, &Theme::badSoft, 7},        {&Theme::free, &Theme::freeSoft, 7},
    {&Theme::pend, &Theme::pendSoft, 7},      {&Theme::pend, &Theme::surface, 7},
    {&Theme::off, &Theme::offSoft, 7},        {&Theme::railInk, &Theme::railSel, 7},
    {&Theme::railInk2, &Theme::rail, 7},      {&Theme::railOk, &Theme::rail, 7},
    {&Theme::ledInk, &Theme::ledBg, 7},       {&Theme::countInk, &Theme::countBg, 7},
    {&Theme::lineStrong, &Theme::surface, 3}, {&Theme::focus, &Theme::bg, 3},
    {&Theme::focus, &Theme::surface, 3}};

/// Catch2 2 and 3 keep their Approx in different places.
bool near(double one, double other, double margin = 0.01)
{
    return std::abs(one - other) <= margin;
}

QApplication &application()
{
    return *qobject_cast<QApplication *>(qApp);
}

QImage picture(Icon icon)
{
    return iconPixmap(icon, 24, Qt::black, 2.0).toImage().convertToFormat(QImage::Format_ARGB32);
}

} // namespace

TEST_CASE("Text and controls have the contrast the design promises", "[gui]")
{
    const auto theme = GENERATE(Theme::light(), Theme::dark());

    for (const Pair &pair : pairs) {
        CAPTURE((theme.*pair.text).name(), (theme.*pair.ground).name(), theme.isDark);
        CHECK(contrast(theme.*pair.text, theme.*pair.ground) >= pair.needed);
    }
}

TEST_CASE("Contrast runs from 1 to 21 whichever colour comes first", "[gui]")
{
    CHECK(near(contrast(Qt::white, Qt::black), 21));
    CHECK(near(contrast(Qt::black, Qt::white), 21));
    CHECK(near(contrast(Qt::red, Qt::red), 1));
    CHECK(near(contrast(QColor(0x12, 0x1A, 0x26), Qt::white), 17.5, 0.05));
}

TEST_CASE("Each token has a name of its own and a colour in both themes", "[gui]")
{
    QSet<QString> names;
    for (const ThemeToken &token : themeTokens()) {
        CAPTURE(token.name);
        CHECK_FALSE(names.contains(token.name));
        names.insert(token.name);
        CHECK((Theme::light().*token.colour).isValid());
        CHECK((Theme::dark().*token.colour).isValid());
    }
}

TEST_CASE("The built-in style sheet leaves no placeholder open", "[gui]")
{
    const auto theme = GENERATE(Theme::light(), Theme::dark(1.25));

    const QString sheet = styleSheet(theme);

    CHECK_FALSE(sheet.isEmpty());
    CHECK(sheet.section(u"*/"_s, 1).count(u'@') == 0);
}

TEST_CASE("A placeholder takes the theme's colour or size, an unknown one stays", "[gui]")
{
    CHECK(expandStyle(u"@ink@ @t17@ @nobody@"_s, Theme::light()) == u"#121a26 17px @nobody@"_s);
    CHECK(expandStyle(u"@t17@ @l44@"_s, Theme::light(1.25)) == u"21px 66px"_s);
}

TEST_CASE("Applying a theme reaches palette, font and painting", "[gui]")
{
    applyTheme(application(), Theme::dark(1.12));

    CHECK(currentTheme() == Theme::dark(1.12));
    CHECK(QApplication::palette().color(QPalette::Window) == Theme::dark().bg);
    CHECK(QApplication::font().pixelSize() == 17);

    applyTheme(application(), Theme::light());
    CHECK(currentTheme() == Theme::light());
}

TEST_CASE("A dynamic property changes the look only after restyle", "[gui]")
{
    applyTheme(application(), Theme::light());
    QLabel label(u"文字"_s);
    label.ensurePolished();

    label.setProperty("tone", u"bad"_s);
    restyle(label);

    CHECK(label.palette().color(QPalette::WindowText) == Theme::light().bad);
}

TEST_CASE("The product's digits stand under each other", "[gui]")
{
    const bool bold = GENERATE(false, true);

    CHECK(hasTabularDigits(Theme::light().font(56, bold)));
}

TEST_CASE("Every icon is drawn inside its square and none looks like another", "[gui]")
{
    QList<QImage> seen;
    for (const Icon icon : allIcons()) {
        const QImage image = picture(icon);
        CAPTURE(int(icon));
        int inked = 0;
        int onEdge = 0;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x) {
                const bool ink = qAlpha(image.pixel(x, y)) > 128;
                const bool edge =
                    x == 0 || y == 0 || x + 1 == image.width() || y + 1 == image.height();
                inked += ink ? 1 : 0;
                onEdge += ink && edge ? 1 : 0;
            }
        }
        CHECK(inked > 60);
        CHECK(onEdge == 0);
        CHECK_FALSE(seen.contains(image));
        seen.append(image);
    }
    CHECK(seen.size() == 48);
}

TEST_CASE("Path data is read as SVG means it", "[gui]")
{
    const auto end = [](const char16_t *data) {
        return pathFromData(QStringView(data)).currentPosition();
    };
    CHECK(end(u"M1 2 3 4") == QPointF(3, 4));
    CHECK(end(u"m1 2l3 4") == QPointF(4, 6));
    CHECK(end(u"M1 1h2v.5H9") == QPointF(9, 1.5));
    CHECK(end(u"M0 0c1 0 2 1 2.5.5") == QPointF(2.5, 0.5));

    // A half circle of radius 5 over the line from 0,0 to 10,0, once above and once below.
    const QRectF above = pathFromData(u"M0 0A5 5 0 0 1 10 0").boundingRect();
    const QRectF below = pathFromData(u"M0 0A5 5 0 0 0 10 0").boundingRect();
    CHECK(near(above.top(), -5));
    CHECK(near(above.bottom(), 0, 1e-6));
    CHECK(near(below.bottom(), 5));

    // The long way round a circle through the same two points.
    const QRectF longWay = pathFromData(u"M0 0A5 5 0 1 1 5 5").boundingRect();
    const QRectF shortWay = pathFromData(u"M0 0A5 5 0 0 1 5 5").boundingRect();
    CHECK(near(longWay.width(), 10, 0.02));
    CHECK(near(shortWay.width(), 5, 0.02));

    CHECK(pathFromData(u"R2 3 10 4 1").boundingRect() == QRectF(2, 3, 10, 4));
    CHECK(pathFromData(u"O5 5 2").boundingRect() == QRectF(3, 3, 4, 4));
    CHECK(pathFromData(u"").isEmpty());
    CHECK(pathFromData(u"Q1 2 3 4").isEmpty());
}
