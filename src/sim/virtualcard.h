#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <optional>

namespace upgradedesk
{

/// One scripted exchange of a virtual card.
struct ScriptedApdu {
    enum class Match {
        Usual,   ///< SELECT without its Le, reads by their first four bytes, everything else
                 ///< literally
        Literal, ///< the whole command
        Prefix,  ///< commands that start so
    };

    QByteArray command;
    std::optional<QByteArray>
        response; ///< nothing: the card falls silent until its next activation
    Match match = Match::Usual;
    QString in{};   ///< answers only in this state; empty: in every state
    QString sets{}; ///< state after the answer; empty: unchanged
    bool trap = false;
};

/// A card as the radio sees it, with its script. Data only; CardReplay plays it.
struct VirtualCard {
    enum class Tech { Iso14443A4, Iso14443A3, MifareClassic, MifareUltralight, Felica, Iso14443B4 };

    QString name;
    Tech tech = Tech::Iso14443A4;
    QByteArray uid; ///< type A: 4, 7 or 10 bytes, 08 first means a new random one at each
                    ///< activation; FeliCa: IDm; type B: PUPI
    quint8 sak = 0x20;
    QByteArray atqa; ///< two bytes in the order nfc-list prints
    QByteArray ats;  ///< with its length byte, without CRC
    QByteArray pmm;
    QByteArray systemCode;
    QList<ScriptedApdu> apdus;

    [[nodiscard]] bool isTypeA() const { return tech != Tech::Felica && tech != Tech::Iso14443B4; }
    [[nodiscard]] bool speaksApdus() const
    {
        return tech == Tech::Iso14443A4 || tech == Tech::Iso14443B4;
    }
};

/// Reads a `--cards` file; its schema and the rules of replay are those of
/// tests/data/card-vectors.json. The error names file and line.
[[nodiscard]] Result<QList<VirtualCard>> loadVirtualCards(const QString &path);

/// The same from text; `name` stands for the file in errors.
[[nodiscard]] Result<QList<VirtualCard>> parseVirtualCards(const QByteArray &text,
                                                           const QString &name);

} // namespace upgradedesk
