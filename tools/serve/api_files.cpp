#include <fcntl.h>
#include <unistd.h>

#include <sstream>

#include "schema/digest.h"
#include "tools/answer/image_file.h"
#include "tools/answer/json.h"
#include "tools/answer/part.h"
#include "tools/exchange/graph_export.h"
#include "tools/serve/api.h"
#include "tools/serve/ask.h"
#include "tools/serve/compress.h"
#include "tools/serve/unix_socket.h"

namespace entente::serve {
namespace json = boost::json;
namespace {

// What a file was narrowed by, beside the clocks.
std::string filter_text(const Request& request) {
  std::string text;
  for (const auto& [name, value] : request.query)
    if (name != "as_of" && name != "during" && name != "known_by")
      text += (text.empty() ? "" : ", ") + name + "=" + value;
  return text;
}

// The image goes by a file of its own, without a name as soon as it is written: it may be large, and a client
// may be slow.
Response image(const Call& call, Database& database, Session& session, const Where& where) {
  for (const char* name : {"around", "limit"})
    if (call.request.has_parameter(name))
      return problem(400, std::string(name) + ": an image has all that clocks and filters leave");
  const auto path = database.store().directory() / ("image.sent." + random_token().substr(0, 16));
  const auto info = write_image_of(session, where, path);
  Descriptor file(info ? ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW) : -1);
  std::error_code ignored;
  std::filesystem::remove(path, ignored);
  if (!info) return problem(info.error());
  if (!file) return problem(503, "the image cannot be read back", "is the disk well?");
  Response response;
  response.set("ETag", "\"" + info->digest.substr(0, 32) + "\"");
  response.set("Content-Type", "application/vnd.entente.image");
  response.set("Content-Disposition", "attachment; filename=\"entente-" + std::to_string(session.commit().value) + ".image\"");
  response.set("Cache-Control", "private, no-store");
  const auto shared = std::make_shared<Descriptor>(std::move(file));
  response.stream = [shared](const Response::Send& send) {
    std::string piece(64 * 1024, '\0');
    for (off_t at = 0;;) {
      const ssize_t got = ::pread(shared->number(), piece.data(), piece.size(), at);
      if (got <= 0 || !send(std::string_view(piece).substr(0, static_cast<std::size_t>(got)))) return;
      at += got;
    }
  };
  return response;
}

Response exported(const Call& call, Database& database) {
  if (const auto checked = check_parameters(call); !checked) return problem(checked.error());
  const CommitId last = database.last_commit();
  const bool is_image = call.captured[0] == "image";
  const auto format = exchange::export_format_named(is_image ? "gexf" : call.captured[0]);
  if (!format) return problem(format.error());
  auto session = database.ask(when_of(call.request));
  if (!session) return problem(session.error());
  const auto where = where_of(call.request);
  if (!where) return problem(where.error());
  if (is_image) return image(call, database, *session, *where);
  std::vector<NodeId> around;
  for (const std::string& name : call.request.parameters("around")) {
    const auto node = node_of(*session, name);
    if (!node) return problem(node.error().within("around"));
    around.push_back(*node);
  }
  const auto limit = number_of(call.request, "limit", ~std::size_t{0}, 1, ~std::size_t{0});
  if (!limit) return problem(limit.error());
  const auto slice = session->slice(*where, around);
  if (!slice) return problem(slice.error());
  const auto graph = export_of(*session, *slice, part_of(*slice, around, *limit), filter_text(call.request));
  if (!graph) return problem(graph.error());
  std::ostringstream out;
  (*format)->write(*graph, out);

  Response response;
  response.body = std::move(out).str();
  response.set("ETag", "\"" + hex(sha256(response.body)).substr(0, 32) + "\"");
  response.set("Content-Type", std::string((*format)->content_type));
  response.set("Content-Disposition", "attachment; filename=\"entente-" + std::to_string(session->commit().value) + "." +
                                          std::string((*format)->ending) + "\"");
  response.set("Cache-Control", call.request.parameter("known_by").starts_with('#') ? "private, max-age=31536000, immutable"
                                                                                    : "private, no-cache");
  response.set("Vary", "Accept-Encoding");
  const Coding coding = preferred_coding(call.request.field("accept-encoding"));
  if (coding != Coding::Plain) {
    response.body = compressed(response.body, coding);
    response.set("Content-Encoding", std::string(name_of(coding)));
  }
  if (session->commit() <= last) response.still_true = [&database, last] { return database.last_commit() == last; };
  return response;
}

Result<json::object> snapshots(Session& session, const Call&) {
  json::array formats;
  const auto add = [&](std::string_view name, std::string_view content_type, std::string_view meaning) {
    json::object row;
    row["format"] = name;
    row["content_type"] = content_type;
    row["meaning"] = meaning;
    row["url"] = "/v1/export/" + std::string(name) + "?known_by=%23" + std::to_string(session.commit().value);
    formats.push_back(std::move(row));
  };
  for (const exchange::ExportFormat& format : exchange::export_formats()) add(format.name, format.content_type, format.meaning);
  add("image", "application/vnd.entente.image", "Everything, as one Cap'n Proto file that programs map and use as it lies.");
  json::object answer;
  answer["formats"] = std::move(formats);
  return answer;
}
}  // namespace

void add_files(Router& router, Database& database) {
  router.add({"GET", "/v1/export/{format}", Access::Read, [&database](const Call& call) { return exported(call, database); },
              "A part of the graph in a format of other programs: gexf, graphml, node-link, ...; or image, the file that programs map.", {}, 0,
              read_parameters({"around", "limit"})});
  router.add({"GET", "/v1/snapshots", Access::Read,
              [&database](const Call& call) { return answered(call, database, snapshots); },
              "The formats of snapshots, with addresses whose answer never changes.", {}, 0, {"known_by"}});
}

}  // namespace entente::serve
