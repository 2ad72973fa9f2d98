#pragma once

#include <QColor>
#include <QFont>
#include <QList>
#include <QMetaType>
#include <QString>

class QApplication;
class QWidget;

namespace upgradedesk
{

/// What a colour says. Each has a text colour, a soft fill and a line (ui-spec 2.1); never used
/// without a word.
enum class Tone { Ink, Ink2, Ink3, Accent, Ok, Warn, Bad, Free, Pend, Off };

/// The design tokens of ui-spec 2.1 and 2.2 for one appearance. A value: change it by applyTheme().
struct Theme {
    QColor bg, surface, sunken, line, lineStrong;
    QColor ink, ink2, ink3;
    QColor accent, accentPress, accentSoft, onAccent, focus;
    QColor rail, railSel, railInk, railInk2, railLine, railOk;
    QColor ok, okSoft, okLine;
    QColor warn, warnSoft, warnLine;
    QColor bad, badSoft, badLine;
    QColor free, freeSoft, freeLine;
    QColor pend, pendSoft, pendLine;
    QColor off, offSoft;
    QColor ledBg, ledInk;
    QColor countBg, countInk;
    QColor c1, c2, c3, c4, grid;
    bool isDark = false;
    /// The text-size setting: 1.0, 1.12 or 1.25.
    double textFactor = 1.0;
    /// How much larger controls and text are drawn in a large window (ui-spec 3): 1.0 or 1.25.
    double scale = 1.0;

    [[nodiscard]] static Theme light(double textFactor = 1.0);
    [[nodiscard]] static Theme dark(double textFactor = 1.0);

    [[nodiscard]] QColor tone(Tone tone) const;
    [[nodiscard]] QColor soft(Tone tone) const;
    [[nodiscard]] QColor toneLine(Tone tone) const;

    /// A size of ui-spec 2.2 in logical pixels after the text-size setting and the scale.
    [[nodiscard]] int px(int size) const;

    /// A length of a control or a drawing in logical pixels after the scale. Gaps between panels do
    /// not grow.
    [[nodiscard]] int len(int length) const;

    /// The family of the product at that size; two weights only.
    [[nodiscard]] QFont font(int size, bool bold = false) const;

    bool operator==(const Theme &) const = default;
};

/// One colour of the theme under the name the style sheet template uses.
struct ThemeToken {
    QString name;
    QColor Theme::*colour;
};

[[nodiscard]] QList<ThemeToken> themeTokens();

/// Contrast ratio of WCAG 2.1, from 1 to 21.
[[nodiscard]] double contrast(const QColor &one, const QColor &other);

/// True when 0 to 9 have one width in this font, so that numbers in a column stand under each
/// other.
[[nodiscard]] bool hasTabularDigits(const QFont &font);

/// Gives the application its style, palette, font and style sheet. Every widget gets a StyleChange
/// event.
void applyTheme(QApplication &application, const Theme &theme);

/// What applyTheme() set last; it rides on the application like its palette and font. Light before
/// that.
[[nodiscard]] Theme currentTheme();

/// Makes the style sheet look again at a widget's dynamic properties.
void restyle(QWidget &widget);

} // namespace upgradedesk

Q_DECLARE_METATYPE(upgradedesk::Theme)
