#include "identity/name.h"

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

constexpr qsizetype longest = 60;

bool isAllowed(char32_t character)
{
    switch (QChar::category(character)) {
    case QChar::Other_Control:
    case QChar::Other_Format: // direction characters and other invisible ones
    case QChar::Other_Surrogate:
    case QChar::Other_NotAssigned:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
        return false;
    default:
        return true;
    }
}

/// The dots people type between the parts of a name.
char32_t foldDot(char32_t character)
{
    const bool dot = character == U'\u2022' || character == U'\u30FB' || character == U'\uFF0E';
    return dot ? U'\u00B7' : character;
}

} // namespace

Result<QString> normaliseName(const QString &typed)
{
    if (!typed.isValidUtf16())
        return fail(ErrorCode::NameInvalid, u"lone surrogate"_s);
    std::u32string name = typed.trimmed().toStdU32String();
    if (name.empty() || name.size() > size_t(longest))
        return fail(ErrorCode::NameInvalid, u"length"_s);
    for (char32_t &character : name) {
        if (!isAllowed(character))
            return fail(ErrorCode::NameInvalid, u"control or direction character"_s);
        character = foldDot(character);
    }
    return QString::fromStdU32String(name);
}

} // namespace upgradedesk
