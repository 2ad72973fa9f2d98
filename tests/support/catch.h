#pragma once

// Debian 12 has Catch2 2.13, Debian 13 has 3.x: tests include this and write for both.
#include <QByteArray>
#include <QString>

#include <ostream>

inline std::ostream &operator<<(std::ostream &out, const QString &text)
{
    return out << '"' << text.toStdString() << '"';
}

inline std::ostream &operator<<(std::ostream &out, const QByteArray &bytes)
{
    return out << bytes.toHex().toStdString();
}

#ifdef UPGRADEDESK_CATCH2_V3
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif
