#include "support/testfolder.h"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace upgradedesk::test
{
namespace
{

constexpr auto script = R"(
read -r nothing
[ ! -f "$1/cluster" ] || "$2" stop "$1/cluster"
rm -rf "$1"
)";

/// In a session of its own, so that neither Ctrl-C nor whoever ends a tree of processes ends it.
[[noreturn]] void waitAndClean(const std::string &path, int alive, int gone)
{
    setsid();
    if (fork() != 0)
        _exit(0);
    const int nowhere = open("/dev/null", O_RDWR | O_CLOEXEC);
    dup2(alive, STDIN_FILENO);
    dup2(gone, STDOUT_FILENO);
    dup2(nowhere, STDERR_FILENO);
    execl("/bin/sh", "sh", "-c", script, "sh", path.c_str(),
          UPGRADEDESK_SOURCE_DIR "/tests/support/cluster.sh", nullptr);
    _exit(1);
}

[[noreturn]] void giveUp()
{
    std::perror("no folder for temporary files");
    std::exit(1);
}

} // namespace

TestFolder::TestFolder()
    : m_path((std::filesystem::temp_directory_path() / "upgradedesk-test.XXXXXX").string())
{
    std::array<int, 2> alive{};
    std::array<int, 2> gone{};
    if (!mkdtemp(m_path.data()) || setenv("TMPDIR", m_path.c_str(), 1) != 0 ||
        pipe2(alive.data(), O_CLOEXEC) != 0 || pipe2(gone.data(), O_CLOEXEC) != 0)
        giveUp();
    const pid_t child = fork();
    if (child < 0)
        giveUp();
    if (child == 0)
        waitAndClean(m_path, alive[0], gone[1]);
    waitpid(child, nullptr, 0);
    close(alive[0]);
    close(gone[1]);
    m_alive = alive[1];
    m_gone = gone[0];
}

TestFolder::~TestFolder()
{
    close(m_alive);
    char byte = 0;
    while (read(m_gone, &byte, 1) > 0) {
    }
    close(m_gone);
}

} // namespace upgradedesk::test
