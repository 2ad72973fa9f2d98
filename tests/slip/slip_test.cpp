#include "support/catch.h"

#include "core/sentences.h"
#include "sampleslip.h"
#include "slip/escpos.h"
#include "support/samplepeople.h"

#include <QRandomGenerator>

using namespace upgradedesk;
using namespace upgradedesk::test;
using storage::RecordState;

namespace
{

QString wholeText(const QList<SlipLine> &lines)
{
    QStringList all;
    for (const SlipLine &line : lines)
        all << line.label + u' ' + line.text;
    return all.join(u'\n');
}

QString strong(const Slip &slip, Language language)
{
    for (const SlipLine &line : slipLines(slip, language)) {
        if (line.kind == SlipLine::Kind::Strong)
            return line.text;
    }
    return {};
}

} // namespace

TEST_CASE("A receipt says what was done, where, when, by whom and how it stands", "[slip]")
{
    const QString text = wholeText(slipLines(sampleSlip(), Language::Chinese));

    for (const QString &part :
         {u"票务升级服务台"_s, u"升级回执"_s, u"回执号 12"_s, u"2022-06-02 08:31:19"_s, u"样例站"_s,
          u"1 号服务台"_s, u"工号 9001"_s, u"卡号 3105***********0012"_s, u"姓名 测*甲"_s,
          u"状态 中心已确认"_s, u"010-96123"_s, sampleRecord})
        CHECK(text.contains(part));
}

TEST_CASE("A receipt says what the gate does with the card now", "[slip]")
{
    const QString led = word(u"gate.led"_s, Language::Chinese);
    Slip slip = sampleSlip(RecordState::Accepted);
    CHECK(strong(slip, Language::Chinese).startsWith(u"这张卡已升级，现在就可以刷卡进站"));
    CHECK(strong(slip, Language::English).startsWith(u"This card is upgraded."));
    CHECK_FALSE(strong(slip, Language::English).contains(led));

    for (const RecordState waiting : {RecordState::Queued, RecordState::Sending}) {
        slip.row.state = waiting;
        // The sentence of the gate is Chinese in every language.
        for (const Language language : {Language::Chinese, Language::English})
            CHECK(strong(slip, language).contains(u'「' + led + u'」'));
    }
    slip.row.state = RecordState::Attention;
    CHECK(strong(slip, Language::Chinese).startsWith(u"中心没有收下这一笔"));
    slip.row.active = false;
    CHECK(strong(slip, Language::Chinese).startsWith(u"这一笔后来撤销了"));
}

TEST_CASE("Every kind of record has its words in both languages", "[slip]")
{
    for (const QString &kind :
         {u"link"_s, u"first-topup"_s, u"unlink"_s, u"replace"_s, u"revoke"_s, u"restore"_s}) {
        for (const RecordState state : {RecordState::Queued, RecordState::Sending,
                                        RecordState::Accepted, RecordState::Attention}) {
            for (const bool active : {true, false}) {
                for (const Language language : {Language::Chinese, Language::English}) {
                    Slip slip = sampleSlip(state);
                    slip.row.restores = kind == u"restore";
                    slip.row.kind = slip.row.restores ? u"revoke"_s : kind;
                    slip.row.active = active;
                    CAPTURE(kind.toStdString(), int(state), active);
                    for (const SlipLine &line : slipLines(slip, language)) {
                        const bool isRule = line.kind == SlipLine::Kind::Rule;
                        CHECK(line.text.isEmpty() == isRule);
                        CHECK(line.label.isEmpty() == (line.kind != SlipLine::Kind::Field));
                        CHECK_FALSE(line.text.contains(u"%1"));
                    }
                }
            }
        }
    }
}

TEST_CASE("A receipt of training or practice says that it does not count", "[slip]")
{
    Slip slip = sampleSlip();
    CHECK_FALSE(wholeText(slipLines(slip, Language::Chinese)).contains(u"不作数"));
    slip.profile = Profile::Training;
    CHECK(wholeText(slipLines(slip, Language::Chinese)).contains(u"培训用，不作数"));
    slip.profile = Profile::Practice;
    CHECK(wholeText(slipLines(slip, Language::English)).contains(u"For practice, not valid"));
}

TEST_CASE("No receipt holds a whole name, card number or document number", "[slip]")
{
    auto random = QRandomGenerator(20220602);
    const auto han = [&random] {
        const char32_t point = random.bounded(10) == 0 ? 0x20000 + random.bounded(0xA6D0)
                                                       : 0x4E00 + random.bounded(0x5200);
        return QString::fromUcs4(&point, 1);
    };
    for (int round = 0; round < 2000; ++round) {
        QString name;
        for (int i = 0, length = 2 + random.bounded(5); i < length; ++i)
            name += han();
        const QString number = cardNumber(random.bounded(100'000'000));
        const QString document = residentNumber(random.bounded(300'000));
        Slip slip = sampleSlip(RecordState(random.bounded(4)));
        slip.row.maskedName = maskName(name);
        slip.row.maskedNumber = maskCardNumber(number);
        const auto language = round % 2 == 0 ? Language::Chinese : Language::English;
        const QList<SlipLine> lines = slipLines(slip, language);
        const QString text = wholeText(lines);
        const QByteArray bytes = escPos(lines, round % 3 == 0 ? PaperRoll::narrow() : PaperRoll{});

        // What is not one of the ends that masking leaves stands nowhere, nor does any more of it.
        const bool leaks = text.contains(name) || text.contains(number.mid(3, 6)) ||
                           text.contains(document) || bytes.contains(number.toLatin1()) ||
                           bytes.contains(number.mid(3, 6).toLatin1()) ||
                           bytes.contains(document.toLatin1()) ||
                           bytes.contains(printerText(name).value_or("no such text"));
        CHECK_FALSE(leaks);
    }
}

TEST_CASE("A test slip names nobody", "[slip]")
{
    for (const Language language : {Language::Chinese, Language::English}) {
        const auto lines = testSlipLines(u"样例站"_s, u"1 号服务台"_s,
                                         QDateTime::fromSecsSinceEpoch(1654129879), language);
        const QString text = wholeText(lines);
        CHECK(text.contains(u"2022-06-02 08:31:19"));
        CHECK_FALSE(text.contains(u'*'));
    }
}
