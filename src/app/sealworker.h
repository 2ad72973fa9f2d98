#pragma once

#include "core/linkrequest.h"
#include "flow/rules.h"
#include "storage/records.h"
#include "sync/deskidentity.h"

#include <QObject>

#include <memory>

namespace upgradedesk
{

/// The crypto thread: turns checked links into sealed rows. One takes about 0.3 ms.
class SealWorker final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SealWorker)

public:
    /// `identity` and `clock` must outlive the worker.
    SealWorker(QString folder, const sync::DeskIdentity &identity, Rules rules, const Clock &clock);

    /// The end of the journal that the next record names.
    void setAnchor(const storage::JournalHead &head);
    /// Those of the next record.
    void setRules(const upgradedesk::Rules &rules);
    /// Certificates on the disk are new: from now on records are sealed with those.
    void renewIdentity();

    void seal(const LinkRequest &request);
    /// What takes a record back; answers with sealed() or revokeFailed().
    void sealRevoke(const QString &record, const QString &operatorId);

signals:
    void sealed(const upgradedesk::storage::NewRecord &record);
    void failed(const upgradedesk::Error &error);
    void revokeFailed(const upgradedesk::Error &error);

private:
    const QString m_folder;
    const sync::DeskIdentity *m_identity;
    std::unique_ptr<const sync::DeskIdentity> m_renewed;
    Rules m_rules;
    const Clock &m_clock;
    storage::JournalHead m_anchor;
};

} // namespace upgradedesk
