#pragma once

#include <QLineEdit>
#include <QList>

#include <optional>

namespace upgradedesk
{

/// The field for a document number: large characters in groups, upper case, without spaces. One
/// character can be marked wrong. What is typed here never reaches the clipboard.
class DocumentNumberEdit final : public QLineEdit
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(DocumentNumberEdit)

public:
    explicit DocumentNumberEdit(QWidget *parent = nullptr);

    /// The plain number: no spaces, half-width, upper case.
    [[nodiscard]] QString number() const;

    /// Group lengths; 6, 8, 4 by default. Empty shows one group.
    void setGroups(const QList<int> &groups);

    /// Marks the character at this position, or none. The border turns to the error colour with it.
    void setWrong(std::optional<int> position);
    [[nodiscard]] std::optional<int> wrong() const;

    /// What a person meant by this text: full-width characters folded, spaces and dashes dropped,
    /// upper case.
    [[nodiscard]] static QString normalised(const QString &text);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    bool event(QEvent *event) override;
    void changeEvent(QEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void tidy(const QString &text);
    void retranslateUi();
    /// Left edge of each character, and one more for the end.
    [[nodiscard]] QList<double> edges() const;
    [[nodiscard]] int positionAt(double x) const;

    QList<int> m_groups{6, 8, 4};
    std::optional<int> m_wrong;
};

} // namespace upgradedesk
