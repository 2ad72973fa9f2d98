#include "core/arguments.h"

using namespace Qt::StringLiterals;

namespace upgradedesk
{

LocalText neededOption(const QString &name)
{
    return {u"缺少 --"_s + name, u"--%1 is needed"_s.arg(name)};
}

Arguments Arguments::parse(const QStringList &arguments, const QStringList &options,
                           const QStringList &flags)
{
    Arguments parsed;
    bool onlyWords = false;
    for (qsizetype i = 0; i < arguments.size() && !parsed.wrong; ++i) {
        const QString &argument = arguments[i];
        if (onlyWords || !argument.startsWith(u"--"_s)) {
            parsed.words << argument;
            continue;
        }
        const QString name = argument.mid(2);
        if (name.isEmpty()) {
            onlyWords = true;
        } else if (parsed.options.contains(name)) {
            parsed.wrong =
                LocalText{u"--%1 写了两次"_s.arg(name), u"--%1 is given twice"_s.arg(name)};
        } else if (flags.contains(name)) {
            parsed.options.insert(name, {});
        } else if (!options.contains(name)) {
            // Only the name of an option we know may be repeated: anything else could be personal
            // data.
            parsed.wrong = LocalText{u"有一个选项不认识"_s, u"an option is not known"_s};
        } else if (i + 1 == arguments.size()) {
            parsed.wrong = LocalText{u"--%1 缺少值"_s.arg(name), u"--%1 needs a value"_s.arg(name)};
        } else {
            parsed.options.insert(name, arguments[++i]);
        }
    }
    return parsed;
}

} // namespace upgradedesk
