#include "slip/slip.h"

#include "core/clock.h"
#include "core/sentences.h"

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

using Kind = SlipLine::Kind;

/// How the record stands, as one word of resources/texts/words.json.
QString standing(const storage::QueueRow &row)
{
    if (!row.active)
        return u"revoked"_s;
    switch (row.state) {
    case storage::RecordState::Accepted:
        return u"accepted"_s;
    case storage::RecordState::Attention:
        return u"attention"_s;
    case storage::RecordState::Queued:
    case storage::RecordState::Sending:
        break;
    }
    return u"queued"_s;
}

QString kindOf(const storage::QueueRow &row)
{
    return row.restores ? u"restore"_s : row.kind;
}

bool isLinked(const storage::QueueRow &row)
{
    const QString kind = kindOf(row);
    return row.active && row.state != storage::RecordState::Attention && kind != u"revoke" &&
           kind != u"unlink";
}

/// What this means at the gate from now on.
QString gateSentence(const storage::QueueRow &row, Language language)
{
    const QString stands = standing(row);
    // Whatever was asked for has not happened.
    if (stands == u"revoked" || stands == u"attention")
        return word(u"receipt.says."_s + stands, language);
    const QString said = word(u"receipt.says."_s + kindOf(row) + u'.' + stands, language);
    return said.contains(u"%1") ? said.arg(word(u"gate.led"_s, language)) : said;
}

QString timeText(const QDateTime &at)
{
    return toBeijing(at).toString(u"yyyy-MM-dd HH:mm:ss"_s);
}

} // namespace

QList<SlipLine> slipLines(const Slip &slip, Language language)
{
    const auto say = [language](const QString &key) { return word(u"receipt."_s + key, language); };
    const storage::QueueRow &row = slip.row;
    QList<SlipLine> lines;
    lines << SlipLine{Kind::Title, {}, say(u"title"_s)};
    lines << SlipLine{Kind::Subtitle, {}, say(kindOf(row))};
    // A receipt of a profile that does not count must not pass for one that does.
    if (slip.profile != Profile::Production)
        lines << SlipLine{Kind::Subtitle, {}, say(profileKey(slip.profile))};
    lines << SlipLine{Kind::Rule, {}, {}};
    lines << SlipLine{Kind::Field, say(u"slip"_s), QString::number(row.slip)};
    lines << SlipLine{Kind::Field, say(u"time"_s), timeText(row.queuedAt)};
    lines << SlipLine{Kind::Field, say(u"station"_s), slip.station};
    lines << SlipLine{Kind::Field, say(u"desk"_s), slip.desk};
    lines << SlipLine{Kind::Field, say(u"operator"_s), row.operatorId};
    lines << SlipLine{Kind::Rule, {}, {}};
    lines << SlipLine{Kind::Field, say(u"card"_s), row.maskedNumber};
    lines << SlipLine{Kind::Field, say(u"name"_s), row.maskedName};
    lines << SlipLine{Kind::Field, say(u"state"_s), say(u"state."_s + standing(row))};
    lines << SlipLine{Kind::Rule, {}, {}};
    lines << SlipLine{Kind::Strong, {}, gateSentence(row, language)};
    // Consent can be taken back as easily as it was given; who has no link needs not know how.
    if (isLinked(row))
        lines << SlipLine{Kind::Text, {}, say(u"end"_s)};
    lines << SlipLine{Kind::Code, {}, row.record};
    lines << SlipLine{Kind::Centred, {}, row.record};
    lines << SlipLine{Kind::Centred, {}, say(u"help"_s)};
    return lines;
}

QList<SlipLine> testSlipLines(const QString &station, const QString &desk, const QDateTime &at,
                              Language language)
{
    const auto say = [language](const QString &key) { return word(u"receipt."_s + key, language); };
    return {
        {Kind::Title, {}, say(u"title"_s)},
        {Kind::Subtitle, {}, say(u"test"_s)},
        {Kind::Rule, {}, {}},
        {Kind::Field, say(u"time"_s), timeText(at)},
        {Kind::Field, say(u"station"_s), station},
        {Kind::Field, say(u"desk"_s), desk},
        {Kind::Rule, {}, {}},
        {Kind::Strong, {}, say(u"test.says"_s)},
        {Kind::Code, {}, u"UpgradeDesk"_s},
    };
}

} // namespace upgradedesk
