#include "core/error.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

struct Row {
    ErrorCode code;
    const char *key;
    ExitCode exit;
};

using enum ErrorCode;

constexpr std::array rows{
    Row{Usage, "usage", ExitCode::Usage},
    Row{ReaderNotFound, "reader-not-found", ExitCode::Device},
    Row{NamedReaderNotFound, "named-reader-not-found", ExitCode::Device},
    Row{ReaderSilent, "reader-silent", ExitCode::Device},
    Row{ReaderNameInvalid, "reader-name-invalid", ExitCode::Device},
    Row{ReaderBusy, "reader-busy", ExitCode::Device},
    Row{ReaderLost, "reader-lost", ExitCode::Device},
    Row{ReaderNotPermitted, "reader-not-permitted", ExitCode::Device},
    Row{PrinterAbsent, "printer-absent", ExitCode::Device},
    Row{PrinterNoPaper, "printer-no-paper", ExitCode::Device},
    Row{PrinterCoverOpen, "printer-cover-open", ExitCode::Device},
    Row{PrinterOffline, "printer-offline", ExitCode::Device},
    Row{PrinterFault, "printer-fault", ExitCode::Device},
    Row{PrinterSilent, "printer-silent", ExitCode::Device},
    Row{PrinterBusy, "printer-busy", ExitCode::Device},
    Row{PrinterNameInvalid, "printer-name-invalid", ExitCode::Usage},
    Row{NoCard, "no-card", ExitCode::No},
    Row{CardLost, "card-lost", ExitCode::Device},
    Row{PortNotFound, "port-not-found", ExitCode::Device},
    Row{PortBusy, "port-busy", ExitCode::Device},
    Row{PortNotPermitted, "port-not-permitted", ExitCode::Device},
    Row{PortLost, "port-lost", ExitCode::Device},
    Row{PortFailed, "port-failed", ExitCode::Device},
    Row{ScanGarbled, "scan-garbled", ExitCode::Device},
    Row{ZoneUnreadable, "zone-unreadable", ExitCode::No},
    Row{IdReaderSilent, "id-reader-silent", ExitCode::Device},
    Row{IdReaderFault, "id-reader-fault", ExitCode::Device},
    Row{IdReaderBroken, "id-reader-broken", ExitCode::Device},
    Row{IdCardMissing, "id-card-missing", ExitCode::No},
    Row{IdCardUnreadable, "id-card-unreadable", ExitCode::No},
    Row{IdCardRefused, "id-card-refused", ExitCode::No},
    Row{IdCardUnknown, "id-card-unknown", ExitCode::No},
    Row{IdCardContradictory, "id-card-contradictory", ExitCode::No},
    Row{IdCardExpired, "id-card-expired", ExitCode::No},
    Row{CatalogueUnreadable, "catalogue-unreadable", ExitCode::Store},
    Row{CatalogueInvalid, "catalogue-invalid", ExitCode::Store},
    Row{RulesUnreadable, "rules-unreadable", ExitCode::Store},
    Row{RulesInvalid, "rules-invalid", ExitCode::Store},
    Row{ResourceUnreadable, "resource-unreadable", ExitCode::Store},
    Row{ResourceInvalid, "resource-invalid", ExitCode::Store},
    Row{InputUnreadable, "input-unreadable", ExitCode::No},
    Row{InputInvalid, "input-invalid", ExitCode::No},
    Row{FileUnreadable, "file-unreadable", ExitCode::Usage},
    Row{NotProvisioned, "not-provisioned", ExitCode::NotPermitted},
    Row{ProvisioningInvalid, "provisioning-invalid", ExitCode::NotPermitted},
    Row{ProvisioningExpired, "provisioning-expired", ExitCode::NotPermitted},
    Row{TrainingFolder, "training-folder", ExitCode::NotPermitted},
    Row{NotTrainingFolder, "not-training-folder", ExitCode::NotPermitted},
    Row{AlreadyProvisioned, "already-provisioned", ExitCode::No},
    Row{KeyUnreadable, "key-unreadable", ExitCode::NotPermitted},
    Row{KeyExposed, "key-exposed", ExitCode::NotPermitted},
    Row{CryptoFailed, "crypto-failed", ExitCode::Store},
    Row{SignatureInvalid, "signature-invalid", ExitCode::No},
    Row{DataFolderUnwritable, "data-folder-unwritable", ExitCode::Store},
    Row{StoreReadOnly, "store-read-only", ExitCode::Store},
    Row{StoreFull, "store-full", ExitCode::Store},
    Row{StoreLocked, "store-locked", ExitCode::Store},
    Row{StoreDamaged, "store-damaged", ExitCode::Store},
    Row{StoreTooNew, "store-too-new", ExitCode::Store},
    Row{StoreFailed, "store-failed", ExitCode::Store},
    Row{RecordNotFound, "record-unknown", ExitCode::No},
    Row{RecordDecided, "record-decided", ExitCode::No},
    Row{QueueHeld, "queue-held", ExitCode::No},
    Row{JournalBroken, "journal-broken", ExitCode::No},
    Row{OutputLost, "output-lost", ExitCode::Store},
    Row{ConfigUnreadable, "config-unreadable", ExitCode::Store},
    Row{ConfigInvalid, "config-invalid", ExitCode::Store},
    Row{DatabaseUnreachable, "database-unreachable", ExitCode::Hub},
    Row{DatabaseRefused, "database-refused", ExitCode::Hub},
    Row{DatabaseMissing, "database-missing", ExitCode::Hub},
    Row{DatabaseBusy, "database-busy", ExitCode::Hub},
    Row{DatabaseFailed, "database-failed", ExitCode::Hub},
    Row{SchemaMissing, "schema-missing", ExitCode::Store},
    Row{SchemaOld, "schema-old", ExitCode::Store},
    Row{SchemaTooNew, "schema-too-new", ExitCode::Store},
    Row{HubMismatch, "hub-mismatch", ExitCode::Store},
    Row{HubKeyExposed, "hub-key-exposed", ExitCode::Store},
    Row{HubKeysUnusable, "hub-keys-unusable", ExitCode::Store},
    Row{AlreadyInitialised, "already-initialised", ExitCode::No},
    Row{PortTaken, "port-taken", ExitCode::Hub},
    Row{ListenRefused, "listen-refused", ExitCode::Store},
    Row{DeskUnknown, "desk-unknown", ExitCode::No},
    Row{DeskRevoked, "desk-revoked", ExitCode::No},
    Row{OperatorNotListed, "operator-not-listed", ExitCode::No},
    Row{OperatorExists, "operator-exists", ExitCode::No},
    Row{EnrolmentRefused, "enrolment-refused", ExitCode::NotPermitted},
    Row{HealthUnreachable, "health-unreachable", ExitCode::Hub},
    Row{QuestionReplayed, "question-replayed", ExitCode::No},
    Row{QuotaExceeded, "quota-exceeded", ExitCode::No},
    Row{HubRunning, "hub-running", ExitCode::No},
    Row{BackupFailed, "backup-failed", ExitCode::Store},
    Row{OperatorUnknown, "operator-unknown", ExitCode::NotPermitted},
    Row{PinMissing, "pin-missing", ExitCode::NotPermitted},
    Row{PinUnreadable, "pin-unreadable", ExitCode::NotPermitted},
    Row{PinWrong, "pin-wrong", ExitCode::NotPermitted},
    Row{PinLocked, "pin-locked", ExitCode::NotPermitted},
    Row{RoleMissing, "role-missing", ExitCode::NotPermitted},
    Row{CardNumberInvalid, "card-number-invalid", ExitCode::No},
    Row{ProductExempt, "product-exempt", ExitCode::No},
    Row{ProductNotLinkable, "product-not-linkable", ExitCode::No},
    Row{DocumentInvalid, "document-invalid", ExitCode::No},
    Row{DocumentKindNotAccepted, "document-kind-not-accepted", ExitCode::No},
    Row{NameInvalid, "name-invalid", ExitCode::No},
    Row{MediumInvalid, "medium-invalid", ExitCode::No},
    Row{GuardianMissing, "guardian-missing", ExitCode::No},
    Row{GuardianInvalid, "guardian-invalid", ExitCode::No},
    Row{AgentMissing, "agent-missing", ExitCode::No},
    Row{AgentIsHolder, "agent-is-holder", ExitCode::No},
    Row{AgentLimitReached, "agent-limit-reached", ExitCode::No},
    Row{ConsentMissing, "consent-missing", ExitCode::No},
    Row{ConsentVersionUnknown, "consent-version-unknown", ExitCode::No},
    Row{RulesNotInForce, "rules-not-in-force", ExitCode::No},
    Row{CardLinkedToOther, "card-linked-to-other", ExitCode::No},
    Row{CardNotLinked, "card-not-linked", ExitCode::No},
    Row{HolderMismatch, "holder-mismatch", ExitCode::No},
    Row{PersonHasPhysicalCard, "person-has-physical-card", ExitCode::No},
    Row{PersonHasPhoneCard, "person-has-phone-card", ExitCode::No},
    Row{NotOwnRecord, "not-own-record", ExitCode::No},
    Row{UndoWindowPassed, "undo-window-passed", ExitCode::No},
    Row{Superseded, "superseded", ExitCode::No},
    Row{SnapshotInvalid, "snapshot-invalid", ExitCode::Hub},
    Row{SnapshotOld, "snapshot-old", ExitCode::Hub},
    Row{SnapshotBusy, "snapshot-busy", ExitCode::Store},
    Row{HubStatesBusy, "hub-states-busy", ExitCode::Hub},
    Row{FileExists, "file-exists", ExitCode::No},
    Row{FileUnwritable, "file-unwritable", ExitCode::Usage},
    Row{HubAbsent, "hub-absent", ExitCode::Hub},
    Row{HubNoNetwork, "hub-no-network", ExitCode::Hub},
    Row{HubNoAnswer, "hub-no-answer", ExitCode::Hub},
    Row{HubNotTrusted, "hub-not-trusted", ExitCode::Hub},
    Row{HubRefusesDesk, "hub-refuses-desk", ExitCode::Hub},
    Row{HubFailed, "hub-failed", ExitCode::Hub},
    Row{NoUsbStick, "no-usb-stick", ExitCode::Usage},
    Row{DocumentOlder, "document-older", ExitCode::No},
    Row{EnrolmentCodeWrong, "enrolment-code-wrong", ExitCode::No},
    Row{EnrolmentNoHub, "enrolment-no-hub", ExitCode::Hub},
    Row{EnrolmentHubFailed, "enrolment-hub-failed", ExitCode::Hub},
    Row{EnrolmentOtherHub, "enrolment-other-hub", ExitCode::Hub},
    Row{EnrolmentOtherProfile, "enrolment-other-profile", ExitCode::NotPermitted},
    Row{EnrolmentOtherDesk, "enrolment-other-desk", ExitCode::NotPermitted},
    Row{ProfileMismatch, "profile-mismatch", ExitCode::NotPermitted},
    Row{ProvisioningFileInvalid, "provisioning-file-invalid", ExitCode::No},
    Row{ProvisioningOtherRequest, "provisioning-other-request", ExitCode::NotPermitted},
    Row{ProvisioningOtherHub, "provisioning-other-hub", ExitCode::Hub},
    Row{ProvisioningUnconfirmed, "provisioning-unconfirmed", ExitCode::Hub},
    Row{HubAddressMissing, "hub-address-missing", ExitCode::Hub},
};

static_assert(rows.size() == size_t(HubAddressMissing) + 1, "each code has its row");

} // namespace

QString errorKey(ErrorCode code)
{
    return QString::fromLatin1(rows[size_t(code)].key);
}

std::optional<ErrorCode> errorFromKey(QStringView key)
{
    const auto row = std::ranges::find_if(
        rows, [key](const Row &candidate) { return key == QLatin1StringView(candidate.key); });
    if (row == rows.end())
        return std::nullopt;
    return row->code;
}

ExitCode exitCode(ErrorCode code)
{
    return rows[size_t(code)].exit;
}

QList<ErrorCode> allErrorCodes()
{
    QList<ErrorCode> codes;
    for (const Row &row : rows)
        codes << row.code;
    return codes;
}

} // namespace upgradedesk
