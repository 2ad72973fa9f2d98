#include "crypto/certificate.h"

#include "crypto/openssl.h"

#include <QByteArrayList>
#include <QCryptographicHash>
#include <QRegularExpression>

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

using ExtensionPointer = OpenSslPointer<X509_EXTENSION, X509_EXTENSION_free>;
using ObjectPointer = OpenSslPointer<ASN1_OBJECT, ASN1_OBJECT_free>;
using UsagePointer = OpenSslPointer<EXTENDED_KEY_USAGE, EXTENDED_KEY_USAGE_free>;

/// Our own arc, 2.25 and a UUID made for it (ITU-T X.667), then profile and role.
QByteArray usageOid(Profile profile, CertificateRole role)
{
    return "2.25.45555095656681115670391147718540949164." + QByteArray::number(int(profile) + 1) +
           '.' + QByteArray::number(int(role) + 1);
}

bool addExtension(X509 *certificate, const char *name, const char *value)
{
    const ExtensionPointer extension(X509V3_EXT_conf(nullptr, nullptr, name, value));
    return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

bool addName(X509_NAME *name, const char *field, const QString &value)
{
    const QByteArray utf8 = value.toUtf8();
    return value.isEmpty() || X509_NAME_add_entry_by_txt(name, field, MBSTRING_UTF8, toUchar(utf8),
                                                         int(utf8.size()), -1, 0) == 1;
}

bool setTime(const ASN1_TIME *field, const QDateTime &time)
{
    return ASN1_TIME_set(const_cast<ASN1_TIME *>(field), time.toSecsSinceEpoch()) != nullptr;
}

QDateTime timeOf(const ASN1_TIME *field)
{
    tm parts{};
    if (ASN1_TIME_to_tm(field, &parts) != 1)
        return {};
    return QDateTime(QDate(parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday),
                     QTime(parts.tm_hour, parts.tm_min, parts.tm_sec), Qt::UTC);
}

bool setSerial(X509 *certificate)
{
    QByteArray serial(16, '\0');
    if (RAND_bytes(toUchar(serial), int(serial.size())) != 1)
        return false;
    serial[0] = char(serial[0] & 0x7F);
    const OpenSslPointer<BIGNUM, BN_free> number(
        BN_bin2bn(toUchar(serial), int(serial.size()), nullptr));
    return number && BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate));
}

QString subjectField(X509 *certificate, int nid)
{
    X509_NAME *name = X509_get_subject_name(certificate);
    const int index = X509_NAME_get_index_by_NID(name, nid, -1);
    if (index < 0)
        return {};
    unsigned char *text = nullptr;
    const int size =
        ASN1_STRING_to_UTF8(&text, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, index)));
    if (size < 0)
        return {};
    const QString value = QString::fromUtf8(reinterpret_cast<char *>(text), size);
    OPENSSL_free(text);
    return value;
}

/// Our own usage, and those without which OpenSSL takes no part in TLS; it asks them of the
/// authority, too.
QByteArray extendedUsages(Profile profile, CertificateRole role)
{
    const QByteArray own = usageOid(profile, role);
    switch (role) {
    case CertificateRole::Authority:
        return "serverAuth,clientAuth," + own;
    case CertificateRole::Desk:
        return "clientAuth," + own;
    case CertificateRole::Hub:
        return "serverAuth," + own;
    case CertificateRole::Record:
        return own;
    }
    Q_UNREACHABLE();
}

/// As OpenSSL's configuration writes them; nothing when one could be taken for more than a name.
std::optional<QByteArray> alternativeNames(const QStringList &hosts)
{
    static const QRegularExpression clean(u"^[A-Za-z0-9.:-]{1,253}\\z"_s);
    static const QRegularExpression addressV4(u"^[0-9.]+\\z"_s);
    QByteArrayList names;
    for (const QString &host : hosts) {
        if (!clean.match(host).hasMatch())
            return std::nullopt;
        const bool isAddress = host.contains(u':') || addressV4.match(host).hasMatch();
        names << (isAddress ? "IP:" : "DNS:") + host.toLatin1();
    }
    return names.join(',');
}

