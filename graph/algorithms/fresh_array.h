// FreshArray: memory of which a page costs nothing until it is touched.
#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <memory>
#include <new>

namespace entente {

// Of plain values, zeros at first. A resource; moves.
template <typename T>
class FreshArray {
 public:
  std::size_t size() const { return size_; }
  T* get() const { return items_.get(); }
  void make(std::size_t size) {  // calloc: the system hands out zeroed pages when they are first touched
    items_.reset(static_cast<T*>(std::calloc(std::max<std::size_t>(size, 1), sizeof(T))));
    if (items_ == nullptr) throw std::bad_alloc();
    size_ = size;
  }

 private:
  struct Free {
    void operator()(T* items) const { std::free(items); }
  };
  std::unique_ptr<T[], Free> items_;
  std::size_t size_ = 0;
};

}  // namespace entente
