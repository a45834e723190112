// The image of a large graph, made by a process of its own: whoever loaded a table need not wait for it,
// and who asks before it is done waits for that one instead of making another.
//
// The maker holds a lock on the file `image.lock` in the database's directory as long as it lives,
// from before the one that started it goes on. The file stays, and says nothing.
#pragma once
#include <filesystem>

namespace entente {

// From so many edges on making the image takes seconds.
inline constexpr std::uint64_t kLargeGraph = 1'000'000;

// Starts `program image --beside --db DIRECTORY` in a session of its own, with the lock. The database must
// not be open for writing. False if it could not be started, or one is at work.
bool start_image_maker(const std::filesystem::path& program, const std::filesystem::path& directory);

// Returns when nobody makes the image, mostly at once. To be called before load_cached(), not by the maker.
void await_image_maker(const std::filesystem::path& directory);

}  // namespace entente