const char *keyUsage(CertificateRole role)
{
    switch (role) {
    case CertificateRole::Authority:
        return "critical,keyCertSign,cRLSign";
    case CertificateRole::Desk:
    case CertificateRole::Hub:
        return "critical,digitalSignature";
    case CertificateRole::Record:
        return "critical,keyAgreement";
    }
    Q_UNREACHABLE();
}

} // namespace

Result<Certificate> Certificate::make(const CertificateRequest &request, const KeyHandle &subject,
                                      const Certificate *authority, const KeyPair &signer)
{
    X509Pointer certificate(X509_new());
    X509 *x = certificate.get();
    if (!x || X509_set_version(x, X509_VERSION_3) != 1 || !setSerial(x) ||
        !setTime(X509_get0_notBefore(x), request.from) ||
        !setTime(X509_get0_notAfter(x), request.until) ||
        X509_set_pubkey(x, subject.key.get()) != 1)
        return openSslFailure(u"making a certificate"_s);

    X509_NAME *name = X509_get_subject_name(x);
    X509_NAME *issuer =
        authority ? X509_get_subject_name(authority->handle().certificate.get()) : name;
    if (!addName(name, "OU", request.unit) || !addName(name, "CN", request.commonName) ||
        X509_set_issuer_name(x, issuer) != 1)
        return openSslFailure(u"naming a certificate"_s);

    const bool isAuthority = request.role == CertificateRole::Authority;
    const QByteArray usage = extendedUsages(request.profile, request.role);
    if (!addExtension(x, "basicConstraints",
                      isAuthority ? "critical,CA:TRUE,pathlen:0" : "critical,CA:FALSE") ||
        !addExtension(x, "keyUsage", keyUsage(request.role)) ||
        !addExtension(x, "extendedKeyUsage", usage.constData()))
        return openSslFailure(u"extending a certificate"_s);
    const auto names = alternativeNames(request.hosts);
    if (!names || (!names->isEmpty() && !addExtension(x, "subjectAltName", names->constData())))
        return openSslFailure(u"naming a hub's hosts"_s);

    // Records are encrypted to the holder of a key identifier.
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    const OpenSslPointer<ASN1_OCTET_STRING, ASN1_OCTET_STRING_free> identifier(
        ASN1_OCTET_STRING_new());
    if (!identifier || X509_pubkey_digest(x, EVP_sha256(), digest, &size) != 1 ||
        ASN1_OCTET_STRING_set(identifier.get(), digest, 20) != 1 ||
        X509_add1_ext_i2d(x, NID_subject_key_identifier, identifier.get(), 0, 0) != 1)
        return openSslFailure(u"identifying a certificate"_s);

    if (X509_sign(x, signer.handle().key.get(), EVP_sha256()) == 0)
        return openSslFailure(u"signing a certificate"_s);
    return Certificate(
        std::make_shared<const CertificateHandle>(CertificateHandle{std::move(certificate)}));
}

Result<Certificate> Certificate::selfSigned(const CertificateRequest &request, const KeyPair &key)
{
    return make(request, key.handle(), nullptr, key);
}

Result<Certificate> Certificate::issue(const CertificateRequest &request, const KeyPair &subject,
                                       const Certificate &authority, const KeyPair &authorityKey)
{
    return make(request, subject.handle(), &authority, authorityKey);
}

Result<Certificate> Certificate::issue(const CertificateRequest &request,
                                       const SigningRequest &subject, const Certificate &authority,
                                       const KeyPair &authorityKey)
{
    return make(request, subject.key(), &authority, authorityKey);
}

