#pragma once

#include "card/nearnumbers.h"
#include "card/resolver.h"
#include "core/error.h"
#include "gui/pages/deskpage.h"
#include "gui/theme/iconset.h"
#include "gui/theme/theme.h"

#include <QTimer>

#include <memory>
#include <optional>

namespace upgradedesk
{

class CheckLine;
class NearRow;

namespace Ui
{
class LookupPage;
}

/// 卡号查询: explains a typed number with each key, and offers cards read here today that are one
/// digit away. It decides nothing about the card: a number that is taken from here is still to be
/// compared with the card, or the card tapped.
class LookupPage final : public DeskPage
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(LookupPage)

public:
    /// The catalogue must outlive the page.
    LookupPage(const Catalogue &catalogue, QWidget *parent);
    ~LookupPage() override;

    /// Goes on with what has been typed already, such as the first digit on the idle page.
    void open(const QString &typed);
    /// A digit key that the field did not get because something else has the focus.
    void type(const QString &digits);
    [[nodiscard]] QString pageName() const override { return QStringLiteral("lookup"); }
    void focusFirst() override;
    /// Forgets number and near matches.
    void forget();

    /// How long the primary button is deaf after its meaning changed; 300 ms by default.
    void setArmingTime(int milliseconds);

    /// The answer to nearRequested(); one to an older question is dropped.
    void showNear(const QString &number, const QList<NearCard> &cards);

    /// A notice above the work, or none.
    void showTrouble(const std::optional<Error> &trouble);

signals:
    /// Some time after the last key: which cards read today are near this number?
    void nearRequested(const QString &number);
    /// This whole number is meant.
    void numberTaken(const QString &number);
    /// Back to where cards are tapped.
    void left();

protected:
    void changeEvent(QEvent *event) override;

private:
    void numberChanged();
    void refuse();
    void showChecks();
    void showCheck(CheckLine &line, CardCheck::About about);
    void showBadge();
    void showLengths();
    void showNearCards();
    void showPrimary();
    void showNotice();
    void choose(int index);
    void goBack();
    void take();
    [[nodiscard]] QString noteOf(const NearCard &card) const;
    [[nodiscard]] const CardProduct *product() const;
    [[nodiscard]] QList<NearRow *> rows() const;
    void retranslateUi();

    const Catalogue &m_catalogue;
    CardNumberExplanation m_explained;
    QList<NearCard> m_near;
    int m_chosen = -1; ///< of m_near
    std::optional<Error> m_trouble;
    bool m_refused = false;
    QTimer m_pause; ///< since the last key
    std::unique_ptr<Ui::LookupPage> m_ui;
};

} // namespace upgradedesk
