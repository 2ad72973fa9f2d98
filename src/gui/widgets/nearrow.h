#pragma once

#include "gui/widgets/paintedwidget.h"

#include <QList>

namespace upgradedesk
{

class CardNumberView;

/// One card number that is nearly the one typed: its place in the list, the number with the
/// difference marked, what is known about it. Mouse or keys of the page choose it.
class NearRow final : public PaintedWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(NearRow)

public:
    explicit NearRow(QWidget *parent = nullptr);

    void setPlace(int place);
    void setNumber(const QString &digits, const QList<int> &groups, const QList<int> &marks);
    [[nodiscard]] QString number() const;
    void setNote(const QString &note);

    void setChosen(bool chosen);
    [[nodiscard]] bool isChosen() const { return m_chosen; }

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

signals:
    void clicked();

protected:
    void mousePressEvent(QMouseEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void retranslateUi() override;

private:
    CardNumberView *m_view;
    QString m_note;
    int m_place = 1;
    bool m_chosen = false;
};

} // namespace upgradedesk
