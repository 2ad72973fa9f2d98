#pragma once

#include "core/language.h"

#include <QList>
#include <QObject>
#include <QSize>
#include <QTranslator>

class QWidget;

namespace upgradedesk
{

/// How the staff of one desk want to see the window.
struct Look {
    bool dark = false;
    Language language = Language::Chinese;
    int textSize = 100; ///< per cent: 100, 112 or 125

    bool operator==(const Look &) const = default;
};

/// The text sizes of ui-spec 2.2 in per cent, from small to large.
[[nodiscard]] QList<int> textSizes();

/// One step of change; each has a key that works on every page.
enum class LookChange { Language, Theme, Larger, Smaller };

/// Theme, language and text size of the whole application, and their change while it runs: Ctrl+L,
/// Ctrl+D, Ctrl++ and Ctrl+-. A window of at least 1920 x 1080 gets larger controls (ui-spec 3).
class Appearance final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Appearance)

public:
    /// Puts the look on the application at once.
    explicit Appearance(const Look &look);

    [[nodiscard]] const Look &look() const;

    void setLook(const Look &look);
    void change(LookChange step);

    /// Gives the window the keys, connects the LookButtons in it, and follows its size from now on.
    void follow(QWidget &window);

    /// Takes in the parts that a window it follows has got since.
    void takeIn(QWidget &window);

signals:
    /// Somebody chose another look.
    void changed(const upgradedesk::Look &look);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void setLanguage(Language language);
    void paint();
    void nameKeys(QWidget &window);
    void fit(QSize window);

    Look m_look;
    QTranslator m_english;
    QList<QWidget *> m_windows;
    double m_scale = 1;
};

} // namespace upgradedesk
