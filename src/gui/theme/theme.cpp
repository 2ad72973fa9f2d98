#include "gui/theme/theme.h"

#include "gui/theme/stylesheet.h"

#include <QApplication>
#include <QFontMetricsF>
#include <QPalette>
#include <QStyle>
#include <QStyleFactory>
#include <QVariant>
#include <QWidget>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

constexpr char themeProperty[] = "upgradedeskTheme";

double luminance(const QColor &colour)
{
    const auto linear = [](double channel) {
        return channel <= 0.03928 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) +
           0.0722 * linear(colour.blueF());
}

QPalette paletteOf(const Theme &theme)
{
    QPalette palette;
    palette.setColor(QPalette::Window, theme.bg);
    palette.setColor(QPalette::WindowText, theme.ink);
    palette.setColor(QPalette::Base, theme.surface);
    palette.setColor(QPalette::AlternateBase, theme.sunken);
    palette.setColor(QPalette::Text, theme.ink);
    palette.setColor(QPalette::PlaceholderText, theme.ink3);
    palette.setColor(QPalette::Button, theme.surface);
    palette.setColor(QPalette::ButtonText, theme.ink);
    palette.setColor(QPalette::Highlight, theme.accent);
    palette.setColor(QPalette::HighlightedText, theme.onAccent);
    palette.setColor(QPalette::ToolTipBase, theme.surface);
    palette.setColor(QPalette::ToolTipText, theme.ink);
    palette.setColor(QPalette::Link, theme.accent);
    palette.setColor(QPalette::Disabled, QPalette::WindowText, theme.ink3);
    palette.setColor(QPalette::Disabled, QPalette::Text, theme.ink3);
    palette.setColor(QPalette::Disabled, QPalette::ButtonText, theme.ink3);
    return palette;
}

QColor rgb(uint value)
{
    return QColor::fromRgb(value);
}

} // namespace

Theme Theme::light(double textFactor)
{
    return {.bg = rgb(0xF1F4F8),
            .surface = rgb(0xFFFFFF),
            .sunken = rgb(0xE8EDF3),
            .line = rgb(0xD2DAE4),
            .lineStrong = rgb(0x7F8C9D),
            .ink = rgb(0x121A26),
            .ink2 = rgb(0x3D4A5C),
            .ink3 = rgb(0x566377),
            .accent = rgb(0x0B4A99),
            .accentPress = rgb(0x07346E),
            .accentSoft = rgb(0xE4EEF9),
            .onAccent = rgb(0xFFFFFF),
            .focus = rgb(0xB86A00),
            .rail = rgb(0x0E2240),
            .railSel = rgb(0x1E4278),
            .railInk = rgb(0xFFFFFF),
            .railInk2 = rgb(0xB9C8DE),
            .railLine = rgb(0x2A4062),
            .railOk = rgb(0x8FD6AE),
            .ok = rgb(0x085229),
            .okSoft = rgb(0xE0F2E7),
            .okLine = rgb(0x7FB896),
            .warn = rgb(0x7A4100),
            .warnSoft = rgb(0xFFF0D9),
            .warnLine = rgb(0xD9A45A),
            .bad = rgb(0x8F1610),
            .badSoft = rgb(0xFCE7E5),
            .badLine = rgb(0xDE9590),
            .free = rgb(0x523494),
            .freeSoft = rgb(0xEEE8FA),
            .freeLine = rgb(0xAE9AD8),
            .pend = rgb(0x1D4B60),
            .pendSoft = rgb(0xE2EEF3),
            .pendLine = rgb(0x86AEBF),
            .off = rgb(0x3F4A57),
            .offSoft = rgb(0xE8EBEF),
            .ledBg = rgb(0x10151C),
            .ledInk = rgb(0xFFC145),
            .countBg = rgb(0xFFC870),
            .countInk = rgb(0x3A2300),
            .c1 = rgb(0x0B4A99),
            .c2 = rgb(0x3E8FB0),
            .c3 = rgb(0x8A6BC4),
            .c4 = rgb(0xC98A2B),
            .grid = rgb(0xDFE5EC),
            .isDark = false,
            .textFactor = textFactor};
}

