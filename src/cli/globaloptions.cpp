#include "cli/globaloptions.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

bool hasValue(const QString &word)
{
    return word == u"--data" || word == u"--lang";
}

bool isGlobal(const QString &word, const QString &command)
{
    return hasValue(word) || word == u"--json" || word == u"--practice" ||
           (word == u"--training" && command != u"provision");
}

} // namespace

QStringList withGlobalOptionsFirst(const QStringList &words)
{
    qsizetype at = 0;
    while (at < words.size() && words.at(at).startsWith(u'-'))
        at += hasValue(words.at(at)) ? 2 : 1;
    QStringList front = words.first(std::min(at, words.size()));
    QStringList behind;
    const QString command = words.value(at);
    for (; at < words.size(); ++at) {
        const QString &word = words.at(at);
        if (word == u"--") {
            behind += words.sliced(at);
            break;
        }
        if (!isGlobal(word, command)) {
            behind << word;
            continue;
        }
        front << word;
        // Without its value it would take the command for one.
        if (hasValue(word) && at + 1 == words.size())
            return front;
        if (hasValue(word))
            front << words.at(++at);
    }
    return front + behind;
}

} // namespace upgradedesk
