#include "support/catch.h"

#include "core/sentences.h"
#include "identity/ga450frame.h"
#include "identity/ga450status.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStringList>

#include <random>

using namespace Qt::StringLiterals;
using namespace upgradedesk;

namespace
{

QJsonObject vectors()
{
    QFile file(QStringLiteral(UPGRADEDESK_SOURCE_DIR) + u"/tests/data/identity-vectors.json"_s);
    REQUIRE(file.open(QIODevice::ReadOnly));
    return QJsonDocument::fromJson(file.readAll()).object().value(u"ga450"_s).toObject();
}

QByteArray hex(const QJsonValue &value)
{
    return QByteArray::fromHex(value.toString().toLatin1());
}

QString hexOf(quint8 byte)
{
    return QString::fromLatin1(QByteArray(1, char(byte)).toHex().toUpper());
}

/// What a scanner finds now, in the words of the vectors.
QStringList found(Ga450Scanner &scanner)
{
    QStringList words;
    while (const auto frame = scanner.next()) {
        if (frame->kind == Ga450Frame::Kind::Whole)
            words << u"frame:"_s + hexOf(frame->status());
        else
            words << (frame->kind == Ga450Frame::Kind::BadChecksum ? u"error:checksum"_s
                                                                   : u"error:length"_s);
    }
    return words;
}

QStringList found(const QByteArray &bytes)
{
    Ga450Scanner scanner;
    scanner.append(bytes);
    return found(scanner);
}

QByteArray reply(quint8 status, const QByteArray &data = {})
{
    return ga450Frame(QByteArray(2, '\0') + char(status) + data);
}

const QByteArray preamble = QByteArray::fromHex("AAAAAA9669");

} // namespace

TEST_CASE("Every command of the vectors is framed as published", "[identity]")
{
    const QList<QByteArray> used{ga450::resetSam, ga450::samStatus, ga450::findCard,
                                 ga450::selectCard, ga450::readRecord};
    QList<QByteArray> published;
    for (const QJsonValue &row : vectors().value(u"commands"_s).toArray()) {
        const QByteArray frame = hex(row[u"hex"]);
        const QByteArray body = frame.mid(7).chopped(1);
        published << body;
        CHECK(ga450Frame(body) == frame);

        Ga450Scanner scanner{Ga450Scanner::Direction::Requests};
        scanner.append(frame);
        const auto read = scanner.next();
        REQUIRE(read);
        CHECK(read->kind == Ga450Frame::Kind::Whole);
        CHECK(read->body == body);
    }
    for (const QByteArray &command : used)
        CHECK(published.contains(command));
    CHECK(published.size() >= 11);
}

TEST_CASE("Every reply of the vectors is read with its status and data", "[identity]")
{
    int count = 0;
    for (const QJsonValue &row : vectors().value(u"replies"_s).toArray()) {
        INFO(row[u"id"].toString().toStdString());
        Ga450Scanner scanner;
        scanner.append(hex(row[u"hex"]));

        const auto frame = scanner.next();

        REQUIRE(frame);
        CHECK(frame->kind == Ga450Frame::Kind::Whole);
        CHECK(hexOf(frame->status()) == row[u"expect"][u"sw3"].toString());
        if (row[u"expect"][u"data_len"].isDouble())
            CHECK(frame->data().size() == row[u"expect"][u"data_len"].toInt());
        CHECK_FALSE(scanner.next());
        ++count;
    }
    CHECK(count >= 10);
}

TEST_CASE("Every stream of the vectors is told as expected", "[identity]")
{
    int count = 0;
    for (const QJsonValue &row : vectors().value(u"streams"_s).toArray()) {
        INFO(row[u"id"].toString().toStdString());
        Ga450Scanner scanner;
        QStringList told;
        for (const QJsonValue &chunk : row[u"chunks"].toArray()) {
            scanner.append(hex(chunk));
            told += found(scanner);
        }
        QStringList expected;
        for (const QJsonValue &word : row[u"expect"].toArray())
            expected << word.toString();
        CHECK(told == expected);
        ++count;
    }
    CHECK(count >= 4);
}

