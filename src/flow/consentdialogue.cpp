#include "flow/consentdialogue.h"

#include "flow/rules.h"

namespace upgradedesk
{

void ConsentDialogue::begin(const Notice &notice, Language language)
{
    m_purposes = notice.purposes;
    m_sheet = ConsentSheet{};
    m_sheet->count = int(m_purposes.size());
    m_sheet->language = language;
    m_sheet->version = notice.version;
    show(0);
}

void ConsentDialogue::end()
{
    m_sheet.reset();
    m_purposes.clear();
}

void ConsentDialogue::show(int index)
{
    m_sheet->number = ++m_shown;
    m_sheet->index = index;
    m_sheet->purpose = m_purposes.value(index);
}

ConsentDialogue::Outcome ConsentDialogue::answer(quint64 sheet, bool agrees)
{
    if (!m_sheet || sheet != m_sheet->number)
        return Outcome::Ignored;
    if (!agrees) {
        end();
        return Outcome::Declined;
    }
    if (m_sheet->index + 1 >= m_sheet->count) {
        end();
        return Outcome::AllAgreed;
    }
    show(m_sheet->index + 1);
    return Outcome::NextQuestion;
}

} // namespace upgradedesk
