#include "support/catch.h"

#include "hub/hubfixture.h"
#include "hub/subjecttext.h"

#include <functional>

using namespace upgradedesk;
using namespace upgradedesk::test;

namespace
{

const QDateTime at(QDate(2022, 6, 2), QTime(2, 0), Qt::UTC);

wire::Record record()
{
    const HubClock clock;
    wire::Record one = linkRecord(u"desk-1"_s, u"hub-1"_s, Rules::load().value(), clock, 1, 1);
    one.id = u"0180f5d0-0000-7000-8000-000000000001"_s;
    return one;
}

LocalText textOf(const wire::Record &one, const hub::RecordFate &fate)
{
    return hub::subjectText(one, fate, DocumentKinds::load().value());
}

} // namespace

TEST_CASE("Who asks for her data reads it with labels, in sentences", "[hub]")
{
    const LocalText text = textOf(record(), {at, {}, true});

    CHECK(
        text.chinese ==
        u"2022-06-02 10:00（北京时间）：把卡关联到您\n"
        "  您的证件：居民身份证 %1\n"
        "  您的姓名：%2\n"
        "  卡号：%3（实体卡）\n"
        "  办理方式：本人办理\n"
        "  您的同意：处理敏感个人信息（告知书第 3 版，2022-06-02 10:00，工作人员按您的意思确认）\n"
        "  您的同意：查询健康信息（告知书第 3 版，2022-06-02 10:00，工作人员按您的意思确认）\n"
        "  办理地点：服务台 desk-1，工号 9001\n"
        "  中心的处理（2022-06-02 10:00）：已收下，现在有效\n"
        "  记录编号：0180f5d0-0000-7000-8000-000000000001"_s.arg(residentNumber(1), personName(1),
                                                                 cardNumber(1)));
    CHECK(text.english.startsWith(u"2022-06-02 10:00 (Beijing time): a card was linked to you\n"));
    CHECK(text.english.count(u'\n') == text.chinese.count(u'\n'));
}

TEST_CASE("Whatever a record of a person says stands in the text, with its label", "[hub]")
{
    struct Case {
        std::function<void(wire::Record &)> change;
        hub::RecordFate fate;
        QString chinese;
        QString english;
    };
    const std::vector<Case> cases{
        {[](wire::Record &one) { one.kind = u"unlink"_s; },
         {at, {}, true},
         u"：把卡解绑\n"_s,
         u": a card was unlinked from you\n"_s},
        {[](wire::Record &one) {
             one.kind = u"replace"_s;
             one.oldCard = cardNumber(2);
         },
         {at, {}, true},
         u"\n  换下的旧卡："_s + cardNumber(2) + u'\n',
         u"\n  Your old card: "_s + cardNumber(2) + u'\n'},
        {[](wire::Record &one) {
             one.agent = person(3);
             one.reason = u"behalf"_s;
         },
         {at, {}, true},
         u"\n  办理方式：别人代办\n  代办人：%1，居民身份证 %2\n"_s.arg(personName(3),
                                                                        residentNumber(3)),
         u"\n  Who did it for you: %1, Resident identity card "_s.arg(personName(3))},
        {[](wire::Record &one) { one.guardian = person(4); },
         {at, {}, true},
         u"\n  监护人：%1，居民身份证 %2\n"_s.arg(personName(4), residentNumber(4)),
         u"\n  Guardian: "_s},
        {[](wire::Record &one) { one.healthCode = u"a%1b%2"_s; },
         {at, {}, true},
         u"\n  您出示的健康码代码：a%1b%2\n"_s,
         u" you showed: a%1b%2\n"_s},
        {[](wire::Record &one) { one.medium = u"sand"_s; },
         {at, {}, true},
         u"（sand）\n"_s,
         u" (sand)\n"_s},
        {[](wire::Record &) {},
         {at, {}, false},
         u"：已收下，后来被撤销、解绑、换卡或合并，现在无效\n"_s,
         u": accepted; undone, unlinked, replaced or merged since, and no longer in force\n"_s},
        {[](wire::Record &) {},
         {at, u"card-linked-to-other"_s, false},
         u"：没有收下，没有生效（这张卡关联在别人名下）\n"_s,
         u": not accepted, without effect (Linked to someone else)\n"_s},
    };
    for (const Case &one : cases) {
        wire::Record changed = record();
        one.change(changed);

        const LocalText text = textOf(changed, one.fate);

        INFO(text.chinese.toStdString() << '\n' << text.english.toStdString());
        CHECK(text.chinese.contains(one.chinese));
        CHECK(text.english.contains(one.english));
    }
}

TEST_CASE("What is known of her tests is a sentence, too", "[hub]")
{
    CHECK(hub::subjectHealth(u"normal"_s, u"2022-06-01"_s, at, u"service"_s).chinese ==
          u"健康信息：正常，检测日期 2022-06-01（2022-06-02 10:00 得知，来自健康信息服务）"_s);
    CHECK(hub::subjectHealth(u"no-result"_s, {}, at, u"file"_s).english ==
          u"Health information: no test result (known at 2022-06-02 10:00, from a file of the"
          " health information service)"_s);
}
