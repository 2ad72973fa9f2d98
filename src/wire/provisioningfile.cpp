#include "wire/provisioningfile.h"

#include "wire/enrolment.h"
#include "wire/jsonfields.h"

using namespace Qt::StringLiterals;

namespace upgradedesk::wire
{
namespace
{

constexpr auto provisioningFormat = "upgradedesk-provisioning"_L1;
constexpr qint64 provisioningVersion = 1;
constexpr qsizetype mostDocuments = 2;

} // namespace

QByteArray encodeProvisioningFile(const ProvisioningFile &file)
{
    QJsonArray documents;
    for (const SignedDocument &document : file.documents)
        documents << encodeDocumentObject(document);
    return compact({{u"format"_s, provisioningFormat},
                    {u"v"_s, provisioningVersion},
                    {u"certificate"_s, QString::fromLatin1(file.certificate)},
                    {u"hubCertificate"_s, QString::fromLatin1(file.hubCertificate)},
                    {u"chain"_s, QString::fromLatin1(file.chain)},
                    {u"sealed"_s, QString::fromLatin1(file.sealed.toBase64())},
                    {u"documents"_s, documents}});
}

Result<ProvisioningFile> decodeProvisioningFile(QByteArrayView text)
{
    return decodeObject(
        text, largestProvisioningFile, u"provisioning file"_s, [](JsonFields &fields) {
            (void)fields.word(u"format"_s, {provisioningFormat});
            if (fields.count(u"v"_s) != provisioningVersion)
                fields.refuse(u"v"_s);
            ProvisioningFile file;
            file.certificate = fields.pem(u"certificate"_s);
            file.hubCertificate = fields.pem(u"hubCertificate"_s);
            file.chain = fields.pem(u"chain"_s);
            file.sealed = fields.base64(u"sealed"_s, 2 * largestEnrolment);
            fields.each(u"documents"_s, mostDocuments,
                        [&file](JsonFields &row) { file.documents << takeDocument(row); });
            return file;
        });
}

} // namespace upgradedesk::wire
