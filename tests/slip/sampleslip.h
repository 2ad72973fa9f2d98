#pragma once

#include "core/masking.h"
#include "slip/slip.h"

namespace upgradedesk::test
{

using namespace Qt::StringLiterals;

inline const QString sampleRecord = u"01811f3a-7c00-7abc-8def-0123456789ab"_s;

inline Slip sampleSlip(storage::RecordState state = storage::RecordState::Accepted)
{
    Slip slip;
    slip.row.record = sampleRecord;
    slip.row.slip = 12;
    slip.row.kind = u"link"_s;
    slip.row.state = state;
    slip.row.queuedAt = QDateTime(QDate(2022, 6, 2), QTime(0, 31, 19), Qt::UTC);
    slip.row.medium = u"physical"_s;
    slip.row.operatorId = u"9001"_s;
    slip.row.maskedName = maskName(u"测试甲"_s);
    slip.row.maskedNumber = maskCardNumber(u"3105170010100000012"_s);
    slip.station = u"样例站"_s;
    slip.desk = u"1 号服务台"_s;
    return slip;
}

} // namespace upgradedesk::test
