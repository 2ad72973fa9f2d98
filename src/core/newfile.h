#pragma once

#include "core/result.h"

#include <QByteArrayView>
#include <QFile>
#include <QString>

#include <memory>

namespace upgradedesk
{

/// A file written beside its place and moved there when it is whole and on the disk. It never takes
/// the place of a file that exists, and an end without finish() leaves nothing behind.
class NewFile final
{
public:
    /// Readable for this user only. Fails with FileExists or FileUnwritable (args: path).
    [[nodiscard]] static Result<NewFile> create(const QString &path);

    NewFile(NewFile &&) noexcept = default;
    NewFile &operator=(NewFile &&) noexcept = default;
    ~NewFile();

    /// Fails with FileUnwritable.
    [[nodiscard]] Result<void> write(QByteArrayView bytes);

    /// Syncs the file, gives it its name and syncs the folder. Fails with FileExists, when somebody
    /// made a file of this name meanwhile, or FileUnwritable.
    [[nodiscard]] Result<void> finish();

private:
    explicit NewFile(const QString &path);

    [[nodiscard]] tl::unexpected<Error> unwritable() const;

    QString m_path;
    std::unique_ptr<QFile> m_file; ///< under its name while it is written
};

} // namespace upgradedesk
