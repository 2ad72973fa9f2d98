#include "sim/controllines.h"

#include "sim/virtualreader.h"

#include <QHash>
#include <QStringList>

#include <functional>
#include <optional>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

constexpr int longestStallMs = 600'000;
constexpr int mostAnswers = 1'000'000;
constexpr int mostNoise = 4096;

std::optional<int> numberUpTo(const QString &text, int most)
{
    bool good = false;
    const int number = text.toInt(&good);
    if (!good || number < 0 || number > most)
        return std::nullopt;
    return number;
}

QString error(const QString &why)
{
    return u"error "_s + why;
}

using Arguments = QStringList;
struct Word {
    qsizetype arguments = 0;
    std::function<QString(VirtualReader &, const Arguments &)> obey;
};

/// A word with one number from 0 to `most`.
Word numberWord(int most, void (VirtualReader::*act)(int))
{
    return {1, [most, act](VirtualReader &reader, const Arguments &arguments) {
                const auto number = numberUpTo(arguments.first(), most);
                if (!number)
                    return error(u"a number from 0 to %1 is needed"_s.arg(most));
                (reader.*act)(*number);
                return u"ok"_s;
            }};
}

/// A word with the name of a card.
Word cardWord(Result<void> (VirtualReader::*act)(const QString &))
{
    return {1, [act](VirtualReader &reader, const Arguments &arguments) {
                if ((reader.*act)(arguments.first()))
                    return u"ok"_s;
                return error(u"no card has this name; there are %1, see `list`"_s.arg(
                    reader.cardNames().size()));
            }};
}

QString lift(VirtualReader &reader, const Arguments &arguments)
{
    reader.lift(arguments.first());
    return u"ok"_s;
}

QString airTime(VirtualReader &reader, const Arguments &arguments)
{
    const bool on = arguments.first() == u"on";
    if (!on && arguments.first() != u"off")
        return error(u"on or off is needed"_s);
    reader.setAirTime(on);
    return u"ok"_s;
}

QString status(VirtualReader &reader, const Arguments &arguments)
{
    const auto answers = numberUpTo(arguments.at(0), mostAnswers);
    bool good = false;
    const uint value = arguments.at(1).toUInt(&good, 16);
    if (!answers || !good || value > 0xFF)
        return error(u"a number of answers and a byte in hex are needed"_s);
    reader.forceStatus(*answers, quint8(value));
    return u"ok"_s;
}

QString plug(VirtualReader &reader, const Arguments &)
{
    return reader.plug() ? u"ok"_s : error(u"the terminal or its link cannot be made"_s);
}

const QHash<QString, Word> &words()
{
    static const QHash<QString, Word> table{
        {u"tap"_s, cardWord(&VirtualReader::tap)},
        {u"add"_s, cardWord(&VirtualReader::add)},
        {u"lift"_s, {1, lift}},
        {u"remove"_s,
         {0,
          [](VirtualReader &reader, const Arguments &) {
              reader.remove();
              return u"ok"_s;
          }}},
        {u"unplug"_s,
         {0,
          [](VirtualReader &reader, const Arguments &) {
              reader.unplug();
              return u"ok"_s;
          }}},
        {u"plug"_s, {0, plug}},
        {u"stall"_s, numberWord(longestStallMs, &VirtualReader::stall)},
        {u"tear"_s, numberWord(mostAnswers, &VirtualReader::tear)},
        {u"corrupt"_s, numberWord(mostAnswers, &VirtualReader::corrupt)},
        {u"noise"_s, numberWord(mostNoise, &VirtualReader::noise)},
        {u"weak"_s, numberWord(100, &VirtualReader::weaken)},
        {u"air-time"_s, {1, airTime}},
        {u"status"_s, {2, status}},
        {u"list"_s,
         {0, [](VirtualReader &reader,
                const Arguments &) { return u"ok "_s + reader.cardNames().join(u' '); }}},
    };
    return table;
}

} // namespace

QString obeyControlLine(VirtualReader &reader, const QString &line)
{
    QStringList parts = line.simplified().split(u' ', Qt::SkipEmptyParts);
    if (parts.isEmpty())
        return error(u"empty line"_s);
    const auto word = words().constFind(parts.takeFirst());
    if (word == words().constEnd())
        return error(u"no such word; there are tap, add, lift, remove, unplug, plug, stall, tear, "
                     u"corrupt, noise, weak, air-time, status, list"_s);
    if (parts.size() != word->arguments)
        return error(u"this word takes %1 arguments"_s.arg(word->arguments));
    return word->obey(reader, parts);
}

QString controlLineHelp()
{
    return u"  tap NAME      put the card NAME of the file on the reader, in place of another\n"
           u"  add NAME      put it in beside those that are there\n"
           u"  lift NAME     take this one away\n"
           u"  remove        take all cards away\n"
           u"  unplug        pull the reader's cable out; terminal and link vanish\n"
           u"  plug          put it in again\n"
           u"  stall MS      answer nothing for MS milliseconds\n"
           u"  tear K        tear the cards away after K more commands to it\n"
           u"  corrupt N     damage one byte in each of the next N answers\n"
           u"  noise N       send N random bytes before the next thing the chip says\n"
           u"  weak PERCENT  a card hears only so many commands, like a wristband; 100: all\n"
           u"  air-time on|off  answer as slowly as a real line and card would, or at once\n"
           u"  status N HEX  put HEX in place of the status byte of the next N answers that have "
           u"one\n"
           u"  list          the names of all cards\n"_s;
}

} // namespace upgradedesk
