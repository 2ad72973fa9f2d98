#include "hub/hubkeys.h"

#include "crypto/hmac.h"
#include "crypto/privatefile.h"

#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace upgradedesk::hub
{
namespace
{

constexpr int authorityDays = 20 * 365;
constexpr int hubDays = 5 * 365;
constexpr qsizetype masterSize = 32;

QString in(const Config &config, const QString &name)
{
    return config.keys + u'/' + name;
}

const QString authorityKeyName = u"ca.key"_s;
const QString authorityName = u"ca.crt"_s;
const QString hubKeyName = u"hub.key"_s;
const QString hubName = u"hub.crt"_s;
const QString recordKeyName = u"record.key"_s;
const QString recordName = u"record.crt"_s;
const QString masterName = u"master.key"_s;

tl::unexpected<Error> unusable(const QString &path, const QString &why)
{
    return fail(ErrorCode::HubKeysUnusable, path + u": "_s + why, {path, why});
}

/// The words of a desk's key files are for desks.
tl::unexpected<Error> ours(const QString &path, const Error &error)
{
    if (error.code == ErrorCode::KeyExposed)
        return fail(ErrorCode::HubKeyExposed, error.detail, {path});
    return unusable(path, u"it cannot be read"_s);
}

Result<KeyPair> loadKey(const Config &config, const QString &name)
{
    auto key = KeyPair::load(in(config, name));
    if (!key)
        return ours(in(config, name), key.error());
    return key;
}

Result<Certificate> loadCertificate(const Config &config, const QString &name)
{
    const auto pem = readPrivateFile(in(config, name));
    if (!pem)
        return ours(in(config, name), pem.error());
    auto certificate = Certificate::fromPem(pem->view());
    if (!certificate)
        return unusable(in(config, name), u"it is no certificate"_s);
    return certificate;
}

std::optional<QString> whatIsWrong(const HubKeys &keys, const Config &config, const Clock &clock)
{
    if (!keys.authority.isSignedBy(keys.authority) || !keys.hub.isSignedBy(keys.authority) ||
        !keys.record.isSignedBy(keys.authority))
        return u"a certificate is not of this authority"_s;
    if (!keys.authority.belongsTo(keys.authorityKey) || !keys.hub.belongsTo(keys.hubKey) ||
        !keys.record.belongsTo(keys.recordKey))
        return u"a certificate is not of its key"_s;
    if (!keys.hub.hasRole(keys.profile, CertificateRole::Hub) ||
        !keys.record.hasRole(keys.profile, CertificateRole::Record))
        return u"a certificate is of another profile or role"_s;
    if (keys.hub.commonName() != config.hub || keys.record.commonName() != config.hub)
        return u"a certificate is of another hub than the configuration's"_s;
    if (!keys.authority.isInForce(clock.now()) || !keys.hub.isInForce(clock.now()))
        return u"a certificate is not in force today"_s;
    return std::nullopt;
}

} // namespace

bool HubKeys::arePresent(const Config &config)
{
    return QFileInfo::exists(in(config, masterName));
}

Result<HubKeys> HubKeys::make(const Config &config, Profile profile, const Clock &clock)
{
    if (QFileInfo::exists(in(config, authorityKeyName)) || arePresent(config))
        return fail(ErrorCode::AlreadyInitialised, u"keys are there"_s, {config.keys});
    const auto authorityKey = KeyPair::generate();
    const auto hubKey = KeyPair::generate();
    const auto recordKey = KeyPair::generate();
    auto master = Secret::random(masterSize);
    for (const auto *key : {&authorityKey, &hubKey, &recordKey}) {
        if (!*key)
            return tl::unexpected(key->error());
    }
    if (!master)
        return tl::unexpected(master.error());

    // Desks whose clocks are a little behind must not find a certificate that is not yet valid.
    const QDateTime from = clock.now().addDays(-1);
    const auto authority = Certificate::selfSigned({profile,
                                                    CertificateRole::Authority,
                                                    config.hub + u"-authority"_s,
                                                    {},
                                                    from,
                                                    clock.now().addDays(authorityDays)},
                                                   *authorityKey);
    if (!authority)
        return tl::unexpected(authority.error());
    const auto hub = Certificate::issue({profile,
                                         CertificateRole::Hub,
                                         config.hub,
                                         {},
                                         from,
                                         clock.now().addDays(hubDays),
                                         config.hosts},
                                        *hubKey, *authority, *authorityKey);
    if (!hub)
        return tl::unexpected(hub.error());
    const auto record = Certificate::issue({profile,
                                            CertificateRole::Record,
                                            config.hub,
                                            {},
                                            from,
                                            clock.now().addDays(authorityDays)},
                                           *recordKey, *authority, *authorityKey);
    if (!record)
        return tl::unexpected(record.error());

    if (const auto made = makePrivateFolder(config.keys); !made)
        return tl::unexpected(made.error());
    for (const auto &[name, key] :
         {std::pair{authorityKeyName, &*authorityKey}, std::pair{hubKeyName, &*hubKey},
          std::pair{recordKeyName, &*recordKey}}) {
        if (const auto saved = key->save(in(config, name)); !saved)
            return tl::unexpected(saved.error());
    }
    for (const auto &[name, bytes] :
         {std::pair{authorityName, authority->pem()}, std::pair{hubName, hub->pem()},
          std::pair{recordName, record->pem()}}) {
        if (const auto saved = writePrivateFile(in(config, name), bytes); !saved)
            return tl::unexpected(saved.error());
    }
    // Last: a folder that has it is complete.
    if (const auto saved = writePrivateFile(in(config, masterName), master->view()); !saved)
        return tl::unexpected(saved.error());
    if (const auto synced = syncFolder(config.keys); !synced)
        return tl::unexpected(synced.error());
    return HubKeys{profile, *authorityKey, *authority, *hubKey,
                   *hub,    *recordKey,    *record,    std::move(*master)};
}

Result<HubKeys> HubKeys::load(const Config &config, const Clock &clock)
{
    const auto authorityKey = loadKey(config, authorityKeyName);
    const auto hubKey = loadKey(config, hubKeyName);
    const auto recordKey = loadKey(config, recordKeyName);
    for (const auto *key : {&authorityKey, &hubKey, &recordKey}) {
        if (!*key)
            return tl::unexpected(key->error());
    }
    const auto authority = loadCertificate(config, authorityName);
    const auto hub = loadCertificate(config, hubName);
    const auto record = loadCertificate(config, recordName);
    for (const auto *certificate : {&authority, &hub, &record}) {
        if (!*certificate)
            return tl::unexpected(certificate->error());
    }
    auto master = readPrivateFile(in(config, masterName));
    if (!master)
        return ours(in(config, masterName), master.error());
    if (master->size() != masterSize)
        return unusable(in(config, masterName), u"it is not 32 bytes long"_s);

    const bool practice = authority->hasRole(Profile::Practice, CertificateRole::Authority);
    if (!practice && !authority->hasRole(Profile::Production, CertificateRole::Authority))
        return unusable(in(config, authorityName), u"it is no authority of a hub"_s);
    HubKeys keys{practice ? Profile::Practice : Profile::Production,
                 *authorityKey,
                 *authority,
                 *hubKey,
                 *hub,
                 *recordKey,
                 *record,
                 std::move(*master)};
    if (const auto why = whatIsWrong(keys, config, clock))
        return unusable(config.keys, *why);
    return keys;
}

Result<QByteArray> HubKeys::personToken(const QString &kind, const QString &number) const
{
    return token(master, "person", {kind.toUtf8(), number.toUtf8()});
}

Result<QByteArray> HubKeys::cardToken(const QString &digits) const
{
    return token(master, "card", {digits.toUtf8()});
}

Result<Secret> HubKeys::tokenKey(qint64 number) const
{
    return token(master, "token-key", {QByteArray::number(number)}).map([](QByteArray key) {
        return Secret(std::move(key));
    });
}

Result<Secret> HubKeys::pepper(const QString &station) const
{
    return token(master, "pepper", {station.toUtf8()}).map([](QByteArray key) {
        return Secret(std::move(key));
    });
}

} // namespace upgradedesk::hub
