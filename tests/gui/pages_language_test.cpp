#include "support/catch.h"

#include "gui/pages_walk.h"
#include "gui/pages/headlinelabel.h"
#include "gui/widgets/cardnumberview.h"
#include "gui/widgets/iconlabel.h"
#include "gui/widgets/rowline.h"

#include <QLineEdit>
#include <QSet>
#include <QTranslator>
#include <QXmlStreamReader>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace upgradedesk;
using namespace upgradedesk::test;

namespace
{

/// English for the length of a test.
class English
{
public:
    English()
    {
        const bool loaded = m_translator.load(u":/i18n/upgradedesk_en.qm"_s);
        Q_ASSERT(loaded);
        Q_UNUSED(loaded);
        QApplication::installTranslator(&m_translator);
    }
    ~English() { QApplication::removeTranslator(&m_translator); }
    Q_DISABLE_COPY_MOVE(English)

private:
    QTranslator m_translator;
};

bool hasChinese(const QString &text)
{
    // By character: a regular expression counts a middle dot as Chinese in some releases.
    return std::ranges::any_of(text, [](QChar c) { return c.script() == QChar::Script_Han; });
}

/// Chinese that stays Chinese in English: what the gate shows, names of people and places, the
/// passenger's notice and its language.
bool mayBeChinese(const QString &text)
{
    const QStringList allowed{GatePreview::notLinkedSentence(),
                              u"测试员"_s,
                              u"测*甲"_s,
                              u"演示站"_s,
                              u"中文"_s,
                              u"测试甲"_s};
    return std::any_of(allowed.begin(), allowed.end(),
                       [&text](const QString &one) { return text.contains(one); });
}

void checkPage(WindowUnderTest &desk)
{
    desk.settle();
    for (const QWidget *widget : desk.window.findChildren<QWidget *>()) {
        if (!widget->isVisible())
            continue;
        QStringList texts{widget->accessibleName(), widget->accessibleDescription()};
        if (const auto *label = qobject_cast<const QLabel *>(widget)) {
            texts << label->text();
            if (!label->wordWrap() && !label->text().isEmpty()) {
                INFO(label->objectName().toStdString() << ": " << label->text().toStdString());
                CHECK(label->width() >= label->sizeHint().width());
            }
        }
        if (const auto *strip = qobject_cast<const NoticeStrip *>(widget)) {
            INFO(strip->text().toStdString());
            CHECK(strip->height() >= strip->heightForWidth(strip->width()));
        }
        if (const auto *button = qobject_cast<const KeyButton *>(widget)) {
            INFO(button->text().toStdString());
            // A primary button keeps 8 px of air at each side of its words, the hint asks for 24.
            const int spare = button->role() == KeyButton::Role::primary ? 32 : 0;
            CHECK(button->width() + spare >= button->sizeHint().width());
            texts << button->text();
        }
        for (const QString &text : std::as_const(texts)) {
            INFO(widget->metaObject()->className()
                 << ' ' << widget->objectName().toStdString() << ": " << text.toStdString());
            CHECK((!hasChinese(text) || mayBeChinese(text)));
        }
    }
}

} // namespace

TEST_CASE("Every text has its English, with the plural forms it needs", "[gui]")
{
    QFile file(QStringLiteral(UPGRADEDESK_SOURCE_DIR) + u"/translations/upgradedesk_en.ts"_s);
    REQUIRE(file.open(QIODevice::ReadOnly));
    QXmlStreamReader xml(&file);
    int messages = 0;
    QString source;

    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (xml.name() == u"source")
            source = xml.readElementText();
        if (xml.name() != u"translation")
            continue;
        ++messages;
        INFO(source.toStdString());
        CHECK(xml.attributes().value(u"type"_s).isEmpty());
        const QString text = xml.readElementText(QXmlStreamReader::IncludeChildElements);
        CHECK_FALSE(text.trimmed().isEmpty());
        CHECK_FALSE(hasChinese(text));
        CHECK_FALSE(text.contains(u'!'));
        CHECK_FALSE(source.contains(u'！'));
        for (const QString &place : {u"%1"_s, u"%2"_s, u"%3"_s, u"%n"_s})
            CHECK(source.contains(place) == text.contains(place));
    }

    CHECK_FALSE(xml.hasError());
    CHECK(messages > 200);
}

TEST_CASE("In English every page is English, and nothing is cut off", "[gui]")
{
    const double factor = GENERATE(1.0, 1.25);
    const English english;
    WindowUnderTest desk(true);
    applyTheme(*qApp, Theme::light(factor));
    desk.window.showTrainingCards({{u"a"_s, u"Card"_s, u"physical"_s}});
    const QDir build(QStringLiteral(UPGRADEDESK_BIN_DIR) + u"/.."_s);
    REQUIRE(build.mkpath(u"pages"_s));
    const auto check = [&](const QString &page) {
        INFO(page.toStdString() << " at " << factor);
        checkPage(desk);
        CHECK(desk.window.grab().save(
            build.filePath(u"pages/english-%1-%2.png"_s.arg(page).arg(factor))));
    };

    check(u"login"_s);
    desk.logIn();
    check(u"idle"_s);
    desk.window.showReader(ReaderState::Lost, {}, desk.desk.clock.now());
    check(u"reader-lost"_s);
    desk.window.showReader(ReaderState::Ok, u"PN532"_s, {});
    desk.tap(beijingCard());
    check(u"card"_s);
    desk.press(Qt::Key_Return);
    check(u"document"_s);
    desk.type(u"测试甲110102190203040041"_s);
    check(u"document-wrong"_s);
    desk.controller.apply(DocumentEntered{adult()});
    desk.settle();
    desk.press(Qt::Key_L, Qt::AltModifier);
    check(u"consent"_s);
    desk.press(Qt::Key_Return);
    check(u"health"_s);
    desk.press(Qt::Key_Return);
    check(u"confirm"_s);
    desk.press(Qt::Key_Return);
    check(u"done"_s);
    CHECK(desk.committed->consents.first().language == u"en");
    applyTheme(*qApp, Theme::light());
}

