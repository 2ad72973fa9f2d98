#pragma once

#include <string>

namespace upgradedesk::test
{

/// One folder for all temporary files of this test program and of what it starts ($TMPDIR), gone
/// when the program is: programs that tests kill -9 cannot clean up, nor can a test program that is
/// killed itself. So a process of its own waits for the end of this one, then stops the cluster
/// this program has started for itself, and removes the folder. Make one at the start of main().
class TestFolder
{
public:
    TestFolder();
    /// Returns when everything is gone.
    ~TestFolder();
    TestFolder(const TestFolder &) = delete;
    TestFolder &operator=(const TestFolder &) = delete;

private:
    std::string m_path;
    int m_alive = -1; ///< open for as long as this program lives
    int m_gone = -1;  ///< at its end when the folder is gone
};

} // namespace upgradedesk::test
