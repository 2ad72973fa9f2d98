#ifndef UPGRADEDESK_CATCH2_V3
#define CATCH_CONFIG_RUNNER
#endif
#include "support/catch.h"
#include "support/testfolder.h"

#include <QCoreApplication>

int main(int argc, char *argv[])
{
    const upgradedesk::test::TestFolder folder;
    const QCoreApplication application(argc, argv);
    return Catch::Session().run(argc, argv);
}
