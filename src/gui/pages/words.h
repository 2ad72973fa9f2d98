#pragma once

#include "core/error.h"
#include "core/language.h"
#include "gui/theme/iconset.h"

#include <QDateTime>
#include <QKeySequence>
#include <QString>

class QWidget;

namespace upgradedesk
{

class Catalogue;
class DocumentKinds;
class ReceiptTasks;
struct CardSighting;
struct Person;

// Words that more than one page needs.

/// The language the pages are shown in, for texts that come from data files.
[[nodiscard]] Language pageLanguage();

/// The parts of a place that are known, such as station, gate and desk, in one line.
[[nodiscard]] QString placeText(const QStringList &parts);

/// The sentence for an error, in the language of the pages.
[[nodiscard]] QString errorText(const Error &error);

/// That the receipt asked for last was not printed, and why; that the upgrade is complete all the
/// same, where it is.
[[nodiscard]] QString receiptTrouble(const ReceiptTasks &receipts, bool isLinked);

[[nodiscard]] QString productName(const Catalogue &catalogue, const CardSighting &card);
[[nodiscard]] QString documentName(const DocumentKinds &kinds, const QString &kind);

[[nodiscard]] QString mediumName(const QString &medium);
[[nodiscard]] Icon mediumIcon(const QString &medium);

/// 测*甲 居民身份证
[[nodiscard]] QString maskedPerson(const DocumentKinds &kinds, const Person &person);

/// Beijing time, with seconds or without.
[[nodiscard]] QString clockTime(const QDateTime &time, bool seconds = false);

/// 18 秒, 6 分钟, 3 小时, 2 天: the largest unit that fills.
[[nodiscard]] QString spanWords(qint64 seconds);

/// 6 分钟前; less than a minute as 刚才.
[[nodiscard]] QString agoWords(qint64 seconds);

/// Tells a screen reader a headline once. The widget's accessible name becomes the headline.
void announce(QWidget *widget, const QString &headline);

} // namespace upgradedesk
