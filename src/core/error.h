#pragma once

#include <QString>
#include <QStringList>

#include <optional>

namespace upgradedesk
{

/// What went wrong, for programs. errorKey() gives the stable word of it (contracts.md,
/// resources/texts/errors.json).
enum class ErrorCode {
    Usage,
    // device
    ReaderNotFound,
    NamedReaderNotFound,
    ReaderSilent,
    ReaderNameInvalid,
    ReaderBusy,
    ReaderLost,
    ReaderNotPermitted,
    PrinterAbsent,
    PrinterNoPaper,
    PrinterCoverOpen,
    PrinterOffline,
    PrinterFault,
    PrinterSilent,
    PrinterBusy,
    PrinterNameInvalid,
    NoCard,
    CardLost,
    PortNotFound,
    PortBusy,
    PortNotPermitted,
    PortLost,
    PortFailed,
    ScanGarbled,
    ZoneUnreadable,
    IdReaderSilent,
    IdReaderFault,
    IdReaderBroken,
    IdCardMissing,
    IdCardUnreadable,
    IdCardRefused,
    IdCardUnknown,
    IdCardContradictory,
    IdCardExpired,
    // data files
    CatalogueUnreadable,
    CatalogueInvalid,
    RulesUnreadable,
    RulesInvalid,
    ResourceUnreadable,
    ResourceInvalid,
    // input
    InputUnreadable,
    InputInvalid,
    FileUnreadable,
    // the desk's identity
    NotProvisioned,
    ProvisioningInvalid,
    ProvisioningExpired,
    TrainingFolder,
    NotTrainingFolder,
    AlreadyProvisioned,
    KeyUnreadable,
    KeyExposed,
    // crypto
    CryptoFailed,
    SignatureInvalid,
    // local store
    DataFolderUnwritable,
    StoreReadOnly,
    StoreFull,
    StoreLocked,
    StoreDamaged,
    StoreTooNew,
    StoreFailed,
    RecordNotFound,
    RecordDecided,
    QueueHeld,
    JournalBroken,
    OutputLost,
    // the central service
    ConfigUnreadable,
    ConfigInvalid,
    DatabaseUnreachable,
    DatabaseRefused,
    DatabaseMissing,
    DatabaseBusy,
    DatabaseFailed,
    SchemaMissing,
    SchemaOld,
    SchemaTooNew,
    HubMismatch,
    HubKeyExposed,
    HubKeysUnusable,
    AlreadyInitialised,
    PortTaken,
    ListenRefused,
    DeskUnknown,
    DeskRevoked,
    OperatorNotListed,
    OperatorExists,
    EnrolmentRefused,
    HealthUnreachable,
    QuestionReplayed,
    QuotaExceeded,
    HubRunning,
    BackupFailed,
    // operators
    OperatorUnknown,
    PinMissing,
    PinUnreadable,
    PinWrong,
    PinLocked,
    RoleMissing,
    // refused by a rule; the hub uses the same words
    CardNumberInvalid,
    ProductExempt,
    ProductNotLinkable,
    DocumentInvalid,
    DocumentKindNotAccepted,
    NameInvalid,
    MediumInvalid,
    GuardianMissing,
    GuardianInvalid,
    AgentMissing,
    AgentIsHolder,
    AgentLimitReached,
    ConsentMissing,
    ConsentVersionUnknown,
    RulesNotInForce,
    CardLinkedToOther,
    CardNotLinked,
    HolderMismatch,
    PersonHasPhysicalCard,
    PersonHasPhoneCard,
    NotOwnRecord,
    UndoWindowPassed,
    Superseded,
    // the city's card states
    SnapshotInvalid,
    SnapshotOld,
    SnapshotBusy,
    HubStatesBusy,
    // files for the USB way, and questions only the hub can answer
    FileExists,
    FileUnwritable,
    HubAbsent,
    // why the hub is not reached: five causes, told apart
    HubNoNetwork,
    HubNoAnswer,
    HubNotTrusted,
    HubRefusesDesk,
    HubFailed,
    NoUsbStick,
    // between desk and hub
    DocumentOlder,
    EnrolmentCodeWrong,
    EnrolmentNoHub,
    EnrolmentHubFailed,
    EnrolmentOtherHub,
    EnrolmentOtherProfile,
    EnrolmentOtherDesk,
    ProfileMismatch,
    // identities that come as a file
    ProvisioningFileInvalid,
    ProvisioningOtherRequest,
    ProvisioningOtherHub,
    ProvisioningUnconfirmed,
    HubAddressMissing,
};

/// A failure in normal life. `detail` is English and for the log only; `args` fill %1, %2 of the
/// sentence. Neither may hold a name, a document number or a card number.
struct Error {
    ErrorCode code = ErrorCode::Usage;
    QString detail;
    QStringList args;
};

/// Exit codes of deskctl, as in contracts.md.
enum class ExitCode : int {
    Done = 0,
    No = 1,
    Usage = 2,
    Device = 3,
    Hub = 4,
    Store = 5,
    NotPermitted = 6
};

[[nodiscard]] QString errorKey(ErrorCode code);
[[nodiscard]] std::optional<ErrorCode> errorFromKey(QStringView key);
[[nodiscard]] ExitCode exitCode(ErrorCode code);

/// Every code once, for tables and tests.
[[nodiscard]] QList<ErrorCode> allErrorCodes();

} // namespace upgradedesk
