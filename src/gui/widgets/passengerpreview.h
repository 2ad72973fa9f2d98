#pragma once

#include "gui/widgets/passengerscene.h"

#include <QFrame>

namespace upgradedesk
{

class IconLabel;

/// A small copy of what the passenger screen shows. Always Chinese first: the passenger screen is.
class PassengerPreview final : public QFrame
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PassengerPreview)

public:
    explicit PassengerPreview(QWidget *parent = nullptr);

    void setScene(const PassengerScene &scene);
    [[nodiscard]] PassengerScene scene() const;

    /// The words of the scene in reading order.
    [[nodiscard]] QStringList words() const;

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void retranslateUi();
    void paintNumber(QPainter &painter, const QRectF &area) const;
    void paintWords(QPainter &painter, const QRectF &area) const;
    void paintQuestion(QPainter &painter, const QRectF &area) const;

    PassengerScene m_scene;
    IconLabel *m_title;
    QWidget *m_screen;
};

} // namespace upgradedesk
