#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <iostream>
#include <memory>
#include <mutex>
#include <optional>

#include "tools/answer/session.h"
#include "tools/cli/commands.h"
#include "tools/cli/knowledge.h"
#include "tools/cli/output.h"
#include "tools/import/input/inputs.h"
#include "tools/serve/api.h"
#include "tools/serve/database.h"
#include "tools/serve/rpc_client.h"
#include "tools/serve/rpc_server.h"
#include "tools/serve/server.h"

namespace entente {
namespace {
namespace fs = std::filesystem;

struct Typed {
  std::uint32_t port = 7373;
  std::uint32_t max_connections = 2000;
  std::uint32_t patience = 30;
  std::string tls_cert, tls_key;
};

// `.entente` in a folder is called as the folder; `news.entente` is `news`.
std::string name_of(const fs::path& directory) {
  std::error_code ignored;
  const fs::path whole = fs::weakly_canonical(directory, ignored);
  const std::string last = whole.filename().string();
  if (last == ".entente") return whole.parent_path().filename().string();
  return whole.stem().string();
}

// The reader is opened when the first article comes: it costs a moment, and many never import.
serve::ReadText importer() {
  struct Late {
    std::mutex mutex;
    std::optional<Reader> reader;
  };
  return [late = std::make_shared<Late>()](const serve::Upload& upload) -> Result<Extract> {
    const Reader* reader = nullptr;
    {
      const std::lock_guard lock(late->mutex);
      if (!late->reader) {
        auto opened = open_reader("", "");
        if (!opened) return opened.error();
        late->reader.emplace(std::move(*opened));
      }
      reader = &*late->reader;
    }
    Input input;
    input.name = input.called = upload.name;
    input.bytes = upload.text;
    input.format = upload.type == "text/html" ? Format::Html : upload.type == "application/pdf" ? Format::Pdf : Format::Text;
    const auto article = read_input(input, {.given = {upload.title, upload.publisher, upload.published, upload.url}, .charset = "", .program = ""});
    if (!article) return article.error();
    return reader->read(*article);
  };
}

ExitCode serve_database(const Question& question, const Typed& typed) {
  // Before any thread begins, so that all of them leave these signals to the wait below.
  sigset_t ends;
  sigemptyset(&ends);
  sigaddset(&ends, SIGINT);
  sigaddset(&ends, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &ends, nullptr);
  ::signal(SIGPIPE, SIG_IGN);
  ::umask(077);

  if (typed.tls_cert.empty() != typed.tls_key.empty())
    return fail({Code::InvalidArgument, "--tls-cert and --tls-key belong together; give both files"});
  std::optional<serve::TlsIdentity> identity;
  if (!typed.tls_cert.empty()) {
    auto loaded = serve::TlsIdentity::load(typed.tls_cert, typed.tls_key);
    if (!loaded) return fail(loaded.error().within("TLS"));
    identity.emplace(std::move(*loaded));
  }
  const fs::path directory = database_directory(question.common);
  if (const auto other = serve::RunningServer::of(directory); !other) return fail(other.error()), ExitCode::Database;
  else if (*other) return fail({Code::Unavailable, "this database is served already, at " + (*other)->address()}), ExitCode::Database;
  auto store = Store::open(directory, Access::Create);
  if (!store) return fail(store.error()), ExitCode::Database;
  serve::Database database(std::move(*store), name_of(directory), importer(), std::chrono::seconds(typed.patience));

  auto listener = serve::Listener::open(static_cast<std::uint16_t>(typed.port));
  if (!listener) return fail(listener.error()), ExitCode::Database;
  const std::string port = std::to_string(listener->port());
  serve::Rules rules{{"localhost:" + port, "127.0.0.1:" + port}, serve::random_token()};
  if (listener->port() == (identity ? 443 : 80)) rules.hosts.insert(rules.hosts.end(), {"localhost", "127.0.0.1"});
  const std::string token = rules.token, address = (identity ? "https://localhost:" : "http://localhost:") + port + "/";

  serve::Counts counts;
  serve::Jobs jobs([&](const serve::Upload& upload, const std::function<void()>& storing) {
    return serve::imported(upload, database, storing);
  });
  serve::Router router(std::move(rules));
  serve::add_page(router);
  serve::add_questions(router, database);
  serve::add_facts(router, database);
  serve::add_files(router, database);
  serve::add_imports(router, database, jobs);
  serve::add_verbs(router, database);
  serve::add_changes(router, database);
  serve::add_service(router, database, counts);

  std::error_code ignored;
  fs::remove(directory / "server", ignored);  // by which older versions told their address
  const auto socket = serve::RpcServer::open(directory, database, router, address);
  if (!socket) return fail(socket.error()), ExitCode::Database;
  serve::Server server(std::move(*listener), router, {.max_connections = typed.max_connections, .tls = identity ? &*identity : nullptr}, counts);
  database.when_erased([&server] { server.forget_answers(); });
  std::cout << "page   " << address << "#token=" << token << "\n"
            << "data   " << address << "v1/openapi.json\n"
            << "stop   Ctrl-C" << std::endl;

  int signal = 0;
  sigwait(&ends, &signal);
  if (!question.common.quiet) remark("stopping: what is being answered gets five seconds");
  database.stop();
  server.stop();
  return ExitCode::Found;
}
}  // namespace

Command serve_command() {
  const auto typed = std::make_shared<Typed>();
  Command command("serve", "a page and an interface over HTTP, for this machine alone");
  command.option("--port", &typed->port, "0: any free one (7373)", "PORT", {0, 65535})
      .option("--max-connections", &typed->max_connections, "more are turned away (2000)", "N", {1, 20000})
      .option("--patience", &typed->patience, "a question that takes longer is stopped (30)", "SECONDS", {1, 86400})
      .option("--tls-cert", &typed->tls_cert, "speak TLS: the certificate and what leads to its root, PEM", "FILE")
      .option("--tls-key", &typed->tls_key, "its private key, PEM, which nobody else may read", "FILE")
      .example("entente serve")
      .example("entente --db news.entente serve --port 0")
      .answers("nothing: it serves until it is stopped");
  return command.runs([typed](const Question& question) { return serve_database(question, *typed); });
}

}  // namespace entente