Result<Certificate> Certificate::fromPem(QByteArrayView pem)
{
    const BioPointer bio = readingBio(pem);
    X509Pointer certificate(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
    if (!certificate)
        return openSslFailure(u"reading a certificate"_s);
    // Parses and caches the extensions now, in one thread.
    X509_check_purpose(certificate.get(), -1, 0);
    ERR_clear_error();
    return Certificate(
        std::make_shared<const CertificateHandle>(CertificateHandle{std::move(certificate)}));
}

QByteArray Certificate::pem() const
{
    const BioPointer bio = writingBio();
    PEM_write_bio_X509(bio.get(), m_certificate->certificate.get());
    return contents(bio.get());
}

QString Certificate::commonName() const
{
    return subjectField(m_certificate->certificate.get(), NID_commonName);
}

QString Certificate::unit() const
{
    return subjectField(m_certificate->certificate.get(), NID_organizationalUnitName);
}

QDateTime Certificate::from() const
{
    return timeOf(X509_get0_notBefore(m_certificate->certificate.get()));
}

QDateTime Certificate::until() const
{
    return timeOf(X509_get0_notAfter(m_certificate->certificate.get()));
}

QByteArray Certificate::fingerprint() const
{
    QByteArray digest(EVP_MAX_MD_SIZE, '\0');
    unsigned int size = 0;
    X509_digest(m_certificate->certificate.get(), EVP_sha256(), toUchar(digest), &size);
    digest.truncate(size);
    return digest;
}

QByteArray Certificate::keyHash() const
{
    unsigned char *der = nullptr;
    const int size = i2d_PUBKEY(X509_get0_pubkey(m_certificate->certificate.get()), &der);
    if (size <= 0)
        return {};
    const QByteArray bytes(reinterpret_cast<const char *>(der), size);
    OPENSSL_free(der);
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256);
}

QString Certificate::serial() const
{
    const ASN1_INTEGER *serial = X509_get0_serialNumber(m_certificate->certificate.get());
    const OpenSslPointer<BIGNUM, BN_free> number(ASN1_INTEGER_to_BN(serial, nullptr));
    QByteArray bytes(number ? BN_num_bytes(number.get()) : 0, '\0');
    if (number)
        BN_bn2bin(number.get(), toUchar(bytes));
    return QString::fromLatin1(bytes.toHex());
}

bool Certificate::verifies(QByteArrayView message, QByteArrayView signature) const
{
    return signatureIsGood(X509_get0_pubkey(m_certificate->certificate.get()), message, signature);
}

bool Certificate::isInForce(const QDateTime &time) const
{
    return from() <= time && time < until();
}

bool Certificate::belongsTo(const KeyPair &key) const
{
    const bool same = EVP_PKEY_eq(X509_get0_pubkey(m_certificate->certificate.get()),
                                  key.handle().key.get()) == 1;
    ERR_clear_error();
    return same;
}

bool Certificate::hasRole(Profile profile, CertificateRole role) const
{
    X509 *x = m_certificate->certificate.get();
    const bool isAuthority = (X509_get_extension_flags(x) & EXFLAG_CA) != 0;
    if (isAuthority != (role == CertificateRole::Authority))
        return false;

    const UsagePointer usages(static_cast<EXTENDED_KEY_USAGE *>(
        X509_get_ext_d2i(x, NID_ext_key_usage, nullptr, nullptr)));
    const ObjectPointer wanted(OBJ_txt2obj(usageOid(profile, role).constData(), 1));
    for (int i = 0; usages && wanted && i < sk_ASN1_OBJECT_num(usages.get()); ++i) {
        if (OBJ_cmp(sk_ASN1_OBJECT_value(usages.get(), i), wanted.get()) == 0)
            return true;
    }
    return false;
}

bool Certificate::isSignedBy(const Certificate &authority) const
{
    X509 *issuer = authority.handle().certificate.get();
    const bool good = X509_NAME_cmp(X509_get_issuer_name(m_certificate->certificate.get()),
                                    X509_get_subject_name(issuer)) == 0 &&
                      X509_verify(m_certificate->certificate.get(), X509_get0_pubkey(issuer)) == 1;
    ERR_clear_error();
    return good;
}

} // namespace upgradedesk