namespace
{

/// R11: whatever the layout gave a widget, its text fits. Only the name of a kind of card, which
/// comes from the catalogue, may end in an ellipsis.
void checkFits(const QWidget &window)
{
    for (const QWidget *widget : window.findChildren<QWidget *>()) {
        if (!widget->isVisible())
            continue;
        INFO(widget->metaObject()->className() << ' ' << widget->objectName().toStdString() << ' '
                                               << widget->width() << 'x' << widget->height());
        if (const auto *label = qobject_cast<const QLabel *>(widget)) {
            INFO(label->text().toStdString());
            if (label->wordWrap() && !label->text().isEmpty())
                CHECK(label->height() >= label->heightForWidth(label->width()));
            else if (!qobject_cast<const HeadlineLabel *>(widget))
                CHECK(label->width() >= label->sizeHint().width());
            else if (!label->text().isEmpty() && label->objectName() != u"kind")
                CHECK(label->fontMetrics().horizontalAdvance(label->text()) <= label->width());
        }
        if (const auto *button = qobject_cast<const KeyButton *>(widget)) {
            INFO(button->text().toStdString());
            const int spare = button->role() == KeyButton::Role::primary ? 32 : 0;
            CHECK(button->width() + spare >= button->sizeHint().width());
        }
        if (qobject_cast<const StateBadge *>(widget) || qobject_cast<const IconLabel *>(widget))
            CHECK(widget->width() >= widget->sizeHint().width());
        if (const auto *gate = qobject_cast<const GatePreview *>(widget))
            CHECK(gate->shownHeight() <= gate->height());
        const bool grows =
            qobject_cast<const NoticeStrip *>(widget) || qobject_cast<const RowLine *>(widget);
        if (grows && widget->hasHeightForWidth())
            CHECK(widget->height() >= widget->heightForWidth(widget->width()));
        if (const auto *number = qobject_cast<const CardNumberView *>(widget))
            CHECK(number->height() >= number->sizeForWidth(number->width()));
    }
}

} // namespace

TEST_CASE("No text is cut off at the largest size, in either language and window", "[gui]")
{
    const auto language = GENERATE(Language::Chinese, Language::English);
    const auto size = GENERATE(QSize(1366, 768), QSize(1920, 1080));

    walkAllStates({false, language, 125}, size, [&](WindowUnderTest &desk, const QString &state) {
        INFO(state.toStdString() << " at " << size.width());
        CHECK(desk.window.size() == size);
        checkFits(desk.window);
    });
}

TEST_CASE("In the smallest window no text of login and idle is cut off at 125 %", "[gui]")
{
    const auto language = GENERATE(Language::Chinese, Language::English);

    walkAllStates({false, language, 125}, {1280, 720},
                  [](WindowUnderTest &desk, const QString &state) {
                      INFO(state.toStdString());
                      for (const QString &page : {u"01"_s, u"02"_s, u"20"_s}) {
                          if (state.startsWith(page))
                              checkFits(desk.window);
                      }
                  });
}

TEST_CASE("Without a reader what to do now takes two lines", "[gui]")
{
    const auto language = GENERATE(Language::Chinese, Language::English);
    WindowUnderTest desk;
    desk.appearance.setLook({false, language, 100});
    desk.logIn();
    desk.window.showReader(ReaderState::Lost, {}, desk.desk.clock.now());
    desk.settle();
    desk.settle();

    for (const QString &name : {u"helpTitle"_s, u"helpSub"_s}) {
        const auto *label = desk.visible<QLabel>(name);
        REQUIRE(label);
        INFO(label->text().toStdString());
        CHECK(label->heightForWidth(label->width()) < 2 * label->fontMetrics().lineSpacing());
    }
}

TEST_CASE("The rows of the notice stand in one column at every text size", "[gui]")
{
    const auto language = GENERATE(Language::Chinese, Language::English);
    const int textSize = GENERATE(100, 112, 125);
    WindowUnderTest desk;
    desk.appearance.setLook({false, language, textSize});
    desk.logIn();
    desk.goToConfirm();
    desk.controller.apply(GoToStep{LinkStep::Consent});
    desk.settle();

    QSet<int> places;
    for (const auto *row : desk.window.findChildren<RowLine *>()) {
        if (row->isVisible())
            places << row->valueLeft();
    }
    CHECK(places.size() == 1);
}

TEST_CASE("A change of language reaches every page that is open", "[gui]")
{
    WindowUnderTest desk;
    desk.logIn();
    desk.goToConfirm();
    CHECK(desk.primary()->text() == u"确认升级");

    const English english;
    desk.settle();

    CHECK(desk.primary()->text() == u"Confirm upgrade");
    checkPage(desk);
}
