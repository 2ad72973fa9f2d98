#include "sync/provisioning.h"

#include "core/jsonfile.h"
#include "crypto/privatefile.h"

#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace upgradedesk::sync
{
namespace
{

constexpr int version = 1;

Result<Profile> profileFromKey(const QString &key)
{
    for (const Profile profile : {Profile::Production, Profile::Practice, Profile::Training}) {
        if (profileKey(profile) == key)
            return profile;
    }
    return fail(ErrorCode::ProvisioningInvalid, u"unknown profile"_s);
}

/// How the folder is named on a command line, for whoever is told to type one; empty where that is
/// not needed.
QString dataOption(const QString &folder)
{
    for (const Profile profile : {Profile::Production, Profile::Practice, Profile::Training}) {
        if (folder == dataFolder(profile))
            return {};
    }
    const bool plain = std::ranges::none_of(
        folder, [](QChar c) { return c.isSpace() || u"'\"\\$`&;|<>()*?[]#~!"_s.contains(c); });
    if (plain)
        return u" --data "_s + folder;
    QString quoted = folder;
    return u" --data '%1'"_s.arg(quoted.replace(u'\'', u"'\\''"_s));
}

} // namespace

QString provisioningFile(const QString &folder)
{
    return folder + u"/provisioning.json"_s;
}

QString keyFolder(const QString &folder)
{
    return folder + u"/keys"_s;
}

QString deskKeyFile(const QString &folder)
{
    return keyFolder(folder) + u"/desk.pem"_s;
}

QString tokenKeyFile(const QString &folder)
{
    return keyFolder(folder) + u"/token.key"_s;
}

QString pendingKeyFile(const QString &folder)
{
    return folder + u"/enrolment.pem"_s;
}

QString localKeyFile(const QString &folder)
{
    return keyFolder(folder) + u"/local.key"_s;
}

QString pepperFile(const QString &folder)
{
    return keyFolder(folder) + u"/pepper.key"_s;
}

QByteArray Provisioning::toJson() const
{
    return QJsonDocument(QJsonObject{
                             {u"v"_s, version},
                             {u"profile"_s, profileKey(profile)},
                             {u"desk"_s, desk},
                             {u"deskName"_s, deskName},
                             {u"station"_s, station},
                             {u"stationName"_s, stationName},
                             {u"hub"_s, hub},
                             {u"hubUrl"_s, hubUrl},
                             {u"validUntil"_s, validUntil.toUTC().toString(Qt::ISODate)},
                             {u"deskCertificate"_s, QString::fromLatin1(deskCertificate)},
                             {u"caCertificate"_s, QString::fromLatin1(caCertificate)},
                             {u"recordCertificate"_s, QString::fromLatin1(recordCertificate)},
                         })
        .toJson();
}

Result<void> Provisioning::replace(const QString &folder) const
{
    return replacePrivateFile(provisioningFile(folder), toJson());
}

Result<Provisioning> Provisioning::load(const QString &folder)
{
    const QString path = provisioningFile(folder);
    if (!QFileInfo::exists(path))
        return fail(ErrorCode::NotProvisioned, u"no provisioning.json"_s, {dataOption(folder)});
    const auto file =
        JsonFile::load(path, ErrorCode::ProvisioningInvalid, ErrorCode::ProvisioningInvalid);
    if (!file)
        return tl::unexpected(file.error());
    const QJsonObject &root = file->root();
    if (root.value(u"v"_s).toInt() != version)
        return fail(ErrorCode::ProvisioningInvalid, u"v is not 1"_s);

    Provisioning read;
    const auto profile = profileFromKey(root.value(u"profile"_s).toString());
    if (!profile)
        return tl::unexpected(profile.error());
    read.profile = *profile;
    read.validUntil = QDateTime::fromString(root.value(u"validUntil"_s).toString(), Qt::ISODate);
    if (!read.validUntil.isValid())
        return fail(ErrorCode::ProvisioningInvalid, u"validUntil is not a time"_s);

    const std::array texts{
        std::pair{u"desk"_s, &read.desk},       std::pair{u"deskName"_s, &read.deskName},
        std::pair{u"station"_s, &read.station}, std::pair{u"stationName"_s, &read.stationName},
        std::pair{u"hub"_s, &read.hub},
    };
    for (const auto &[key, target] : texts) {
        *target = root.value(key).toString();
        if (target->isEmpty() || target->size() > 64)
            return fail(ErrorCode::ProvisioningInvalid, u"%1 is missing"_s.arg(key));
    }
    read.hubUrl = root.value(u"hubUrl"_s).toString();
    if (read.hubUrl.size() > 256)
        return fail(ErrorCode::ProvisioningInvalid, u"hubUrl is too long"_s);
    read.deskCertificate = root.value(u"deskCertificate"_s).toString().toLatin1();
    read.caCertificate = root.value(u"caCertificate"_s).toString().toLatin1();
    read.recordCertificate = root.value(u"recordCertificate"_s).toString().toLatin1();
    return read;
}

} // namespace upgradedesk::sync
