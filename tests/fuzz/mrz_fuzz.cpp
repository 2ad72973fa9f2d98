// Any bytes as a machine-readable zone: a verdict, never a crash, and what is valid has a number, a
// name and digits that are right.
#include "identity/mrz.h"

#include <cstdlib>

using namespace Qt::StringLiterals;
using namespace upgradedesk;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const DocumentKinds kinds =
        DocumentKinds::load(QStringLiteral(UPGRADEDESK_SHARE "/documents")).value();
    const QByteArrayView input(data, qsizetype(size));
    const QDate day(2022, 6, 1);

    const Mrz mrz = readMrz(kinds, input, day);
    if (mrz.valid != mrz.reasons.isEmpty())
        std::abort();
    if (!mrz.valid)
        return 0;
    const MrzChecks &checks = mrz.checks;
    if (mrz.documentNumber.isEmpty() || (mrz.surname + mrz.given).isEmpty() ||
        !checks.number.value_or(false) || !checks.composite.value_or(false))
        std::abort();
    // A valid zone stays the same zone with blanks and empty lines around it, while it is short
    // enough for them; a byte order mark must come first.
    constexpr size_t roomForBlanks = 1000;
    if (size < roomForBlanks && !input.toByteArray().startsWith("\xEF\xBB\xBF") &&
        readMrz(kinds, "\r\n " + input.toByteArray() + "\t\n\n", day) != mrz)
        std::abort();
    return 0;
}
