#pragma once

#include "gui/widgets/paintedwidget.h"

#include <QStringList>

namespace upgradedesk
{

/// Sentences to be read aloud, in the largest type of ui-spec 2.2 in which all of them fit.
class LargeText final : public PaintedWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(LargeText)

public:
    explicit LargeText(QWidget *parent = nullptr);

    /// One paragraph each.
    void setLines(const QStringList &lines);

    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    [[nodiscard]] double heightAt(int px) const;
    [[nodiscard]] int fittingSize() const;

    QStringList m_lines;
};

} // namespace upgradedesk
