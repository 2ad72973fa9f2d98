// Any text as a document number or name: a verdict, never a crash, and a valid number stays valid
// when its normal form is checked again.
#include "identity/documentcheck.h"
#include "identity/documentkinds.h"
#include "identity/name.h"

#include <cstdlib>

using namespace Qt::StringLiterals;
using namespace upgradedesk;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const DocumentKinds kinds =
        DocumentKinds::load(QStringLiteral(UPGRADEDESK_SHARE "/documents")).value();
    const QString text = QString::fromUtf8(QByteArrayView(data, qsizetype(size)));
    const QDate day(2022, 6, 1);

    for (const DocumentKind &kind : kinds.kinds()) {
        const DocumentCheck check = checkDocument(kinds, kind.key, text, day);
        if (check.valid != check.reasons.isEmpty())
            std::abort();
        if (check.valid && !checkDocument(kinds, kind.key, check.normalized, day).valid)
            std::abort();
    }
    const auto name = normaliseName(text);
    if (name && normaliseName(*name).value_or(QString()) != *name)
        std::abort();
    return 0;
}