TEST_CASE("Frames are found behind anything that is none", "[identity]")
{
    const QByteArray good = reply(0x9F, QByteArray(4, '\0'));
    QByteArray wrong = reply(0x90);
    wrong.back() = char(wrong.back() ^ 1);
    struct Row {
        const char *what;
        QByteArray bytes;
        QStringList told;
    };
    const QStringList one{u"frame:9F"_s};
    const QStringList afterChecksum{u"error:checksum"_s, u"frame:9F"_s};
    const QStringList afterLength{u"error:length"_s, u"frame:9F"_s};
    const QList<Row> rows{
        {"noise", QByteArray::fromHex("00FF96690400") + good, one},
        {"four AA", "\xAA" + good, one},
        {"a long run of AA", QByteArray(1000, '\xAA') + good, one},
        {"half a preamble", QByteArray::fromHex("AAAAAA96") + good, one},
        {"two halves", QByteArray::fromHex("AAAAAA96AAAA") + good, one},
        {"length 0", preamble + QByteArray::fromHex("0000") + good, afterLength},
        {"length 3", preamble + QByteArray::fromHex("0003909093") + good, afterLength},
        {"length 4097", preamble + QByteArray::fromHex("1001") + good, afterLength},
        {"length 65535", preamble + QByteArray::fromHex("FFFF") + good, afterLength},
        {"bad checksum", wrong + good, afterChecksum},
        {"two bad ones",
         wrong + wrong + good,
         {u"error:checksum"_s, u"error:checksum"_s, u"frame:9F"_s}},
        {"a frame that was cut", good.first(9) + good, afterChecksum},
        {"a preamble in the data",
         reply(0x90, preamble + "\x10\x01" + preamble) + good,
         {u"frame:90"_s, u"frame:9F"_s}},
        {"a whole frame in the data",
         reply(0x90, reply(0x41)) + good,
         {u"frame:90"_s, u"frame:9F"_s}},
        {"a bare preamble before", preamble + good, {u"error:length"_s, u"frame:9F"_s}},
        {"nothing behind it", good + preamble.first(4), one},
    };
    for (const Row &row : rows) {
        INFO(row.what);
        CHECK(found(row.bytes) == row.told);

        // Byte by byte it is the same.
        Ga450Scanner scanner;
        QStringList told;
        for (const char byte : row.bytes) {
            scanner.append(QByteArrayView(&byte, 1));
            told += found(scanner);
        }
        CHECK(told == row.told);
    }
}

TEST_CASE("A frame whose rest never comes is dropped when the caller has waited enough",
          "[identity]")
{
    const QByteArray good = reply(0x90);
    Ga450Scanner scanner;
    CHECK_FALSE(scanner.expire());

    // The card was pulled: the long answer is cut, and the next answer is already behind it.
    scanner.append(reply(0x90, QByteArray(1288, '\x20')).first(100) + good);
    CHECK(found(scanner).isEmpty());
    CHECK(scanner.expire());
    CHECK(found(scanner) == QStringList{u"frame:90"_s});

    // The beginning of a preamble is no frame; it may still become one.
    scanner.append(good.first(3));
    CHECK(found(scanner).isEmpty());
    CHECK_FALSE(scanner.expire());
    scanner.append(good.sliced(3));
    CHECK(found(scanner) == QStringList{u"frame:90"_s});

    scanner.append(good.first(8));
    scanner.clear();
    CHECK_FALSE(scanner.expire());
}

