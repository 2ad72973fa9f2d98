#pragma once

#include "core/clock.h"
#include "core/datafolder.h"
#include "core/result.h"
#include "crypto/seal.h"
#include "crypto/secret.h"
#include "storage/store.h"

#include <QByteArray>
#include <QDateTime>
#include <QString>

namespace upgradedesk::sync
{

struct Provisioning;

/// Who this desk is, with its keys. Read once at start; const use from several threads is fine.
class DeskIdentity
{
public:
    /// Reads `provisioning.json` and `keys/` and checks that certificates, keys and profile agree.
    /// NotProvisioned, ProvisioningInvalid, ProvisioningExpired, KeyUnreadable, KeyExposed.
    [[nodiscard]] static Result<DeskIdentity> load(const QString &folder, const Clock &clock);

    [[nodiscard]] Profile profile() const { return m_profile; }
    [[nodiscard]] const QString &desk() const { return m_desk; }
    [[nodiscard]] const QString &deskName() const { return m_deskName; }
    [[nodiscard]] const QString &station() const { return m_station; }
    [[nodiscard]] const QString &stationName() const { return m_stationName; }
    [[nodiscard]] const QString &hub() const { return m_hub; }
    /// Where the hub is reached; empty in training.
    [[nodiscard]] const QString &hubUrl() const { return m_hubUrl; }
    [[nodiscard]] QDateTime validUntil() const { return m_validUntil; }

    /// Whom this desk believes, and what it shows of itself.
    [[nodiscard]] const Certificate &authority() const { return m_authority; }
    [[nodiscard]] const Certificate &certificate() const { return m_certificate; }
    [[nodiscard]] const KeyPair &key() const { return m_deskKey; }
    /// What records are sealed to.
    [[nodiscard]] const Certificate &recordCertificate() const { return m_record; }

    /// Id of the city's key of card tokens; empty in training.
    [[nodiscard]] const QString &tokenKeyId() const { return m_tokenKeyId; }
    /// How the hub knows a card. Fails with HubAbsent in training.
    [[nodiscard]] Result<QByteArray> cardToken(const QString &cardNumber) const;

    /// What Store::open asks for.
    [[nodiscard]] storage::StoreKeys storeKeys() const;

    [[nodiscard]] const Sealer &sealer() const { return m_sealer; }

    /// How this desk, and no other, recognises a card or a person without knowing them.
    [[nodiscard]] Result<QByteArray> cardKey(const QString &cardNumber) const;
    [[nodiscard]] Result<QByteArray> personKey(const QString &documentKind,
                                               const QString &documentNumber) const;

    /// Whether the certificates are of one authority, of the right profile and roles, and of this
    /// desk. ProvisioningInvalid.
    [[nodiscard]] static Result<void> check(const Provisioning &provisioning);

private:
    DeskIdentity(KeyPair deskKey, Certificate certificate, Certificate authority,
                 Certificate record, Secret localKey, Secret pepper);

    Profile m_profile = Profile::Training;
    QString m_desk;
    QString m_deskName;
    QString m_station;
    QString m_stationName;
    QString m_hub;
    QString m_hubUrl;
    QDateTime m_validUntil;
    QString m_tokenKeyId;
    Secret m_tokenKey;
    KeyPair m_deskKey;
    Certificate m_certificate;
    Certificate m_authority;
    Certificate m_record;
    Sealer m_sealer;
    Secret m_localKey;
    Secret m_pepper;
};

} // namespace upgradedesk::sync