Theme Theme::dark(double textFactor)
{
    return {.bg = rgb(0x0B0F15),
            .surface = rgb(0x151C26),
            .sunken = rgb(0x0F151D),
            .line = rgb(0x324054),
            .lineStrong = rgb(0x7F8FA5),
            .ink = rgb(0xF5F8FC),
            .ink2 = rgb(0xC8D2DF),
            .ink3 = rgb(0xA3B0C0),
            .accent = rgb(0x8BBDFF),
            .accentPress = rgb(0xB5D5FF),
            .accentSoft = rgb(0x132A46),
            .onAccent = rgb(0x05162B),
            .focus = rgb(0xFFC870),
            .rail = rgb(0x070A0F),
            .railSel = rgb(0x1B3A66),
            .railInk = rgb(0xFFFFFF),
            .railInk2 = rgb(0xB9C8DE),
            .railLine = rgb(0x263244),
            .railOk = rgb(0x8FD6AE),
            .ok = rgb(0x7BE0A6),
            .okSoft = rgb(0x10301F),
            .okLine = rgb(0x2F7A50),
            .warn = rgb(0xFFC870),
            .warnSoft = rgb(0x38270B),
            .warnLine = rgb(0x8A6420),
            .bad = rgb(0xFFA59D),
            .badSoft = rgb(0x3D1613),
            .badLine = rgb(0x95453E),
            .free = rgb(0xCDB9FF),
            .freeSoft = rgb(0x281D45),
            .freeLine = rgb(0x66519E),
            .pend = rgb(0xA4D8EA),
            .pendSoft = rgb(0x12303B),
            .pendLine = rgb(0x3A7085),
            .off = rgb(0xB3BECB),
            .offSoft = rgb(0x212B37),
            .ledBg = rgb(0x000000),
            .ledInk = rgb(0xFFC145),
            .countBg = rgb(0xFFC870),
            .countInk = rgb(0x3A2300),
            .c1 = rgb(0x8BBDFF),
            .c2 = rgb(0x5CC4D8),
            .c3 = rgb(0xC3A8FF),
            .c4 = rgb(0xF0B860),
            .grid = rgb(0x283546),
            .isDark = true,
            .textFactor = textFactor};
}

QColor Theme::tone(Tone tone) const
{
    switch (tone) {
    case Tone::Ink:
        return ink;
    case Tone::Ink2:
        return ink2;
    case Tone::Ink3:
        return ink3;
    case Tone::Accent:
        return accent;
    case Tone::Ok:
        return ok;
    case Tone::Warn:
        return warn;
    case Tone::Bad:
        return bad;
    case Tone::Free:
        return free;
    case Tone::Pend:
        return pend;
    case Tone::Off:
        return off;
    }
    return ink;
}

QColor Theme::soft(Tone tone) const
{
    switch (tone) {
    case Tone::Ink:
    case Tone::Ink2:
    case Tone::Ink3:
        return sunken;
    case Tone::Accent:
        return accentSoft;
    case Tone::Ok:
        return okSoft;
    case Tone::Warn:
        return warnSoft;
    case Tone::Bad:
        return badSoft;
    case Tone::Free:
        return freeSoft;
    case Tone::Pend:
        return pendSoft;
    case Tone::Off:
        return offSoft;
    }
    return sunken;
}

QColor Theme::toneLine(Tone tone) const
{
    switch (tone) {
    case Tone::Ink:
    case Tone::Ink2:
    case Tone::Ink3:
        return line;
    case Tone::Accent:
        return accentSoft;
    case Tone::Ok:
        return okLine;
    case Tone::Warn:
        return warnLine;
    case Tone::Bad:
        return badLine;
    case Tone::Free:
        return freeLine;
    case Tone::Pend:
        return pendLine;
    case Tone::Off:
        return lineStrong;
    }
    return line;
}

int Theme::px(int size) const
{
    return qRound(size * textFactor * scale);
}

int Theme::len(int length) const
{
    return qRound(length * scale);
}

QFont Theme::font(int size, bool bold) const
{
    QFont font;
    font.setFamilies(
        {u"Noto Sans CJK SC"_s, u"Source Han Sans SC"_s, u"Microsoft YaHei UI"_s, u"sans-serif"_s});
    font.setPixelSize(px(size));
    font.setWeight(bold ? QFont::Bold : QFont::Normal);
    return font;
}

