#include "sim/idreaderlines.h"

#include "sim/virtualidreader.h"

#include <QHash>
#include <QStringList>

#include <functional>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

constexpr int longestPauseMs = 600'000;
constexpr int mostAnswersInARow = 1'000'000;
constexpr int mostNoiseBytes = 4096;

QString because(const QString &why)
{
    return u"error "_s + why;
}

struct IdReaderWord {
    qsizetype arguments = 0;
    std::function<QString(VirtualIdReader &, const QStringList &)> obey;
};

/// A word with one number from 0 to `most`.
IdReaderWord number(int most, const std::function<void(VirtualIdReader &, int)> &act)
{
    return {1, [most, act](VirtualIdReader &reader, const QStringList &arguments) {
                bool good = false;
                const int value = arguments.first().toInt(&good);
                if (!good || value < 0 || value > most)
                    return because(u"a number from 0 to %1 is needed"_s.arg(most));
                act(reader, value);
                return u"ok"_s;
            }};
}

QString forceStatus(VirtualIdReader &reader, const QStringList &arguments)
{
    bool counted = false;
    bool hex = false;
    const int answers = arguments[0].toInt(&counted);
    const uint status = arguments[1].toUInt(&hex, 16);
    if (!counted || !hex || answers < 0 || answers > mostAnswersInARow || status > 0xFF)
        return because(u"a number of answers and one byte in hex are needed"_s);
    reader.sam().forceStatus(answers, quint8(status));
    return u"ok"_s;
}

const QHash<QString, IdReaderWord> &idReaderWords()
{
    static const QHash<QString, IdReaderWord> table{
        {u"place"_s,
         {1,
          [](VirtualIdReader &reader, const QStringList &arguments) {
              return reader.place(arguments.first()) ? u"ok"_s
                                                     : because(u"nobody has this name; see list"_s);
          }}},
        {u"remove"_s,
         {0,
          [](VirtualIdReader &reader, const QStringList &) {
              reader.remove();
              return u"ok"_s;
          }}},
        {u"unplug"_s,
         {0,
          [](VirtualIdReader &reader, const QStringList &) {
              reader.unplug();
              return u"ok"_s;
          }}},
        {u"plug"_s,
         {0,
          [](VirtualIdReader &reader, const QStringList &) {
              return reader.plug() ? u"ok"_s : because(u"the link cannot be made"_s);
          }}},
        {u"stall"_s,
         number(longestPauseMs, [](VirtualIdReader &reader, int value) { reader.stall(value); })},
        {u"tear"_s, number(mostAnswersInARow,
                           [](VirtualIdReader &reader, int value) { reader.sam().tear(value); })},
        {u"corrupt"_s, number(mostAnswersInARow, [](VirtualIdReader &reader,
                                                    int value) { reader.sam().corrupt(value); })},
        {u"cut"_s, number(mostNoiseBytes,
                          [](VirtualIdReader &reader, int value) { reader.sam().cut(value); })},
        {u"noise"_s,
         number(mostNoiseBytes, [](VirtualIdReader &reader, int value) { reader.noise(value); })},
        {u"speed"_s,
         number(115200, [](VirtualIdReader &reader, int value) { reader.sam().setSpeed(value); })},
        {u"status"_s, {2, forceStatus}},
        {u"list"_s,
         {0, [](VirtualIdReader &reader,
                const QStringList &) { return u"ok "_s + reader.personNames().join(u' '); }}},
    };
    return table;
}

} // namespace

QString obeyIdReaderLine(VirtualIdReader &reader, const QString &line)
{
    QStringList parts = line.simplified().split(u' ', Qt::SkipEmptyParts);
    if (parts.isEmpty())
        return because(u"empty line"_s);
    const auto word = idReaderWords().constFind(parts.takeFirst());
    if (word == idReaderWords().constEnd())
        return because(
            u"no such word; there are place, remove, unplug, plug, stall, tear, corrupt, "
            u"cut, noise, speed, status, list"_s);
    if (parts.size() != word->arguments)
        return because(u"this word takes %1 arguments"_s.arg(word->arguments));
    return word->obey(reader, parts);
}

QString idReaderLineHelp()
{
    return u"  place NAME    put the document of NAME on the reader, in place of another\n"
           u"  remove        take it away\n"
           u"  unplug        pull the reader's cable out; terminal and link vanish\n"
           u"  plug          put it in again\n"
           u"  stall MS      answer nothing for MS milliseconds\n"
           u"  tear K        take the document away after K more commands to it\n"
           u"  corrupt N     damage one byte in each of the next N answers\n"
           u"  cut BYTES     end the next answer after so many bytes\n"
           u"  noise N       send N random bytes before the next answer\n"
           u"  speed BAUD    the speed that the reader is set to\n"
           u"  status N HEX  say HEX in place of the next N answers\n"
           u"  list          the names of all persons\n"_s;
}

} // namespace upgradedesk
