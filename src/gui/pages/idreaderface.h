#pragma once

#include "core/linkrequest.h"
#include "gui/idreaderstate.h"

#include <QWidget>

#include <optional>

class QLabel;

namespace upgradedesk
{

class DocumentKinds;
class HeadlineLabel;
class IdReaderArt;
class ResultDisc;

/// What ② shows while a document is to be placed on the ID reader: where to put it, that it is
/// being read, who was read (masked), or why not.
class IdReaderFace final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(IdReaderFace)

public:
    explicit IdReaderFace(QWidget *parent = nullptr);

    /// `person` is who was read or is known already; nothing: a document is waited for.
    void present(const IdReaderState &reader, const std::optional<Person> &person,
                 const DocumentKinds &kinds);

    /// Nothing of a passenger stays in a widget.
    void forget();

    /// What it says first, for a screen reader.
    [[nodiscard]] QString headline() const;

private:
    IdReaderArt *m_art;
    ResultDisc *m_disc;
    HeadlineLabel *m_title;
    QLabel *m_sub;
};

} // namespace upgradedesk
