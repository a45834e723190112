// Runs the built `entente` as a user does, in a folder of its own.
#pragma once
#include <fcntl.h>
#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

extern char** environ;

namespace entente {

struct Ran {
  int code = -1;  // exit code; -1 if a signal ended it
  std::string out, err;
};

inline std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

// Each test has a fresh current folder; `entente` uses `.entente` in it unless told otherwise.
class ProgramTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (std::filesystem::temp_directory_path() / "entente-cli-XXXXXX").string();
    folder = ::mkdtemp(pattern.data());
    ::unsetenv("ENTENTE_DB");
  }
  void TearDown() override {
    std::error_code ignored;
    std::filesystem::remove_all(folder, ignored);
  }

  // Starts it without waiting; output goes to the files `out` and `err` of the folder.
  pid_t start(const std::vector<std::string>& arguments) {
    std::vector<std::string> words = {ENTENTE_PROGRAM};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<char*> argv;
    for (std::string& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addchdir_np(&actions, folder.c_str());
    if (!input.empty()) posix_spawn_file_actions_addopen(&actions, 0, (folder / input).c_str(), O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, 1, (folder / "out").c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    posix_spawn_file_actions_addopen(&actions, 2, (folder / "err").c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    pid_t child = -1;
    EXPECT_EQ(::posix_spawn(&child, ENTENTE_PROGRAM, &actions, nullptr, argv.data(), environ), 0);
    posix_spawn_file_actions_destroy(&actions);
    return child;
  }

  Ran finish(pid_t child) {
    int status = 0;
    ::waitpid(child, &status, 0);
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, read_file(folder / "out"), read_file(folder / "err")};
  }

  Ran run(const std::vector<std::string>& arguments) { return finish(start(arguments)); }

  // What is typed wrong, the exit code, and what the one line says of it. Nothing is answered.
  struct Wrong {
    std::vector<std::string> arguments;
    int code;
    const char* sentence;
  };
  void expect_refused(const Wrong& wrong) {
    const Ran ran = run(wrong.arguments);
    std::string words;
    for (const std::string& word : wrong.arguments) words += word + " ";
    EXPECT_EQ(ran.code, wrong.code) << words << ran.err;
    EXPECT_NE(ran.err.find(wrong.sentence), std::string::npos) << words << ran.err;
    EXPECT_EQ(std::count(ran.err.begin(), ran.err.end(), '\n'), 1) << words << ran.err;
    EXPECT_EQ(ran.out, "") << words;
  }

  // The same with that on standard input.
  Ran run_with(std::string_view text, const std::vector<std::string>& arguments) {
    input = write("in", text);
    const Ran ran = run(arguments);
    input.clear();
    return ran;
  }

  std::string write(const std::string& name, std::string_view text) {
    std::ofstream(folder / name, std::ios::binary) << text;
    return name;
  }

  std::filesystem::path folder;
  std::string input;  // a file of the folder that is standard input; empty: that of the test
};

}  // namespace entente
