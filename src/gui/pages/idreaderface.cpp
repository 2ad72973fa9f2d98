#include "gui/pages/idreaderface.h"

#include "core/masking.h"
#include "gui/pages/headlinelabel.h"
#include "gui/pages/words.h"
#include "gui/widgets/idreaderart.h"
#include "gui/widgets/resultdisc.h"
#include "identity/documentkinds.h"

#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace upgradedesk
{

IdReaderFace::IdReaderFace(QWidget *parent)
    : QWidget(parent)
    , m_art(new IdReaderArt(this))
    , m_disc(new ResultDisc(this))
    , m_title(new HeadlineLabel(this))
    , m_sub(new QLabel(this))
{
    m_title->setObjectName(u"idTitle"_s);
    m_title->setLargest(u"headline"_s);
    m_title->setAlignment(Qt::AlignCenter);
    m_sub->setObjectName(u"idSub"_s);
    m_sub->setProperty("type", u"sub"_s);
    m_sub->setAlignment(Qt::AlignCenter);
    m_sub->setWordWrap(true);
    m_disc->setResult(ResultDisc::Result::Good);

    constexpr int artGap = 32;
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addStretch();
    column->addWidget(m_art, 0, Qt::AlignHCenter);
    column->addWidget(m_disc, 0, Qt::AlignHCenter);
    column->addSpacing(artGap);
    column->addWidget(m_title);
    column->addWidget(m_sub);
    column->addStretch();
}

void IdReaderFace::present(const IdReaderState &reader, const std::optional<Person> &person,
                           const DocumentKinds &kinds)
{
    m_disc->setVisible(person.has_value());
    m_art->setVisible(!person);
    if (person) {
        m_title->setText(maskName(person->name));
        const DocumentKind *kind = kinds.kind(person->documentKind);
        //: id.read: kind of document, masked number
        m_sub->setText(tr("%1 %2").arg(kind ? kind->name.in(pageLanguage()) : QString(),
                                       maskDocumentNumber(person->documentNumber)));
    } else if (reader.link == IdReaderState::Link::Lost) {
        //: st.id.off: the reader of identity cards
        m_title->setText(tr("证件机未连接"));
        m_sub->setText(reader.trouble ? errorText(*reader.trouble) : QString());
    } else if (reader.reading) {
        //: id.reading
        m_title->setText(tr("正在读证件"));
        //: id.reading.sub
        m_sub->setText(tr("请不要移开"));
    } else if (reader.unread) {
        const bool again = reader.unread->code == ErrorCode::IdCardUnreadable;
        //: err.id.title / id.other
        m_title->setText(again ? tr("请再放一次") : tr("请换一个证件"));
        m_sub->setText(errorText(*reader.unread));
    } else {
        //: id.wait
        m_title->setText(tr("请放证件"));
        //: id.wait.sub
        m_sub->setText(tr("放上证件机，读到后自动进入下一步；已经放着的，请拿起重新放置"));
    }
}

void IdReaderFace::forget()
{
    m_title->setText({});
    m_sub->setText({});
}

QString IdReaderFace::headline() const
{
    return m_title->text();
}

} // namespace upgradedesk
