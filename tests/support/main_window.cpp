#ifndef UPGRADEDESK_CATCH2_V3
#define CATCH_CONFIG_RUNNER
#endif
#include "support/catch.h"

#include <QApplication>

int main(int argc, char *argv[])
{
    const QApplication application(argc, argv);
    return Catch::Session().run(argc, argv);
}
