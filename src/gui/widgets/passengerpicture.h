#pragma once

#include "gui/theme/theme.h"
#include "gui/widgets/passengerscene.h"

#include <QRect>
#include <QSize>

#include <array>

class QPainter;

namespace upgradedesk
{

/// How much larger than drawn for 1366 x 768 a passenger's screen of that size is. The staff's text
/// size has no part in it.
[[nodiscard]] double passengerScale(QSize screen);

/// One scene as it is drawn on a screen of that size: everything but the buttons, and where they
/// stand. Large text is in the passenger's language, small text under it in the other one; the
/// notice is in one language only, which is the one the record names.
class PassengerPicture
{
public:
    PassengerPicture(const PassengerScene &scene, QSize size);

    void paint(QPainter &painter) const;

    /// 不同意, 同意.
    [[nodiscard]] std::array<QRect, 2> answers() const;
    /// 中文, English.
    [[nodiscard]] std::array<QRect, 2> languages() const;

    /// False for a notice too long for this screen: a part of it is no notice, so nobody is asked
    /// here and staff read it aloud.
    [[nodiscard]] bool showsWholeNotice() const;

private:
    struct Line {
        QString text;
        QFont font;
        QColor colour;
        double gap = 0; ///< above it
    };

    void paintHeader(QPainter &painter) const;
    void paintSteps(QPainter &painter, int current) const;
    void paintFooter(QPainter &painter) const;
    void paintCard(QPainter &painter) const;
    void paintState(QPainter &painter, double top) const;
    void paintNumber(QPainter &painter, double top, double height) const;
    void paintMessage(QPainter &painter) const;
    void paintGate(QPainter &painter, double top) const;
    void paintConsent(QPainter &painter) const;

    [[nodiscard]] QRectF body() const;
    [[nodiscard]] double footerHeight() const;
    [[nodiscard]] double gateHeight() const;
    [[nodiscard]] QFont fitting(const QString &text, int largest, bool bold) const;
    [[nodiscard]] QList<Line> lines(const LocalText &text, int size, int otherSize, bool bold,
                                    const QColor &colour) const;
    [[nodiscard]] double heightOf(const Line &line) const;
    double draw(QPainter &painter, double top, const QList<Line> &lines) const;

    [[nodiscard]] QStringList noticeLines() const;
    [[nodiscard]] QRectF noticeArea() const;
    [[nodiscard]] double noticeHeight(int size) const;
    [[nodiscard]] int noticeSize() const;
    [[nodiscard]] const QString &mine(const LocalText &text) const;
    [[nodiscard]] const QString &other(const LocalText &text) const;

    const PassengerScene &m_scene;
    QSize m_size;
    Theme m_theme;
    PassengerText m_text;
};

} // namespace upgradedesk
