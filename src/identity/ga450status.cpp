#include "identity/ga450status.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

struct StatusRow {
    quint8 status;
    Ga450Meaning meaning;
    ErrorCode error;
};

using enum Ga450Meaning;

constexpr std::array statusRows{
    StatusRow{0x90, Done, ErrorCode::IdReaderFault},
    StatusRow{0x9F, CardFound, ErrorCode::IdReaderFault},
    StatusRow{0x80, NoCard, ErrorCode::IdCardMissing},
    StatusRow{0x81, SelectFailed, ErrorCode::IdCardUnreadable},
    StatusRow{0x41, ReadFailed, ErrorCode::IdCardUnreadable},
    StatusRow{0x31, Refused, ErrorCode::IdCardRefused},
    StatusRow{0x32, Refused, ErrorCode::IdCardRefused},
    StatusRow{0x33, Refused, ErrorCode::IdCardRefused},
    StatusRow{0x40, UnknownCard, ErrorCode::IdCardUnknown},
    StatusRow{0x91, Empty, ErrorCode::IdCardUnreadable},
    StatusRow{0x47, ResetNeeded, ErrorCode::IdReaderFault},
    StatusRow{0x60, OutOfService, ErrorCode::IdReaderBroken},
    StatusRow{0x66, OutOfService, ErrorCode::IdReaderBroken},
    StatusRow{0x10, Fault, ErrorCode::IdReaderFault},
    StatusRow{0x11, Fault, ErrorCode::IdReaderFault},
    StatusRow{0x21, Fault, ErrorCode::IdReaderFault},
    StatusRow{0x23, Fault, ErrorCode::IdReaderFault},
    StatusRow{0x24, Fault, ErrorCode::IdReaderFault},
};

const StatusRow &rowOf(quint8 status)
{
    const auto *const row = std::ranges::find(statusRows, status, &StatusRow::status);
    return row == statusRows.end() ? statusRows.back() : *row; // "unknown fault"
}

} // namespace

Ga450Meaning ga450Meaning(quint8 status)
{
    return rowOf(status).meaning;
}

Error ga450Error(quint8 status)
{
    const auto hex = [](quint8 byte) { return u"%1"_s.arg(byte, 2, 16, QChar(u'0')).toUpper(); };
    const StatusRow &row = rowOf(status);
    Error error{row.error, u"SW3 "_s + hex(status), {}};
    // Of a card staff need no code, of the reader they tell it on.
    if (exitCode(row.error) == ExitCode::Device)
        error.args = {hex(status), u"#ga450."_s + hex(row.status)};
    return error;
}

} // namespace upgradedesk
