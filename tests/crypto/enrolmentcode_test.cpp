#include "support/catch.h"

#include "crypto/enrolmentcode.h"
#include "crypto/identities.h"

using namespace Qt::StringLiterals;
using namespace upgradedesk;
using upgradedesk::test::Identities;

TEST_CASE("An enrolment code comes back from its text and names its authority only", "[crypto]")
{
    const Identities city;
    const Identities stranger;

    for (int i = 0; i < 50; ++i) {
        const auto code = EnrolmentCode::make(city.authority);
        REQUIRE(code);
        const auto read = EnrolmentCode::fromText(code->text());
        REQUIRE(read);
        CHECK(read->secret() == code->secret());
        CHECK(read->secret().size() == 16);
        CHECK(read->text() == code->text());
        CHECK(read->names(city.authority));
        CHECK_FALSE(read->names(stranger.authority));
    }
    CHECK(EnrolmentCode::make(city.authority)->secret() !=
          EnrolmentCode::make(city.authority)->secret());
}

TEST_CASE("A code may be typed as people write it", "[crypto]")
{
    const Identities city;
    const auto code = EnrolmentCode::make(city.authority).value();
    const QString text = code.text();
    QString wide;
    for (const QChar character : text)
        wide +=
            character > u' ' && character <= u'~' ? QChar(character.unicode() + 0xFEE0) : character;

    for (const QString &typed :
         {text.toLower(), QString(text).remove(u'-'), u"  "_s + QString(text).replace(u'-', u' '),
          QString(text).replace(u'0', u'o'), QString(text).replace(u'1', u'l'),
          QString(text).replace(u'1', u'I'), wide}) {
        const auto read = EnrolmentCode::fromText(typed);
        REQUIRE(read);
        CHECK(read->secret() == code.secret());
    }
}

TEST_CASE("A code with one character wrong, exchanged or missing is refused", "[crypto]")
{
    const Identities city;
    const QString text = EnrolmentCode::make(city.authority)->text().remove(u'-');

    for (qsizetype i = 0; i < text.size(); ++i) {
        QString wrong = text;
        wrong[i] = text[i] == u'7' ? u'8' : u'7';
        CHECK_FALSE(EnrolmentCode::fromText(wrong));
        CHECK_FALSE(EnrolmentCode::fromText(QString(text).remove(i, 1)));
        if (i + 1 < text.size() && text[i] != text[i + 1]) {
            QString exchanged = text;
            std::swap(exchanged[i], exchanged[i + 1]);
            CHECK_FALSE(EnrolmentCode::fromText(exchanged));
        }
    }
    CHECK(EnrolmentCode::fromText(u""_s).error().args == QStringList{u"code"_s});
    CHECK_FALSE(EnrolmentCode::fromText(QString(100'000, u'0')));
    CHECK_FALSE(EnrolmentCode::fromText(QString(43, u'U')));
    CHECK_FALSE(EnrolmentCode::fromText(QString(43, u'测')));
}
