// The image of what a session asks for, as a file: everything, or the part that clocks and filters leave.
#pragma once
#include <filesystem>

#include "graph/image.h"
#include "tools/answer/session.h"

namespace entente {

// As write_image; errors of the session too. The same question gives the same bytes on every machine.
Result<ImageInfo> write_image_of(Session& session, const Where& where, const std::filesystem::path& file);

}  // namespace entente
