#include "gui/pages/lookuppage.h"

#include "gui/pages/lookupwords.h"
#include "gui/pages/words.h"
#include "ui_lookuppage.h"

#include <QEvent>
#include <QShortcut>

#include <algorithm>
#include <chrono>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace upgradedesk
{
namespace
{

constexpr auto pauseBeforeNear = 80ms;

Icon checkIcon(const CardCheck &check)
{
    if (check.about == CardCheck::About::RuledOut)
        return Icon::Slash;
    switch (check.state) {
    case CardCheck::State::Good:
        return Icon::CheckCircle;
    case CardCheck::State::Wrong:
        return Icon::Alert;
    case CardCheck::State::Note:
        break;
    }
    return Icon::Info;
}

Tone checkTone(const CardCheck &check)
{
    switch (check.state) {
    case CardCheck::State::Good:
        return Tone::Ok;
    case CardCheck::State::Wrong:
        return Tone::Warn;
    case CardCheck::State::Note:
        break;
    }
    return Tone::Ink3;
}

/// What the difference is, seen from the whole number; an extra digit stands in the typed one only.
QList<int> marksInNumber(const NearMatch &match)
{
    switch (match.difference) {
    case NearMatch::Difference::Missing:
    case NearMatch::Difference::Wrong:
        return {match.position};
    case NearMatch::Difference::Swapped:
        return {match.position, match.position + 1};
    case NearMatch::Difference::Extra:
        break;
    }
    return {};
}

} // namespace

LookupPage::LookupPage(const Catalogue &catalogue, QWidget *parent)
    : DeskPage(parent)
    , m_catalogue(catalogue)
    , m_ui(std::make_unique<Ui::LookupPage>())
{
    m_ui->setupUi(this);
    m_ui->back->setShortcut(Qt::Key_Escape);
    m_ui->tap->setBorrowedKey(Qt::Key_F2);
    m_ui->primary->setShortcut(Qt::Key_Return);
    connect(m_ui->back, &QPushButton::clicked, this, &LookupPage::goBack);
    connect(m_ui->tap, &QPushButton::clicked, this, &LookupPage::left);
    connect(m_ui->primary, &QPushButton::clicked, this, &LookupPage::take);
    connect(m_ui->number, &QLineEdit::textChanged, this, &LookupPage::numberChanged);
    connect(m_ui->number, &CardNumberEdit::refused, this, &LookupPage::refuse);
    const QList<NearRow *> all = rows();
    for (int i = 0; i < all.size(); ++i) {
        all.at(i)->setPlace(i + 1);
        connect(all.at(i), &NearRow::clicked, this, [this, i] { choose(i); });
    }
    for (const auto &[key, by] : {std::pair{Qt::Key_Up, -1}, std::pair{Qt::Key_Down, 1}}) {
        auto *move = new QShortcut(Qt::ALT | key, this);
        connect(move, &QShortcut::activated, this, [this, by = by] { choose(m_chosen + by); });
    }
    m_pause.setSingleShot(true);
    m_pause.setInterval(pauseBeforeNear);
    connect(&m_pause, &QTimer::timeout, this, [this] { emit nearRequested(m_explained.number); });
    setTabOrder(m_ui->number, m_ui->back);
    setTabOrder(m_ui->back, m_ui->tap);
    setTabOrder(m_ui->tap, m_ui->primary);
    retranslateUi();
}

LookupPage::~LookupPage() = default;

QList<NearRow *> LookupPage::rows() const
{
    return {m_ui->near1, m_ui->near2, m_ui->near3};
}

void LookupPage::open(const QString &typed)
{
    m_ui->number->setText(typed);
    m_ui->number->setCursorPosition(int(m_ui->number->text().size()));
}

void LookupPage::type(const QString &digits)
{
    m_ui->number->setFocus();
    m_ui->number->insert(digits);
}

void LookupPage::focusFirst()
{
    m_ui->primary->rearm();
    m_ui->number->setFocus();
}

void LookupPage::forget()
{
    // setText() drops the undo history too, clear() would keep it.
    m_ui->number->setText({});
    m_refused = false;
    showChecks();
}

void LookupPage::setArmingTime(int milliseconds)
{
    m_ui->primary->setArmingTime(milliseconds);
}

void LookupPage::showTrouble(const std::optional<Error> &trouble)
{
    const bool over = m_trouble && !trouble;
    m_trouble = trouble;
    if (m_trouble) {
        // Near matches come from the store, and the notice needs their room.
        m_near.clear();
        choose(-1);
    } else if (over && !m_explained.number.isEmpty()) {
        m_pause.start();
    }
    showNotice();
}

void LookupPage::showNotice()
{
    m_ui->notice->setVisible(m_trouble.has_value());
    m_ui->notice->setKind(NoticeStrip::Kind::bad);
    m_ui->notice->setText(m_trouble ? errorText(*m_trouble) : QString());
}

void LookupPage::numberChanged()
{
    const QString typed = m_ui->number->number();
    if (typed == m_explained.input)
        return;
    m_refused = false;
    m_explained = explain(m_catalogue, typed);
    m_near.clear();
    m_chosen = -1;
    if (m_explained.number.isEmpty())
        m_pause.stop();
    else
        m_pause.start();
    showChecks();
}

void LookupPage::refuse()
{
    m_refused = true;
    showChecks();
    announce(m_ui->prefix, m_ui->prefix->text());
}

void LookupPage::showNear(const QString &number, const QList<NearCard> &cards)
{
    if (m_trouble || number != m_explained.number || m_pause.isActive())
        return;
    m_near = cards.first(std::min(cards.size(), mostNearCards));
    // A whole number stands for itself until staff choose another.
    const bool whole = m_explained.verdict == CardNumberExplanation::Verdict::Complete;
    choose(m_near.isEmpty() || whole ? -1 : 0);
    if (!m_near.isEmpty())
        announce(m_ui->nearBox, m_ui->nearLabel->text());
}

void LookupPage::choose(int index)
{
    const bool whole = m_explained.verdict == CardNumberExplanation::Verdict::Complete;
    const int first = m_near.isEmpty() || whole ? -1 : 0;
    const int chosen = std::clamp(index, first, int(m_near.size()) - 1);
    if (chosen != m_chosen)
        m_ui->primary->rearm();
    m_chosen = chosen;
    showNearCards();
    showPrimary();
}

const CardProduct *LookupPage::product() const
{
    if (!m_explained.product.isEmpty())
        return m_catalogue.product(m_explained.product);
    const auto &candidates = m_explained.candidates;
    return candidates.isEmpty() ? nullptr : m_catalogue.product(candidates.first().product);
}

void LookupPage::showChecks()
{
    showCheck(*m_ui->prefix, CardCheck::About::Prefix);
    showCheck(*m_ui->length, CardCheck::About::Length);
    showCheck(*m_ui->checkDigit, CardCheck::About::CheckDigit);
    showCheck(*m_ui->ruledOut, CardCheck::About::RuledOut);
    if (m_refused) {
        m_ui->prefix->setIcon(Icon::CrossCircle, Tone::Bad);
        m_ui->prefix->setText(m_catalogue.text(u"not-digits"_s).in(pageLanguage()));
        m_ui->prefix->show();
    }

    const CardProduct *kind = product();
    const bool complete = m_explained.verdict == CardNumberExplanation::Verdict::Complete;
    CardNumberEdit &number = *m_ui->number;
    QList<int> groups = kind ? kind->groups : QList<int>{4, 4, 4, 4, 4};
    // A 0 printed in front stands before the first group.
    if (kind && kind->leadingZero && number.number().startsWith(u'0'))
        groups.first() += 1;
    number.setGroups(groups);
    number.setMissing(m_explained.missing);
    number.setTone(m_refused                                        ? Tone::Bad
                   : m_explained.number.isEmpty()                   ? Tone::Accent
                   : complete && m_explained.digits == kind->digits ? Tone::Accent
                                                                    : Tone::Warn);
    showBadge();
    showLengths();
    showNearCards();
    showPrimary();
}

void LookupPage::showCheck(CheckLine &line, CardCheck::About about)
{
    const auto found = std::ranges::find(m_explained.checks, about, &CardCheck::about);
    line.setVisible(found != m_explained.checks.end());
    if (found == m_explained.checks.end()) {
        line.setText({});
        return;
    }
    line.setIcon(checkIcon(*found), checkTone(*found));
    line.setText(found->text.in(pageLanguage()), found->strong);
}

void LookupPage::showBadge()
{
    using Verdict = CardNumberExplanation::Verdict;
    using State = StateBadge::State;
    StateBadge &badge = *m_ui->badge;
    State state = State::Attention;
    QString word;
    switch (m_explained.verdict) {
    case Verdict::TooShort:
        //: lk: badge, digits missing
        word = tr("少 %n 位", nullptr, m_explained.missing);
        if (m_explained.missing == 1)
            //: lk: badge, one digit missing
            word = tr("少一位");
        break;
    case Verdict::TooLong:
        //: lk: badge, digits too many
        word = tr("多 %n 位", nullptr, m_explained.digits - m_explained.expectedDigits.first());
        break;
    case Verdict::UnknownPrefix:
        //: lk: badge, no known kind starts like this
        word = tr("查不到");
        break;
    case Verdict::Complete:
        if (m_explained.service == CardService::TapNeeded) {
            //: lk: badge, the number printed does not tell the card
            word = tr("要刷卡");
        } else if (m_explained.service == CardService::Foreign) {
            state = State::Foreign;
        } else {
            state = State::MayEnter;
            //: lk: badge, the number is whole
            word = tr("位数齐了");
        }
        break;
    case Verdict::NotANumber:
        break;
    }
    badge.setWord(word);
    badge.setState(state);
    badge.setVisible(m_explained.verdict != Verdict::NotANumber);
}

void LookupPage::showLengths()
{
    const bool complete = m_explained.verdict == CardNumberExplanation::Verdict::Complete;
    m_ui->lengths->setTone(complete ? Tone::Ok : Tone::Warn);
    m_ui->lengths->setRows(lengthRows(m_catalogue, m_explained));
    m_ui->say->setText(lookupWords(m_explained, product()));
}

QString LookupPage::noteOf(const NearCard &card) const
{
    const QString at = clockTime(card.readAt);
    if (card.linkedHere)
        //: lk.near: when the card was read here; it was linked here
        return tr("%1 读过，本台办过").arg(at);
    //: lk.near: when the card was read here
    return tr("%1 读过").arg(at);
}

void LookupPage::showNearCards()
{
    m_ui->nearBox->setVisible(!m_near.isEmpty());
    m_ui->nearLabel->setText(m_catalogue.text(u"near"_s).in(pageLanguage()));
    const QList<NearRow *> all = rows();
    for (int i = 0; i < all.size(); ++i) {
        NearRow &row = *all.at(i);
        row.setVisible(i < m_near.size());
        if (i >= m_near.size()) {
            row.setNumber({}, {}, {});
            row.setNote({});
            continue;
        }
        const NearCard &card = m_near.at(i);
        const CardProduct *kind = m_catalogue.productOfNumber(card.match.number);
        row.setNumber(card.match.number, kind ? kind->groups : QList<int>(),
                      marksInNumber(card.match));
        row.setNote(noteOf(card));
        row.setChosen(i == m_chosen);
    }
    const bool extra =
        m_chosen >= 0 && m_near.at(m_chosen).match.difference == NearMatch::Difference::Extra;
    m_ui->number->setMark(extra ? m_near.at(m_chosen).match.position : -1);
}

void LookupPage::showPrimary()
{
    using Verdict = CardNumberExplanation::Verdict;
    KeyButton &primary = *m_ui->primary;
    QString text;
    bool enabled = false;
    if (m_chosen >= 0) {
        //: lk.adopt
        text = tr("采用第 %1 个").arg(m_chosen + 1);
        enabled = true;
    } else if (m_explained.verdict == Verdict::NotANumber) {
        //: lk: primary, nothing typed yet
        text = tr("请输入卡号");
    } else if (m_explained.verdict == Verdict::TooShort) {
        //: lk: primary, digits missing
        text = tr("还差 %n 位", nullptr, m_explained.missing);
    } else if (m_explained.verdict == Verdict::TooLong) {
        //: lk: primary, digits too many
        text = tr("多了 %n 位", nullptr, m_explained.digits - m_explained.expectedDigits.first());
    } else if (m_explained.verdict == Verdict::UnknownPrefix ||
               m_explained.service == CardService::TapNeeded) {
        //: lk: primary, only the card itself tells
        text = tr("请刷卡读取");
    } else {
        //: lk.go
        text = tr("查这个卡号");
        enabled = true;
    }
    const bool changed = primary.text() != text;
    primary.setText(text);
    primary.setEnabled(enabled);
    if (changed && enabled && m_chosen >= 0)
        primary.rearm();
    m_ui->back->setText(m_ui->number->text().isEmpty()
                            //: btn.back
                            ? tr("上一步")
                            //: lk.clear
                            : tr("清空"));
}

void LookupPage::goBack()
{
    if (m_ui->number->text().isEmpty()) {
        // Another page is in front now, and the focus is there: a field out of sight would take
        // Ctrl+Z from it.
        emit left();
        return;
    }
    forget();
    m_ui->number->setFocus();
}

void LookupPage::take()
{
    const QString number = m_chosen >= 0 ? m_near.at(m_chosen).match.number : m_explained.number;
    emit numberTaken(number);
}

void LookupPage::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslateUi();
    DeskPage::changeEvent(event);
}

void LookupPage::retranslateUi()
{
    m_ui->retranslateUi(this);
    //: lk: check of the first digits
    m_ui->prefix->setLabel(tr("前缀"));
    //: lk: check of the number of digits
    m_ui->length->setLabel(tr("位数"));
    //: lk: check of the check digit
    m_ui->checkDigit->setLabel(tr("校验位"));
    //: lk: kinds it cannot be
    m_ui->ruledOut->setLabel(tr("已排除"));
    //: help.near: one of the cards that differ in one digit
    setProperty("keyHelp", QStringList{u"Alt+↑ / Alt+↓"_s, tr("选只差一位的卡号")});
    showNotice();
    showChecks();
}

} // namespace upgradedesk
