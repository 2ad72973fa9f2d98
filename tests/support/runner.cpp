#include "support/runner.h"

#ifndef UPGRADEDESK_CATCH2_V3
#define CATCH_CONFIG_RUNNER
#endif
#include "support/catch.h"

int upgradedesk::test::runTests(int argc, char **argv)
{
    return Catch::Session().run(argc, argv);
}
