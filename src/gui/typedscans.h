#pragma once

#include "identity/scanpayload.h"
#include "identity/scansplitter.h"

#include <QObject>
#include <QTimer>

namespace upgradedesk
{

/// Scans of a scanner that types, told apart. The lines of a machine-readable zone come one after
/// the other, each for as long as its keys take.
class TypedScans final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TypedScans)

public:
    explicit TypedScans(QObject *parent);

    /// One burst of keys, without the Enter at its end.
    void take(const QString &text);

signals:
    void scanned(const upgradedesk::ScanPayload &payload);

private:
    void tell(const QList<QByteArray> &scans);

    ScanSplitter m_splitter;
    QTimer m_silence;
};

} // namespace upgradedesk
