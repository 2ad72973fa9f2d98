#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

#include <utility>

namespace upgradedesk::test
{

/// 256 bytes of text as a card holds them, from fields at their byte offsets; blanks elsewhere.
/// Written apart from the parser and from the simulator, so that the three check one another.
inline QByteArray cardText(const QList<std::pair<int, QString>> &fields)
{
    QByteArray text;
    for (int i = 0; i < 128; ++i)
        text += QByteArray("\x20\x00", 2);
    for (const auto &[at, value] : fields) {
        for (int i = 0; i < value.size(); ++i) {
            text[at + 2 * i] = char(value[i].unicode() & 0xFF);
            text[at + 2 * i + 1] = char(value[i].unicode() >> 8);
        }
    }
    return text;
}

/// The data of a good reply: lengths, text and a photo of this many bytes.
inline QByteArray recordData(const QByteArray &text, int photo = 1024)
{
    QByteArray data;
    data += char(text.size() >> 8);
    data += char(text.size() & 0xFF);
    data += char(photo >> 8);
    data += char(photo & 0xFF);
    return data + text + QByteArray(photo, '\x5A');
}

using CardFields = QList<std::pair<int, QString>>;

// The persons are made up: born before 1913, divisions and countries as identity-vectors.json says.

inline CardFields citizenFields()
{
    return {{0, QStringLiteral("测试甲")},
            {30, QStringLiteral("2")},
            {32, QStringLiteral("01")},
            {36, QStringLiteral("19020304")},
            {52, QStringLiteral("北京市西城区测试路1号样例楼2单元303")},
            {122, QStringLiteral("11010219020304004X")},
            {158, QStringLiteral("北京市公安局西城分局")},
            {188, QStringLiteral("20200101")},
            {204, QStringLiteral("20300101")}};
}

inline CardFields residenceFields()
{
    return {{0, QStringLiteral("测试乙")},
            {30, QStringLiteral("2")},
            {36, QStringLiteral("19940823")},
            {52, QStringLiteral("北京市东城区样例街9号")},
            {122, QStringLiteral("810000199408230021")},
            {188, QStringLiteral("20190101")},
            {204, QStringLiteral("20240101")},
            {220, QStringLiteral("H12345678")},
            {238, QStringLiteral("01")},
            {248, QStringLiteral("J")}};
}

inline CardFields foreign2017Fields()
{
    return {{0, QStringLiteral("ERIKSSON, ANNA MARIA")},
            {120, QStringLiteral("2")},
            {122, QStringLiteral("KAZ110090123105")},
            {152, QStringLiteral("KAZ")},
            {158, QStringLiteral("安娜")},
            {188, QStringLiteral("20190101")},
            {204, QStringLiteral("20290101")},
            {220, QStringLiteral("19901231")},
            {248, QStringLiteral("I")}};
}

inline CardFields foreign2023Fields()
{
    return {{0, QStringLiteral("安娜")},
            {30, QStringLiteral("2")},
            {32, QStringLiteral("00")},
            {36, QStringLiteral("19901231")},
            {52, QStringLiteral("ERIKSSON, ANNA MARIA OF A VERY LONG")},
            {122, QStringLiteral("911398199012310021")},
            {188, QStringLiteral("20240101")},
            {204, QStringLiteral("20340101")},
            {220, QStringLiteral(" NAME")},
            {242, QStringLiteral("KAZ")},
            {248, QStringLiteral("Y")}};
}

/// The fields with one of them changed.
inline CardFields with(CardFields fields, int at, const QString &value)
{
    for (auto &[place, text] : fields) {
        if (place == at) {
            text = value;
            return fields;
        }
    }
    fields.append({at, value});
    return fields;
}

} // namespace upgradedesk::test
