#pragma once

#include <QLabel>

namespace upgradedesk
{

/// A headline that takes the largest type of ui-spec 2.2, from the one it was given downwards, in
/// which its text fits on one line: English and large text need more room than the mocks have.
class HeadlineLabel final : public QLabel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(HeadlineLabel)

public:
    explicit HeadlineLabel(QWidget *parent = nullptr);

    /// Hides QLabel's, which could not be followed.
    void setText(const QString &text);

    /// Another type to begin with than the form's: `hero`, `headline` …
    void setLargest(const QString &type);

    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void fit();

    QString m_wanted; ///< type the form gave
    bool m_hasRoom = false;
};

} // namespace upgradedesk