TEST_CASE("However a stream is cut, the same frames come out of it", "[identity]")
{
    std::mt19937 random{5};
    const auto below = [&random](int limit) { return int(random() % unsigned(limit)); };
    for (int round = 0; round < 300; ++round) {
        QByteArray stream;
        for (int part = 0; part < 6; ++part) {
            QByteArray bytes = reply(quint8(below(256)), QByteArray(below(40), '\xAA'));
            if (below(3) == 0)
                bytes[below(int(bytes.size()))] = char(below(256));
            if (below(4) == 0)
                bytes.truncate(below(int(bytes.size())));
            stream += bytes;
        }
        const QStringList whole = found(stream);
        Ga450Scanner scanner;
        QStringList pieces;
        for (qsizetype at = 0; at < stream.size();) {
            const qsizetype size = std::min<qsizetype>(1 + below(30), stream.size() - at);
            scanner.append(QByteArrayView(stream).sliced(at, size));
            pieces += found(scanner);
            at += size;
        }
        CHECK(pieces == whole);
    }
}

TEST_CASE("Every status has an action, and what is a failure has words in both languages",
          "[identity]")
{
    struct Row {
        quint8 status;
        Ga450Meaning meaning;
        ErrorCode error;
    };
    const QList<Row> rows{
        {0x90, Ga450Meaning::Done, ErrorCode::IdReaderFault},
        {0x9F, Ga450Meaning::CardFound, ErrorCode::IdReaderFault},
        {0x80, Ga450Meaning::NoCard, ErrorCode::IdCardMissing},
        {0x81, Ga450Meaning::SelectFailed, ErrorCode::IdCardUnreadable},
        {0x41, Ga450Meaning::ReadFailed, ErrorCode::IdCardUnreadable},
        {0x31, Ga450Meaning::Refused, ErrorCode::IdCardRefused},
        {0x32, Ga450Meaning::Refused, ErrorCode::IdCardRefused},
        {0x33, Ga450Meaning::Refused, ErrorCode::IdCardRefused},
        {0x40, Ga450Meaning::UnknownCard, ErrorCode::IdCardUnknown},
        {0x91, Ga450Meaning::Empty, ErrorCode::IdCardUnreadable},
        {0x47, Ga450Meaning::ResetNeeded, ErrorCode::IdReaderFault},
        {0x60, Ga450Meaning::OutOfService, ErrorCode::IdReaderBroken},
        {0x66, Ga450Meaning::OutOfService, ErrorCode::IdReaderBroken},
        {0x10, Ga450Meaning::Fault, ErrorCode::IdReaderFault},
        {0x11, Ga450Meaning::Fault, ErrorCode::IdReaderFault},
        {0x21, Ga450Meaning::Fault, ErrorCode::IdReaderFault},
        {0x23, Ga450Meaning::Fault, ErrorCode::IdReaderFault},
        {0x24, Ga450Meaning::Fault, ErrorCode::IdReaderFault},
        {0x00, Ga450Meaning::Fault, ErrorCode::IdReaderFault},
        {0xFF, Ga450Meaning::Fault, ErrorCode::IdReaderFault},
    };
    for (const Row &row : rows) {
        INFO(int(row.status));
        CHECK(ga450Meaning(row.status) == row.meaning);
        if (row.meaning == Ga450Meaning::Done || row.meaning == Ga450Meaning::CardFound)
            continue;
        const Error error = ga450Error(row.status);
        CHECK(error.code == row.error);
        CHECK(error.detail == u"SW3 "_s + hexOf(row.status));
        const bool ofReader =
            row.error == ErrorCode::IdReaderFault || row.error == ErrorCode::IdReaderBroken;
        CHECK(error.args.value(0) == (ofReader ? hexOf(row.status) : QString()));
        for (const Language language : {Language::Chinese, Language::English}) {
            if (row.status != 0x00 && row.status != 0xFF)
                CHECK_FALSE(word(u"ga450."_s + hexOf(row.status), language).isEmpty());
            CHECK_FALSE(sentence(error, language).contains(u'#'));
        }
    }
}
