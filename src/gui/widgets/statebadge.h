#pragma once

#include "gui/theme/iconset.h"
#include "gui/theme/theme.h"
#include "gui/widgets/paintedwidget.h"

namespace upgradedesk
{

/// The state of a card or a record as icon, word, colour and line: no two states share an icon.
class StateBadge final : public PaintedWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(StateBadge)

public:
    enum class State {
        NotUpgraded,
        Upgraded,
        Exempt,
        Foreign,
        AppOnly,
        Refused,
        Pending,
        Queued,
        Attention,
        MayEnter,
        MayNotEnter,
    };
    Q_ENUM(State)

    explicit StateBadge(QWidget *parent = nullptr);

    void setState(State state);
    [[nodiscard]] State state() const;

    /// The word of the state, or the one set with setWord().
    [[nodiscard]] QString word() const;

    /// Says something more exact than the state's own word, such as 少一位. Empty goes back.
    void setWord(const QString &word);

    /// 28 high with 15 px text, for lists; 40 and 20 px otherwise.
    void setSmall(bool small);

    [[nodiscard]] static Icon icon(State state);
    [[nodiscard]] static Tone tone(State state);
    [[nodiscard]] static bool isDashed(State state);
    [[nodiscard]] static QString wordOf(State state);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void retranslateUi() override;

private:
    State m_state = State::NotUpgraded;
    QString m_word;
    bool m_small = false;
};

} // namespace upgradedesk