QList<ThemeToken> themeTokens()
{
    return {{u"bg"_s, &Theme::bg},
            {u"surface"_s, &Theme::surface},
            {u"sunken"_s, &Theme::sunken},
            {u"line"_s, &Theme::line},
            {u"line-strong"_s, &Theme::lineStrong},
            {u"ink"_s, &Theme::ink},
            {u"ink2"_s, &Theme::ink2},
            {u"ink3"_s, &Theme::ink3},
            {u"accent"_s, &Theme::accent},
            {u"accent-press"_s, &Theme::accentPress},
            {u"accent-soft"_s, &Theme::accentSoft},
            {u"on-accent"_s, &Theme::onAccent},
            {u"focus"_s, &Theme::focus},
            {u"rail"_s, &Theme::rail},
            {u"rail-sel"_s, &Theme::railSel},
            {u"rail-ink"_s, &Theme::railInk},
            {u"rail-ink2"_s, &Theme::railInk2},
            {u"rail-line"_s, &Theme::railLine},
            {u"rail-ok"_s, &Theme::railOk},
            {u"ok"_s, &Theme::ok},
            {u"ok-soft"_s, &Theme::okSoft},
            {u"ok-line"_s, &Theme::okLine},
            {u"warn"_s, &Theme::warn},
            {u"warn-soft"_s, &Theme::warnSoft},
            {u"warn-line"_s, &Theme::warnLine},
            {u"bad"_s, &Theme::bad},
            {u"bad-soft"_s, &Theme::badSoft},
            {u"bad-line"_s, &Theme::badLine},
            {u"free"_s, &Theme::free},
            {u"free-soft"_s, &Theme::freeSoft},
            {u"free-line"_s, &Theme::freeLine},
            {u"pend"_s, &Theme::pend},
            {u"pend-soft"_s, &Theme::pendSoft},
            {u"pend-line"_s, &Theme::pendLine},
            {u"off"_s, &Theme::off},
            {u"off-soft"_s, &Theme::offSoft},
            {u"led-bg"_s, &Theme::ledBg},
            {u"led-ink"_s, &Theme::ledInk},
            {u"count-bg"_s, &Theme::countBg},
            {u"count-ink"_s, &Theme::countInk},
            {u"c1"_s, &Theme::c1},
            {u"c2"_s, &Theme::c2},
            {u"c3"_s, &Theme::c3},
            {u"c4"_s, &Theme::c4},
            {u"grid"_s, &Theme::grid}};
}

double contrast(const QColor &one, const QColor &other)
{
    const auto [darker, lighter] = std::minmax({luminance(one), luminance(other)});
    return (lighter + 0.05) / (darker + 0.05);
}

bool hasTabularDigits(const QFont &font)
{
    const QFontMetricsF metrics(font);
    const double zero = metrics.horizontalAdvance(u'0');
    for (char16_t digit = u'1'; digit <= u'9'; ++digit) {
        if (std::abs(metrics.horizontalAdvance(QChar(digit)) - zero) > 0.01)
            return false;
    }
    return true;
}

void applyTheme(QApplication &application, const Theme &theme)
{
    application.setProperty(themeProperty, QVariant::fromValue(theme));
    // One style on every platform: the look is ours, and QSS leaves the rest to it.
    if (application.style()->name() != u"fusion"_s && application.styleSheet().isEmpty())
        application.setStyle(QStyleFactory::create(u"Fusion"_s));
    application.setPalette(paletteOf(theme));
    application.setFont(theme.font(15));
    application.setStyleSheet(styleSheet(theme));
}

Theme currentTheme()
{
    const QVariant held = qApp ? qApp->property(themeProperty) : QVariant();
    return held.canConvert<Theme>() ? held.value<Theme>() : Theme::light();
}

void restyle(QWidget &widget)
{
    if (!widget.testAttribute(Qt::WA_WState_Polished))
        return; // being shown for the first time does it
    widget.style()->unpolish(&widget);
    widget.style()->polish(&widget);
    widget.update();
}

} // namespace upgradedesk
