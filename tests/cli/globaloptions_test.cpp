#include "support/catch.h"

#include "cli/globaloptions.h"

using namespace Qt::StringLiterals;
using namespace upgradedesk;

TEST_CASE("Options of every command may stand before or behind it", "[cli]")
{
    const auto [line, wanted] = GENERATE(table<QString, QString>({
        {u""_s, u""_s},
        {u"--lang en queue list"_s, u"--lang en queue list"_s},
        {u"queue list --lang en"_s, u"--lang en queue list"_s},
        {u"queue --json list --data /d --state queued"_s,
         u"--json --data /d queue list --state queued"_s},
        {u"--json queue list --lang en --training"_s, u"--json --lang en --training queue list"_s},
        {u"queue list --json --lang"_s, u"--json --lang"_s},
        {u"--lang"_s, u"--lang"_s},
        {u"provision --training --data /d"_s, u"--data /d provision --training"_s},
        {u"--training provision --training"_s, u"--training provision --training"_s},
        {u"card resolve -- --lang"_s, u"card resolve -- --lang"_s},
        {u"queue list --help"_s, u"queue list --help"_s},
    }));
    INFO(line.toStdString());

    CHECK(withGlobalOptionsFirst(line.split(u' ', Qt::SkipEmptyParts)).join(u' ') == wanted);
}
