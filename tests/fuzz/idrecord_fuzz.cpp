// Any bytes as the record of an ID card: a document or a reason, never a crash, and what is a
// document has a name and a number that is valid by itself.
#include "identity/documentcheck.h"
#include "identity/documentkinds.h"
#include "identity/idrecord.h"
#include "identity/name.h"

#include <cstdlib>

using namespace Qt::StringLiterals;
using namespace upgradedesk;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const DocumentKinds kinds =
        DocumentKinds::load(QStringLiteral(UPGRADEDESK_SHARE "/documents")).value();
    const QDate day(2022, 6, 1);

    // Once as it is, and once as the text of a record with lengths that fit.
    QByteArray record = QByteArray::fromHex("01000000");
    record += QByteArrayView(data, qsizetype(std::min<size_t>(size, 256)));
    while (record.size() < 260)
        record += QByteArray("\x20\x00", 2).first(std::min<qsizetype>(2, 260 - record.size()));
    for (const QByteArrayView input :
         {QByteArrayView(data, qsizetype(size)), QByteArrayView(record)}) {
        const auto read = readIdRecord(input);
        if (!read)
            continue;
        const auto document = checkIdRecord(*read, kinds, day);
        if (!document)
            continue;
        const Person &person = document->person;
        if (!checkDocument(kinds, person.documentKind, person.documentNumber, day).valid ||
            normaliseName(person.name).value_or(QString()) != person.name ||
            (document->expiry && *document->expiry < day))
            std::abort();
    }
    return 0;
}
