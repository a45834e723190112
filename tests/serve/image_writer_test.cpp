#include "tools/serve/image_writer.h"

#include <gtest/gtest.h>

#include "graph/image.h"
#include "tests/support/verbs_fixture.h"

namespace entente {
namespace {

class ImageWriting : public VerbsTest {
 protected:
  CachedSnapshot load() const {
    auto loaded = load_cached(store->begin_read(), directory(), store->database_id(), kLatest, {.least_edges = 1, .write = false});
    EXPECT_TRUE(loaded) << loaded.error().message;
    return *loaded;
  }
};

TEST_F(ImageWriting, GoesOnBesideTheQuestionThatFoundItDue) {
  import("one", "China: Government CONTROLS norfentanyl: Chemical 2024-09-01/..");
  const CachedSnapshot loaded = load();
  EXPECT_TRUE(loaded.image_is_due);
  EXPECT_FALSE(std::filesystem::exists(directory() / "image"));
  serve::ImageWriter writer;
  writer.write(loaded, directory(), store->database_id());
  writer.write(loaded, directory(), store->database_id());  // one at a time
  writer.wait();
  const CachedSnapshot next = load();
  EXPECT_EQ(next.from, CachedSnapshot::From::Image);
  EXPECT_FALSE(next.image_is_due);
}

TEST_F(ImageWriting, EndsBeforeTheWriterDoes) {
  import("one", "China: Government CONTROLS norfentanyl: Chemical 2024-09-01/..");
  {
    serve::ImageWriter writer;
    writer.write(load(), directory(), store->database_id());
  }
  EXPECT_TRUE(open_image(directory() / "image", /*every_byte=*/true));
}

}  // namespace
}  // namespace entente
