#include "hub/desks.h"

#include "crypto/csr.h"
#include "crypto/enrolmentcode.h"
#include "hub/ledger.h"

#include <QCryptographicHash>

using namespace Qt::StringLiterals;

namespace upgradedesk::hub
{
namespace
{

constexpr int codeHours = 24;
constexpr int mostTries = 5;
constexpr int deskDays = 397;
constexpr qsizetype lookupSize = 4; ///< bytes of a code that name it, 12 stay secret

QString lookupOf(const EnrolmentCode &code)
{
    return QString::fromLatin1(code.secret().first(lookupSize).toHex());
}

QByteArray hashOf(const EnrolmentCode &code)
{
    return QCryptographicHash::hash(code.secret(), QCryptographicHash::Sha256);
}

/// One answer for every reason: which codes exist is nobody's business.
tl::unexpected<Error> refused(const QString &why)
{
    return fail(ErrorCode::EnrolmentRefused, why);
}

constexpr auto callerSql =
    "SELECT d.id, d.station, d.revoked IS NOT NULL,"
    " (SELECT string_agg(k.pem, '' ORDER BY k.issued DESC) FROM desk_certificate k"
    " WHERE k.desk = d.id), (SELECT value FROM setting WHERE name = 'token-key'), ms(d.enrolled) "
    "FROM desk d";

/// The one a desk shows, and the newest few beside it: what waits in its queue may be signed with
/// the one before. Each is tried with each record, so it must not matter how many it was given.
constexpr auto callerWithCertificateSql =
    "SELECT d.id, d.station, d.revoked IS NOT NULL, (SELECT string_agg(n.pem, '' ORDER BY n.shown"
    " DESC, n.issued DESC) FROM (SELECT k.pem, k.issued, k.fingerprint = $1::bytea AS shown"
    " FROM desk_certificate k WHERE k.desk = d.id ORDER BY shown DESC, k.issued DESC LIMIT 5) n),"
    " (SELECT value FROM setting WHERE name = 'token-key'), ms(d.enrolled) FROM desk d"
    " WHERE d.id = (SELECT desk FROM desk_certificate WHERE fingerprint = $1::bytea)";

} // namespace

Result<Invitation> Desks::invite(const QString &station, const QString &stationName,
                                 const QString &name)
{
    const auto random = Secret::random(4);
    if (!random)
        return tl::unexpected(random.error());
    const QDateTime now = m_hub.clock.now();
    const auto made =
        newInvitation(u"desk-"_s + QString::fromLatin1(random->view().toByteArray().toHex()));
    if (!made)
        return made;
    const auto done = m_hub.database.transact([&](Session &session) -> Result<void> {
        const auto stationRow = session.run(
            "INSERT INTO station VALUES ($1, $2) ON CONFLICT (id) DO NOTHING",
            Parameters().text(station).text(stationName.isEmpty() ? station : stationName));
        if (!stationRow)
            return tl::unexpected(stationRow.error());
        if (stationRow->affected() == 1) {
            // So that a desk finds a roster, if an empty one.
            if (const auto roster = publishRoster(session, station, now); !roster)
                return roster;
        }
        const auto desk =
            session.run("INSERT INTO desk (id, name, station, invited)"
                        " VALUES ($1, $2, $3, $4::timestamptz)",
                        Parameters().text(made->desk).text(name).text(station).time(now));
        if (!desk)
            return tl::unexpected(desk.error());
        return keep(session, *made);
    });
    if (!done)
        return tl::unexpected(done.error());
    return made;
}

Result<Invitation> Desks::inviteAgain(const QString &desk)
{
    const auto made = newInvitation(desk);
    if (!made)
        return made;
    const auto done = m_hub.database.transact([&](Session &session) -> Result<void> {
        const auto there =
            session.run("SELECT revoked IS NOT NULL FROM desk WHERE id = $1 FOR UPDATE",
                        Parameters().text(desk));
        if (!there)
            return tl::unexpected(there.error());
        if (there->isEmpty())
            return fail(ErrorCode::DeskUnknown, u"no such desk"_s);
        if (there->flag(0, 0))
            return fail(ErrorCode::DeskRevoked, u"the desk is revoked"_s);
        return keep(session, *made);
    });
    if (!done)
        return tl::unexpected(done.error());
    return made;
}

Result<Invitation> Desks::newInvitation(const QString &desk) const
{
    const auto code = EnrolmentCode::make(m_hub.keys.authority);
    if (!code)
        return tl::unexpected(code.error());
    return Invitation{desk, *code, m_hub.clock.now().addSecs(codeHours * 3600)};
}

/// In the place of an earlier code of the same desk.
Result<void> Desks::keep(Session &session, const Invitation &invitation)
{
    const auto kept = session.run(
        "INSERT INTO invitation (desk, lookup, code_hash, expires)"
        " VALUES ($1, $2, $3::bytea, $4::timestamptz) ON CONFLICT (desk) DO UPDATE SET"
        " lookup = excluded.lookup, code_hash = excluded.code_hash, expires = excluded.expires,"
        " tries = 0, request_key = NULL",
        Parameters()
            .text(invitation.desk)
            .text(lookupOf(invitation.code))
            .bytes(hashOf(invitation.code))
            .time(invitation.expires));
    if (!kept)
        return tl::unexpected(kept.error());
    return {};
}

Result<QList<DeskEntry>> Desks::list()
{
    QList<DeskEntry> entries;
    const auto done = m_hub.database.transact([&](Session &session) -> Result<void> {
        // All records are gone through.
        if (const auto patient = session.script("SET LOCAL statement_timeout = 0"); !patient)
            return patient;
        const auto rows = session.run(
            "SELECT d.id, d.name, d.station, s.name, ms(d.invited), ms(d.enrolled), ms(d.revoked),"
            " ms(r.newest) FROM desk d JOIN station s ON s.id = d.station LEFT JOIN (SELECT desk,"
            " max(at) AS newest FROM records GROUP BY desk) r ON r.desk = d.id"
            " ORDER BY d.invited, d.id");
        if (!rows)
            return tl::unexpected(rows.error());
        entries.clear();
        for (int row = 0; row < rows->size(); ++row)
            entries << DeskEntry{rows->text(row, 0), rows->text(row, 1), rows->text(row, 2),
                                 rows->text(row, 3), rows->time(row, 4), rows->time(row, 5),
                                 rows->time(row, 6), rows->time(row, 7)};
        return {};
    });
    if (!done)
        return tl::unexpected(done.error());
    return entries;
}

Result<wire::DeskSecrets> Desks::secretsFor(const QString &station, qint64 number) const
{
    const auto tokenKey = m_hub.keys.tokenKey(number);
    const auto pepper = m_hub.keys.pepper(station);
    if (!tokenKey)
        return tl::unexpected(tokenKey.error());
    if (!pepper)
        return tl::unexpected(pepper.error());
    return wire::DeskSecrets{QString::number(number), tokenKey->view().toByteArray(),
                             pepper->view().toByteArray()};
}

Result<std::optional<Certificate>> Desks::lastOf(Session &session, const QString &desk,
                                                 const QByteArray &keyHash)
{
    const auto rows = session.run("SELECT pem FROM desk_certificate WHERE desk = $1"
                                  " ORDER BY issued DESC LIMIT 1",
                                  Parameters().text(desk));
    if (!rows)
        return tl::unexpected(rows.error());
    auto last = rows->isEmpty() ? std::nullopt : certificateOf(rows->text(0, 0).toLatin1());
    if (last && (last->keyHash() != keyHash || !last->isInForce(m_hub.clock.now())))
        last.reset();
    return last;
}

Result<Certificate> Desks::newCertificate(Session &session, const wire::EnrolmentAnswer &answer,
                                          const SigningRequest &request)
{
    const QDateTime now = m_hub.clock.now();
    const auto certificate =
        Certificate::issue({answer.profile, CertificateRole::Desk, answer.desk, answer.station,
                            now.addDays(-1), now.addDays(deskDays)},
                           request, m_hub.keys.authority, m_hub.keys.authorityKey);
    if (!certificate)
        return certificate;
    const auto kept =
        session.run("INSERT INTO desk_certificate VALUES ($1::bytea, $2, $3, $4::timestamptz)",
                    Parameters()
                        .bytes(certificate->fingerprint())
                        .text(answer.desk)
                        .text(QString::fromLatin1(certificate->pem()))
                        .time(now));
    if (!kept)
        return tl::unexpected(kept.error());
    const auto noted =
        session.run("UPDATE desk SET enrolled = coalesce(enrolled, $2::timestamptz) WHERE id = $1",
                    Parameters().text(answer.desk).time(now));
    if (!noted)
        return tl::unexpected(noted.error());
    if (const auto listed = noteInLedger(session, m_hub.config,
                                         ledgerOfDesk(answer.desk, answer.deskName, answer.station,
                                                      answer.stationName, certificate->pem(), now));
        !listed)
        return tl::unexpected(listed.error());
    return certificate;
}

Result<wire::EnrolmentAnswer> Desks::issue(Session &session, const QString &desk,
                                           const SigningRequest &request, bool again)
{
    const auto rows = session.run("SELECT d.name, d.station, s.name, d.revoked IS NOT NULL"
                                  " FROM desk d JOIN station s ON s.id = d.station"
                                  " WHERE d.id = $1 FOR UPDATE OF d",
                                  Parameters().text(desk));
    if (!rows)
        return tl::unexpected(rows.error());
    if (rows->isEmpty())
        return fail(ErrorCode::DeskUnknown, u"no such desk"_s);
    if (rows->flag(0, 3))
        return fail(ErrorCode::DeskRevoked, u"the desk is revoked"_s);
    wire::EnrolmentAnswer answer;
    answer.desk = desk;
    answer.deskName = rows->text(0, 0);
    answer.station = rows->text(0, 1);
    answer.stationName = rows->text(0, 2);
    answer.hub = m_hub.config.hub;
    answer.profile = m_hub.keys.profile;

    // A network that loses answers must not leave a certificate for each.
    auto known = again ? lastOf(session, desk, request.keyHash())
                       : Result<std::optional<Certificate>>(std::nullopt);
    if (!known)
        return tl::unexpected(known.error());
    const auto certificate =
        *known ? Result<Certificate>(**known) : newCertificate(session, answer, request);
    if (!certificate)
        return tl::unexpected(certificate.error());
    answer.certificate = certificate->pem();
    answer.chain = m_hub.keys.authority.pem();
    answer.recordCertificate = m_hub.keys.record.pem();
    // A revocation of this desk waits for the row above, and its key for the revocation.
    const auto number = setting(session, u"token-key"_s);
    if (!number)
        return tl::unexpected(number.error());
    auto secrets = secretsFor(answer.station, number->toLongLong());
    if (!secrets)
        return tl::unexpected(secrets.error());
    answer.secrets = *secrets;
    answer.stamp = m_hub.stamp();
    return answer;
}

Result<wire::EnrolmentAnswer> Desks::enrol(const wire::EnrolmentRequest &request)
{
    const auto code = EnrolmentCode::fromText(request.code);
    if (!code)
        return refused(u"no code of ours"_s);
    const auto csr = SigningRequest::fromPem(request.csr);
    if (!csr)
        return tl::unexpected(csr.error());

    // A try counts even when the rest fails: in a transaction of its own.
    const auto rows = m_hub.database.run(
        "UPDATE invitation SET tries = tries + CASE WHEN code_hash = $2::bytea THEN 0 ELSE 1 END"
        " WHERE lookup = $1 RETURNING desk, code_hash = $2::bytea, tries > $3::integer,"
        " expires <= $4::timestamptz, request_key IS NOT NULL AND request_key <> $5::bytea",
        Parameters()
            .text(lookupOf(*code))
            .bytes(hashOf(*code))
            .number(mostTries - 1)
            .time(m_hub.clock.now())
            .bytes(csr->keyHash()));
    if (!rows)
        return tl::unexpected(rows.error());
    if (rows->isEmpty() || !rows->flag(0, 1))
        return refused(u"unknown code"_s);
    if (rows->flag(0, 2))
        return refused(u"void after too many tries"_s);
    if (rows->flag(0, 3))
        return refused(u"expired"_s);
    if (rows->flag(0, 4))
        return refused(u"used"_s);

    const QString desk = rows->text(0, 0);
    // The folder would refuse the answer, and the code would be spent on nobody.
    if (!request.desk.isEmpty() && request.desk != desk)
        return fail(ErrorCode::EnrolmentOtherDesk, u"the folder of another desk"_s, {request.desk});
    Result<wire::EnrolmentAnswer> answer = refused(u"used"_s);
    const auto done = m_hub.database.transact([&](Session &session) -> Result<void> {
        const auto before = session.run("SELECT request_key = $2::bytea FROM invitation"
                                        " WHERE desk = $1 FOR UPDATE",
                                        Parameters().text(desk).bytes(csr->keyHash()));
        if (!before)
            return tl::unexpected(before.error());
        const bool isUsed = !before->isEmpty() && !before->isNull(0, 0);
        if (before->isEmpty() || (isUsed && !before->flag(0, 0)))
            return refused(u"used meanwhile"_s);
        const auto used = session.run("UPDATE invitation SET request_key = $2::bytea"
                                      " WHERE desk = $1",
                                      Parameters().text(desk).bytes(csr->keyHash()));
        if (!used)
            return tl::unexpected(used.error());
        answer = issue(session, desk, *csr, isUsed);
        if (!answer)
            return tl::unexpected(answer.error());
        return {};
    });
    if (!done)
        return tl::unexpected(done.error());
    return answer;
}

Result<wire::EnrolmentAnswer> Desks::certify(const QString &desk, const QByteArray &csr)
{
    return certified(desk, csr, true);
}

Result<std::optional<QDateTime>> Desks::speaksUntil(const QString &desk)
{
    const auto caller = byId(desk);
    if (!caller)
        return tl::unexpected(caller.error());
    std::optional<QDateTime> until;
    if (!*caller || (*caller)->revoked)
        return until;
    for (const Certificate &one : (*caller)->signer.certificates) {
        if (one.isInForce(m_hub.clock.now()) && (!until || *until < one.until()))
            until = one.until();
    }
    return until;
}

Result<wire::EnrolmentAnswer> Desks::certified(const QString &desk, const QByteArray &csr,
                                               bool usesCode)
{
    const auto request = SigningRequest::fromPem(csr);
    if (!request)
        return tl::unexpected(request.error());
    Result<wire::EnrolmentAnswer> answer = refused(u"not tried"_s);
    const auto done = m_hub.database.transact([&](Session &session) -> Result<void> {
        answer = issue(session, desk, *request, false);
        if (!answer)
            return tl::unexpected(answer.error());
        if (!usesCode)
            return {};
        return session
            .run("UPDATE invitation SET request_key = $2::bytea WHERE desk = $1"
                 " AND request_key IS NULL",
                 Parameters().text(desk).bytes(request->keyHash()))
            .map([](const Rows &) {});
    });
    if (!done)
        return tl::unexpected(done.error());
    return answer;
}

Result<wire::EnrolmentAnswer> Desks::renew(const Caller &caller,
                                           const wire::RenewalRequest &request)
{
    return certified(caller.signer.desk, request.csr, false);
}

Result<wire::KeysAnswer> Desks::keysFor(const Caller &caller)
{
    // Whether it is good and which key is in force in one statement: a revocation in between would
    // give it the key that is to be kept from it.
    const auto number = m_hub.database.run("SELECT s.value FROM setting s JOIN desk d ON d.id = $1"
                                           " WHERE s.name = 'token-key' AND d.revoked IS NULL",
                                           Parameters().text(caller.signer.desk));
    if (!number)
        return tl::unexpected(number.error());
    if (number->isEmpty())
        return fail(ErrorCode::DeskRevoked, u"the desk is revoked"_s);
    const auto secrets = secretsFor(caller.station, number->number(0, 0));
    if (!secrets)
        return tl::unexpected(secrets.error());
    return wire::KeysAnswer{*secrets, m_hub.keys.record.pem(), m_hub.stamp()};
}

Result<std::optional<Caller>> Desks::found(const Rows &rows)
{
    if (rows.isEmpty())
        return std::optional<Caller>();
    Caller caller;
    caller.signer.desk = rows.text(0, 0);
    caller.station = rows.text(0, 1);
    caller.revoked = rows.flag(0, 2);
    caller.tokenKey = rows.text(0, 4);
    caller.signer.enrolled = rows.time(0, 5);
    caller.signer.certificates = m_certificates.read(rows.text(0, 3).toLatin1());
    return std::optional(std::move(caller));
}

std::optional<Certificate> Desks::certificateOf(const QByteArray &pem)
{
    const auto certificates = m_certificates.read(pem);
    return certificates.empty() ? std::nullopt : std::optional(certificates.front());
}

Result<std::optional<Caller>> Desks::byCertificate(const Certificate &certificate)
{
    const auto rows =
        m_hub.database.run(callerWithCertificateSql, Parameters().bytes(certificate.fingerprint()));
    if (!rows)
        return tl::unexpected(rows.error());
    return found(*rows);
}

Result<std::optional<Caller>> Desks::byId(const QString &desk)
{
    static const QByteArray sql = QByteArray(callerSql) + " WHERE d.id = $1";
    const auto rows = m_hub.database.run(sql.constData(), Parameters().text(desk));
    if (!rows)
        return tl::unexpected(rows.error());
    return found(*rows);
}

} // namespace upgradedesk::hub
