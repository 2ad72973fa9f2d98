#include "wire/signeddocument.h"

#include "core/canonical.h"
#include "wire/jsonfields.h"

#include <QSet>

using namespace Qt::StringLiterals;

namespace upgradedesk::wire
{
namespace
{

constexpr qsizetype longestShort = 64;
constexpr qsizetype longestVerifier = 256;
constexpr qsizetype longestSignature = 128;
constexpr qsizetype mostOperators = 500;

} // namespace

QByteArray signedBytes(const SignedDocument &document)
{
    return Canonical("upgradedesk document 1")
        .add(document.kind)
        .add(document.hub)
        .add(document.scope)
        .add(document.version)
        .add(document.body)
        .bytes();
}

QJsonObject encodeDocumentObject(const SignedDocument &document)
{
    return {{u"kind"_s, document.kind},
            {u"hub"_s, document.hub},
            {u"scope"_s, document.scope},
            {u"version"_s, document.version},
            {u"body"_s, QString::fromLatin1(document.body.toBase64())},
            {u"certificate"_s, QString::fromLatin1(document.certificate)},
            {u"signature"_s, QString::fromLatin1(document.signature.toBase64())}};
}

QByteArray encodeDocument(const SignedDocument &document)
{
    return compact(encodeDocumentObject(document));
}

SignedDocument takeDocument(JsonFields &fields)
{
    SignedDocument document;
    document.kind = fields.word(u"kind"_s, {u"rules"_s, u"roster"_s});
    document.hub = fields.text(u"hub"_s, longestShort);
    document.scope = fields.text(u"scope"_s, longestShort, true);
    if (document.scope.isEmpty() != (document.kind == u"rules"))
        fields.refuse(u"scope"_s);
    document.version = fields.count(u"version"_s);
    document.body = fields.base64(u"body"_s, largestDocument);
    document.certificate = fields.pem(u"certificate"_s);
    document.signature = fields.base64(u"signature"_s, longestSignature);
    return document;
}

Result<SignedDocument> decodeDocument(QByteArrayView text)
{
    return decodeObject(text, largestDocument, u"document"_s, [](JsonFields &fields) {
        const SignedDocument document = takeDocument(fields);
        return document;
    });
}

QByteArray encodeRoster(const QList<RosterOperator> &operators)
{
    QJsonArray array;
    for (const RosterOperator &one : operators)
        array << QJsonObject{{u"id"_s, one.id},
                             {u"name"_s, one.name},
                             {u"role"_s, one.role},
                             {u"verifier"_s, one.verifier}};
    return compact({{u"operators"_s, array}});
}

Result<QList<RosterOperator>> decodeRoster(QByteArrayView body)
{
    return decodeObject(body, largestDocument, u"roster"_s, [](JsonFields &fields) {
        QList<RosterOperator> operators;
        QSet<QString> ids;
        fields.each(u"operators"_s, mostOperators, [&](JsonFields &row) {
            RosterOperator one;
            one.id = row.text(u"id"_s, longestShort);
            one.name = row.text(u"name"_s, longestShort);
            one.role = row.word(u"role"_s, {u"staff"_s, u"supervisor"_s, u"administrator"_s});
            one.verifier = row.text(u"verifier"_s, longestVerifier);
            ids.insert(one.id);
            operators << one;
        });
        if (ids.size() != operators.size())
            fields.refuse(u"operators"_s);
        return operators;
    });
}

} // namespace upgradedesk::wire
