#pragma once

// The widgets' share, on top of core's: see core/precompiled.h.
#include "core/precompiled.h"

#include <QApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QPainterPath>
#include <QPushButton>
#include <QStyle>
#include <QVBoxLayout>
#include <QWidget>
