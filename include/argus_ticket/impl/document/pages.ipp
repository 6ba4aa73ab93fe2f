#ifndef ARGUS_TICKET_IMPL_DOCUMENT_PAGES_IPP
#define ARGUS_TICKET_IMPL_DOCUMENT_PAGES_IPP

#include <argus_ticket/document/pages.hpp>
#include <argus_ticket/impl/document/block_slicer.hpp>

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>

namespace argus_ticket::document::detail {

/// Fills pages with the blocks of a document, from where the page before ended.
class page_filler {
 public:
  /// Up to where a document has been written.
  struct place {
    std::size_t block = 0;
    std::size_t offset = 0;  // in the block's text, where it is split
    std::size_t skipped = 0; // code points that fitted nowhere
  };

  page_filler(document const& whole, page_renderer const& renderer, page_limits const& limits)
      : blocks_(whole.blocks), renderer_(renderer), limits_(limits),
        lengths_(whole.blocks.size(), unknown),
        around_(length(renderer.render_document(document{}), limits.unit)),
        separator_(length(renderer.separator, limits.unit)) {}

  [[nodiscard]] bool at_end() const noexcept { return at_.block == blocks_.size(); }
  [[nodiscard]] place const& at() const noexcept { return at_; }
  void go_back_to(place const& where) { at_ = where; }

  /// The next page. Where it is the last there will be, blocks are split rather than put off.
  document fill(std::size_t limit, bool last) {
    document page;
    std::size_t used = around_;
    while (!at_end()) {
      std::size_t const gap = page.empty() ? 0 : separator_;
      if (used + gap >= limit) break;
      std::size_t const room = limit - used - gap;
      if (at_.offset == 0 && length_of(at_.block) <= room && !strands_heading(page, room, last)) {
        if (length_of(at_.block) != 0) {
          page.add(blocks_[at_.block]);
          used += gap + length_of(at_.block);
        }
        next_block();
        continue;
      }
      if (!page.empty() && waits_for_next_page(room, last)) break;
      if (!add_slice(page, used, gap, room)) break;
    }
    if (limit <= around_ && !at_end()) skip_one();
    return page;
  }

  /// How many code points are behind the place, with those that fitted nowhere.
  [[nodiscard]] std::size_t left_out() {
    std::size_t count = at_.skipped;
    for (std::size_t i = at_.block; i < blocks_.size(); ++i) {
      bool const split = i == at_.block && at_.offset != 0;
      count += slicer(i).code_points_from(split ? at_.offset : 0);
    }
    return count;
  }

 private:
  static constexpr std::size_t unknown = (std::numeric_limits<std::size_t>::max)();

  std::size_t measure(block const& b) const {
    return length(renderer_.render_block(b), limits_.unit);
  }
  std::size_t length_of(std::size_t index) {
    if (lengths_[index] == unknown) lengths_[index] = measure(blocks_[index]);
    return lengths_[index];
  }
  block_slicer const& slicer(std::size_t index) {
    if (sliced_ != index || !slicer_) {
      std::size_t const least = (std::min)(limits_.first, limits_.other);
      slicer_.emplace(blocks_[index], least, [&](block const& b) { return measure(b); });
      sliced_ = index;
    }
    return *slicer_;
  }
  void next_block() {
    ++at_.block;
    at_.offset = 0;
  }

  /// Whether the block is a heading that would stand alone at the end of a page.
  bool strands_heading(document const& page, std::size_t room, bool last) {
    if (last || page.empty() || !std::holds_alternative<heading>(blocks_[at_.block])) return false;
    std::size_t next = at_.block + 1;
    while (next < blocks_.size() && length_of(next) == 0) ++next;
    if (next == blocks_.size() || std::holds_alternative<heading>(blocks_[next])) return false;
    std::size_t const wanted = (std::min)(length_of(next), limits_.other / 4);
    return length_of(at_.block) + separator_ + wanted > room;
  }
  /// Whether the block, or what is left of it, had better begin on a new page.
  bool waits_for_next_page(std::size_t room, bool last) {
    if (last) return room < limits_.other / 16;
    if (at_.offset == 0 && length_of(at_.block) + around_ <= limits_.other) return true;
    return room < limits_.other / 4;
  }

