#include "tools/exchange/byte_stream.h"

#include <openssl/evp.h>
#include <zlib.h>
#include <zstd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <optional>
#include <utility>
#include <vector>

namespace entente::exchange {
namespace {
constexpr std::size_t kBuffer = 1 << 20;
enum class Packing { None, Gzip, Zstd };
}  // namespace

struct ByteStream::State {
  ~State() {
    if (file) std::fclose(file);
    if (packing == Packing::Gzip) ::inflateEnd(&gzip);
    if (zstd) ::ZSTD_freeDCtx(zstd);
    if (sha) ::EVP_MD_CTX_free(sha);
  }

  Status fill() {  // the input buffer, once it is used up
    if (used < filled || ended) return kOk;
    used = 0;
    filled = std::fread(input.data(), 1, input.size(), file);
    read += filled;
    if (filled == 0 && std::ferror(file))
      return Error{Code::Unavailable, "cannot read " + name + ": " + std::strerror(errno)};
    ended = filled == 0;
    return kOk;
  }
  Error damaged() const { return {Code::Corruption, name + ": the packed data is damaged or cut short"}; }

  Result<std::size_t> unpack_gzip();
  Result<std::size_t> unpack_zstd();

  std::string name;
  std::FILE* file = nullptr;
  std::uint64_t size = 0, read = 0, given = 0;
  std::vector<char> input = std::vector<char>(kBuffer), output = std::vector<char>(kBuffer);
  std::size_t used = 0, filled = 0;
  bool ended = false;
  bool whole = true;  // no packed frame is open
  Packing packing = Packing::None;
  z_stream gzip{};
  ZSTD_DCtx* zstd = nullptr;
  EVP_MD_CTX* sha = ::EVP_MD_CTX_new();
  std::optional<std::string_view> peeked;
};

Result<std::size_t> ByteStream::State::unpack_gzip() {
  gzip.next_out = reinterpret_cast<Bytef*>(output.data());
  gzip.avail_out = uInt(output.size());
  while (gzip.avail_out > 0) {
    if (auto more = fill(); !more) return more.error();
    if (ended) {
      if (!whole) return damaged();
      break;
    }
    if (whole) {
      ::inflateReset(&gzip);  // files may hold several members
      whole = false;
    }
    gzip.next_in = reinterpret_cast<Bytef*>(input.data() + used);
    gzip.avail_in = uInt(filled - used);
    const int status = ::inflate(&gzip, Z_NO_FLUSH);
    used = filled - gzip.avail_in;
    if (status == Z_STREAM_END) {
      whole = true;
    } else if (status != Z_OK && status != Z_BUF_ERROR) {
      return damaged();
    }
  }
  return output.size() - gzip.avail_out;
}

Result<std::size_t> ByteStream::State::unpack_zstd() {
  ZSTD_outBuffer out{output.data(), output.size(), 0};
  while (out.pos < out.size) {
    if (auto more = fill(); !more) return more.error();
    if (ended && whole) break;
    ZSTD_inBuffer in{input.data(), filled, used};
    const std::size_t before = out.pos;
    const std::size_t status = ::ZSTD_decompressStream(zstd, &out, &in);
    if (ZSTD_isError(status)) return damaged();
    if (ended && out.pos == before) return damaged();
    used = in.pos;
    whole = status == 0;
  }
  return out.pos;
}

ByteStream::ByteStream(std::unique_ptr<State> state) : state_(std::move(state)) {}
ByteStream::~ByteStream() = default;
ByteStream::ByteStream(ByteStream&&) noexcept = default;
ByteStream& ByteStream::operator=(ByteStream&&) noexcept = default;

Result<ByteStream> ByteStream::open(const std::filesystem::path& file) {
  auto state = std::make_unique<State>();
  state->name = file.string();
  std::error_code error;
  if (std::filesystem::is_directory(file, error))
    return Error{Code::InvalidArgument, file.string() + " is a folder; name a file"};
  state->file = std::fopen(file.c_str(), "rb");
  if (!state->file)
    return Error{errno == ENOENT ? Code::NotFound : Code::Unavailable,
                 "cannot read " + file.string() + ": " + std::strerror(errno)};
  state->size = std::filesystem::file_size(file, error);
  if (error) state->size = 0;
  ::EVP_DigestInit_ex(state->sha, ::EVP_sha256(), nullptr);
  if (auto filled = state->fill(); !filled) return filled.error();
  const std::string_view start(state->input.data(), state->filled);
  if (start.starts_with("\x1f\x8b")) {
    if (::inflateInit2(&state->gzip, 15 + 16) != Z_OK) return Error{Code::Unavailable, "zlib has no memory"};
    state->packing = Packing::Gzip;
  } else if (start.starts_with("\x28\xb5\x2f\xfd")) {
    state->packing = Packing::Zstd;
    state->zstd = ::ZSTD_createDCtx();
  }
  return ByteStream(std::move(state));
}

Result<std::string_view> ByteStream::peek() {
  if (!state_->peeked) {
    const auto bytes = next();
    if (!bytes) return bytes.error();
    state_->peeked = *bytes;
  }
  return *state_->peeked;
}

Result<std::string_view> ByteStream::next() {
  State& state = *state_;
  if (state.peeked) return *std::exchange(state.peeked, std::nullopt);
  std::string_view bytes;
  if (state.packing == Packing::None) {
    if (auto filled = state.fill(); !filled) return filled.error();
    bytes = {state.input.data() + state.used, state.filled - state.used};
    state.used = state.filled;
  } else {
    const auto size = state.packing == Packing::Gzip ? state.unpack_gzip() : state.unpack_zstd();
    if (!size) return size.error();
    bytes = {state.output.data(), *size};
  }
  ::EVP_DigestUpdate(state.sha, bytes.data(), bytes.size());
  state.given += bytes.size();
  return bytes;
}

std::uint64_t ByteStream::bytes() const { return state_->given; }
std::uint64_t ByteStream::file_bytes() const { return state_->read; }
std::uint64_t ByteStream::file_size() const { return state_->size; }

std::string ByteStream::digest() const {
  EVP_MD_CTX* copy = ::EVP_MD_CTX_new();
  ::EVP_MD_CTX_copy_ex(copy, state_->sha);
  std::string digest(32, '\0');
  ::EVP_DigestFinal_ex(copy, reinterpret_cast<unsigned char*>(digest.data()), nullptr);
  ::EVP_MD_CTX_free(copy);
  return digest;
}

}  // namespace entente::exchange
