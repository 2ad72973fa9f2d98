#include "gui/widgets/nearrow.h"

#include "gui/theme/theme.h"
#include "gui/widgets/cardnumberview.h"
#include "gui/widgets/painting.h"

#include <QHBoxLayout>
#include <QMouseEvent>
#include <QPainter>

#include <utility>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

constexpr int nearHeight = 56;
constexpr int numberLeft = 56;
constexpr int nearAir = 14;
constexpr int noteRoom = 176;

} // namespace

NearRow::NearRow(QWidget *parent)
    : PaintedWidget(parent)
    , m_view(new CardNumberView(this))
{
    m_view->setDigitSize(26);
    m_view->setAttribute(Qt::WA_TransparentForMouseEvents);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(numberLeft, 0, noteRoom, 0);
    row->addWidget(m_view);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    NearRow::retranslateUi();
}

void NearRow::setPlace(int place)
{
    if (std::exchange(m_place, place) == place)
        return;
    retranslateUi();
    update();
}

void NearRow::setNumber(const QString &digits, const QList<int> &groups, const QList<int> &marks)
{
    m_view->setNumber(digits, groups);
    m_view->setMarks(marks);
    retranslateUi();
}

QString NearRow::number() const
{
    return m_view->number();
}

void NearRow::setNote(const QString &note)
{
    if (std::exchange(m_note, note) == note)
        return;
    retranslateUi();
    update();
}

void NearRow::setChosen(bool chosen)
{
    if (std::exchange(m_chosen, chosen) == chosen)
        return;
    retranslateUi();
    update();
}

QSize NearRow::sizeHint() const
{
    return {708, nearHeight};
}

QSize NearRow::minimumSizeHint() const
{
    return {400, nearHeight};
}

void NearRow::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        emit clicked();
}

void NearRow::paintEvent(QPaintEvent *)
{
    const Theme theme = currentTheme();
    QPainter painter(this);
    drawBox(painter, rect(),
            {.fill = m_chosen ? theme.accentSoft : theme.surface,
             .border = m_chosen ? theme.accent : theme.line,
             .borderWidth = m_chosen ? 2.0 : 1.0});
    drawKeyCap(painter, QRectF(nearAir, 0, 0, height()), theme, QString::number(m_place),
               theme.ink);
    drawText(painter, QRectF(width() - noteRoom, 0, noteRoom - nearAir, height()), theme.font(15),
             theme.ink2, m_note, Qt::AlignRight | Qt::AlignVCenter);
}

void NearRow::retranslateUi()
{
    //: a11y: the place of a near match in its list; whether it is chosen
    setAccessibleName(m_chosen ? tr("第 %1 个，已选").arg(m_place) : tr("第 %1 个").arg(m_place));
    setAccessibleDescription(m_note.isEmpty() ? m_view->spoken()
                                              : m_view->spoken() + u", "_s + m_note);
}

} // namespace upgradedesk