  /// Adds as much of the block as there is room for. False where the page is full.
  bool add_slice(document& page, std::size_t& used, std::size_t gap, std::size_t room) {
    block_slicer const& from = slicer(at_.block);
    if (at_.offset >= from.size()) {
      next_block();
      return true;
    }
    std::size_t const end =
        from.end_of_fit(at_.offset, room, [&](block const& b) { return measure(b); });
    if (end == at_.offset) {
      if (!page.empty()) return false;
      skip_one();
      return true;
    }
    block part = from.slice(at_.offset, end);
    std::size_t const added = measure(part);
    if (added != 0) {
      page.add(std::move(part));
      used += gap + added;
    }
    at_.offset = end;
    if (at_.offset < from.size()) return added == 0;
    next_block();
    return true;
  }

  void skip_one() {
    block_slicer const& from = slicer(at_.block);
    if (at_.offset < from.size()) {
      at_.offset = from.after_one(at_.offset);
      ++at_.skipped;
    }
    if (at_.offset >= from.size()) next_block();
  }

  std::vector<block> const& blocks_;
  page_renderer const& renderer_;
  page_limits const& limits_;
  std::vector<std::size_t> lengths_; // of the rendered blocks
  std::size_t around_;
  std::size_t separator_;
  std::optional<block_slicer> slicer_;
  std::size_t sliced_ = 0;
  place at_;
};

inline block left_out_notice(std::size_t count) {
  return paragraph{
      "\xE2\x80\xA6 and " + std::to_string(count) +
      (count == 1 ? " more character, left out here." : " more characters, left out here.")};
}

inline std::size_t size_of(link const& l) noexcept { return l.text.size() + l.url.size(); }
template <class Node>
std::size_t size_of(Node const& node) noexcept {
  return node.value.size();
}

/// Whether a document's texts are short enough for one page, judged by its longest one.
inline bool may_fit(document const& whole, std::size_t limit) {
  constexpr std::size_t bytes_of_code_point = 4;
  std::size_t const most = limit > (std::numeric_limits<std::size_t>::max)() / bytes_of_code_point
                               ? limit
                               : limit * bytes_of_code_point;
  auto const is_short = [&](inlines const& content) {
    return std::all_of(content.nodes.begin(), content.nodes.end(), [&](inline_node const& node) {
      return std::visit([&](auto const& one) { return size_of(one) <= most; }, node);
    });
  };
  return std::all_of(whole.blocks.begin(), whole.blocks.end(), [&](block const& b) {
    return std::visit(overloaded{[&](heading const& h) { return is_short(h.content); },
                                 [&](paragraph const& p) { return is_short(p.content); },
                                 [&](code_block const& c) { return c.value.size() <= most; },
                                 [](auto const&) { return true; }},
                      b);
  });
}

std::vector<std::string> split_pages(document const& whole, page_renderer const& renderer,
                                     page_limits const& limits) {
  if (may_fit(whole, limits.first)) { // as most do: nothing has to be measured by itself
    std::string all = renderer.render_document(whole);
    if (length(all, limits.unit) <= limits.first) return {std::move(all)};
  }
  page_filler filler{whole, renderer, limits};
  std::vector<std::string> pages;
  do {
    std::size_t const limit = pages.empty() ? limits.first : limits.other;
    bool const last = pages.size() + 1 >= limits.count;
    page_filler::place const start = filler.at();
    document page = filler.fill(limit, last);
    if (last && !filler.at_end()) {
      std::size_t const notice =
          length(renderer.separator, limits.unit) +
          length(renderer.render_block(left_out_notice((std::numeric_limits<std::size_t>::max)())),
                 limits.unit);
      if (notice < limit) {
        filler.go_back_to(start);
        page = filler.fill(limit - notice, last);
        page.add(left_out_notice(filler.left_out()));
      }
    }
    if (!page.empty() || (filler.at_end() && pages.empty()) || last)
      pages.push_back(renderer.render_document(page));
    if (last) break;
  } while (!filler.at_end());
  if (pages.empty()) pages.emplace_back();
  return pages;
}

} // namespace argus_ticket::document::detail

#endif
