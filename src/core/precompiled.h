#pragma once

// What nearly every file reads anyway, read once a build. A file still includes what it uses:
// configure with -DCMAKE_DISABLE_PRECOMPILE_HEADERS=ON to check.
#include <tl/expected.hpp>

#include <QByteArray>
#include <QDateTime>
#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QList>
#include <QMetaType>
#include <QObject>
#include <QString>
#include <QStringList>
#include <QTimer>

#include <algorithm>
#include <array>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <ranges>
#include <variant>
#include <vector>
