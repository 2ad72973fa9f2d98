#include "sync/deskupkeep.h"

#include "crypto/csr.h"
#include "crypto/privatefile.h"
#include "storage/hubstore.h"
#include "sync/provisioning.h"
#include "sync/publishedrules.h"
#include "sync/tokenkey.h"

#include <QRandomGenerator>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace upgradedesk::sync
{
namespace
{

constexpr auto quarter = 15min;
constexpr auto mostSpread = 60s; ///< so that a city's desks do not ask all at once
constexpr qint64 daysToRenewIn = 30;

/// A certificate that is good for a short time only is renewed in its last third.
bool isNearItsEnd(const Certificate &certificate, const QDateTime &now)
{
    const qint64 third = certificate.from().secsTo(certificate.until()) / 3;
    return now.secsTo(certificate.until()) <= std::min(daysToRenewIn * 24 * 3600, third);
}

/// The desk is good as long as both certificates are.
QDateTime endOf(const Certificate &own, const Certificate &record)
{
    return std::min(own.until(), record.until());
}

} // namespace

Result<bool> takeDocument(const wire::SignedDocument &document, const DeskIdentity &identity,
                          storage::HubStore &store, const RulesCheck &rulesCheck,
                          const Clock &clock)
{
    if (const auto good = checkDocument(document, document.kind, identity); !good)
        return tl::unexpected(good.error());
    const auto held = store.document(document.kind);
    if (!held)
        return tl::unexpected(held.error());
    if (document.version < held->version)
        return fail(ErrorCode::DocumentOlder, document.kind);
    if (document.version == held->version)
        return false;

    const storage::Document kept{document.version, wire::encodeDocument(document)};
    Result<void> done;
    if (document.kind == u"rules") {
        if (const auto good = rulesCheck(document.body); !good)
            return tl::unexpected(good.error());
        done = store.keepRules(kept, clock.now());
    } else {
        const auto roster = wire::decodeRoster(document.body);
        if (!roster)
            return tl::unexpected(roster.error());
        QList<std::pair<storage::Operator, QString>> withVerifiers;
        for (const wire::RosterOperator &one : *roster)
            withVerifiers << std::pair{storage::Operator{one.id, one.name, one.role}, one.verifier};
        done = store.keepRoster(kept, withVerifiers, clock.now());
    }
    if (!done)
        return tl::unexpected(done.error());
    return true;
}

DeskUpkeep::DeskUpkeep(HubClient &client, storage::Store &store, const Clock &clock, QString folder,
                       RulesCheck rulesCheck)
    : m_client(client)
    , m_store(store)
    , m_clock(clock)
    , m_folder(std::move(folder))
    , m_rulesCheck(std::move(rulesCheck))
{
    m_next.setSingleShot(true);
    connect(&m_next, &QTimer::timeout, this, &DeskUpkeep::runNow);
}

void DeskUpkeep::start()
{
    runNow();
}

void DeskUpkeep::runNow()
{
    if (m_running)
        return;
    m_running = true;
    m_error.reset();
    m_next.stop();
    fetchRules();
}

void DeskUpkeep::note(const Error &error)
{
    if (!m_error)
        m_error = error;
}

void DeskUpkeep::take(const HubResult<wire::SignedDocument> &document)
{
    if (!document) {
        // A hub that has published none yet has nothing to say.
        if (document.error().status != 404)
            note(document.error().error);
        return;
    }
    const auto news =
        takeDocument(*document, m_client.identity(), m_store.hub(), m_rulesCheck, m_clock);
    if (!news)
        note(news.error());
    else if (*news && document->kind == u"rules")
        keepForStart(*document);
}

void DeskUpkeep::keepForStart(const wire::SignedDocument &rules)
{
    if (const auto saved = savePublishedRules(m_folder, rules); !saved)
        note(saved.error());
}

void DeskUpkeep::fetchRules()
{
    m_client.fetchDocument(u"rules"_s, [this](const HubResult<wire::SignedDocument> &document) {
        take(document);
        // Without an answer there is none to the others either.
        if (!document && document.error().status == 0)
            finish();
        else
            fetchRoster();
    });
}

void DeskUpkeep::fetchRoster()
{
    m_client.fetchDocument(u"roster"_s, [this](const HubResult<wire::SignedDocument> &document) {
        take(document);
        fetchKeys();
    });
}

void DeskUpkeep::fetchKeys()
{
    m_client.fetchKeys([this](const HubResult<wire::KeysAnswer> &keys) {
        if (!keys) {
            note(keys.error().error);
        } else {
            const auto news = keepKeys(*keys);
            if (!news)
                note(news.error());
            else if (*news)
                emit identityChanged();
        }
        renewIfNeeded();
    });
}

Result<bool> DeskUpkeep::keepKeys(const wire::KeysAnswer &keys)
{
    bool news = false;
    if (keys.secrets.tokenKeyId != m_client.identity().tokenKeyId()) {
        const TokenKey key{keys.secrets.tokenKeyId, Secret(QByteArray(keys.secrets.tokenKey))};
        if (const auto saved = key.save(m_folder); !saved)
            return tl::unexpected(saved.error());
        news = true;
    }
    auto provisioning = Provisioning::load(m_folder);
    if (!provisioning)
        return tl::unexpected(provisioning.error());
    // Another program of this desk may have kept it already, and this one knows nothing of it yet.
    news = news || keys.recordCertificate != m_client.identity().recordCertificate().pem();
    if (keys.recordCertificate != provisioning->recordCertificate) {
        const auto own = Certificate::fromPem(provisioning->deskCertificate);
        const auto record = Certificate::fromPem(keys.recordCertificate);
        if (!own || !record)
            return fail(ErrorCode::ProvisioningInvalid, u"a certificate cannot be read"_s);
        provisioning->recordCertificate = keys.recordCertificate;
        provisioning->validUntil = endOf(*own, *record);
        if (const auto good = DeskIdentity::check(*provisioning); !good)
            return tl::unexpected(good.error());
        if (const auto replaced = provisioning->replace(m_folder); !replaced)
            return tl::unexpected(replaced.error());
    }
    return news;
}

void DeskUpkeep::renewIfNeeded()
{
    const DeskIdentity &identity = m_client.identity();
    if (!isNearItsEnd(identity.certificate(), m_clock.now())) {
        finish();
        return;
    }
    if (isRenewedAlready()) {
        emit identityChanged();
        finish();
        return;
    }
    const auto request = SigningRequest::make(identity.key(), identity.desk());
    if (!request) {
        note(request.error());
        finish();
        return;
    }
    m_client.renew(request->pem(), [this](const HubResult<wire::EnrolmentAnswer> &answer) {
        if (!answer) {
            note(answer.error().error);
        } else if (const auto kept = keepCertificate(*answer); !kept) {
            note(kept.error());
        } else {
            emit identityChanged();
        }
        finish();
    });
}

/// By another program of this desk.
bool DeskUpkeep::isRenewedAlready() const
{
    const auto provisioning = Provisioning::load(m_folder);
    return provisioning && provisioning->deskCertificate != m_client.identity().certificate().pem();
}

Result<void> DeskUpkeep::keepCertificate(const wire::EnrolmentAnswer &answer)
{
    auto provisioning = Provisioning::load(m_folder);
    if (!provisioning)
        return tl::unexpected(provisioning.error());
    const auto own = Certificate::fromPem(answer.certificate);
    const auto record = Certificate::fromPem(answer.recordCertificate);
    if (!own || !record || !own->belongsTo(m_client.identity().key()))
        return fail(ErrorCode::ProvisioningInvalid, u"the new certificate is not of our key"_s);
    provisioning->deskCertificate = answer.certificate;
    provisioning->recordCertificate = answer.recordCertificate;
    provisioning->validUntil = endOf(*own, *record);
    if (auto good = DeskIdentity::check(*provisioning); !good)
        return good;
    return provisioning->replace(m_folder);
}

void DeskUpkeep::finish()
{
    m_running = false;
    const int spread = int(std::chrono::milliseconds(mostSpread).count());
    m_next.start(quarter + std::chrono::milliseconds(QRandomGenerator::global()->bounded(spread)));
    emit finished(m_error);
}

} // namespace upgradedesk::sync
