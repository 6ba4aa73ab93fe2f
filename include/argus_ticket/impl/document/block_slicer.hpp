#ifndef ARGUS_TICKET_IMPL_DOCUMENT_BLOCK_SLICER_HPP
#define ARGUS_TICKET_IMPL_DOCUMENT_BLOCK_SLICER_HPP

#include <argus_ticket/detail/utf8.hpp>
#include <argus_ticket/document/dialect_tools.hpp>
#include <argus_ticket/document/document.hpp>
#include <argus_ticket/document/limits.hpp>
#include <argus_ticket/document/neutralise.hpp>

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

namespace argus_ticket::document::detail {

/**
 * A block's texts laid end to end, any stretch of which is a block of its own: a part of a list is
 * a list, a part of a table a table with the same header. Positions count bytes of cleaned text.
 */
class block_slicer {
 public:
  /// @param room What a part may take. A table of which an empty row takes more than half of it
  /// becomes a list, and a link whose URL would leave little of it text: each part repeats them.
  /// @param measure How long a part is when it is rendered.
  template <class Measure>
  block_slicer(block source, std::size_t room, Measure measure) : block_(std::move(source)) {
    std::size_t around = 0;
    if (table const* const t = std::get_if<table>(&block_)) {
      around = measure(table{t->header, {table::row(columns_of(*t))}});
      if (around > room / 2) {
        block_ = as_list(*t);
        around = 0;
      }
    }
    auto const is_short = [&](link const& l) {
      // A character of a URL may become five, as &amp; does.
      return l.url.size() <= room / 4 &&
             around + measure(paragraph{link{"x", l.url}}) <= room / 4 * 3;
    };
    for_each_content([&](inlines& content, std::size_t, std::size_t) {
      for (inline_node& node : content.nodes) make_ready(node, is_short);
    });
    if (code_block* const c = std::get_if<code_block>(&block_); c != nullptr) {
      c->value = clean(c->value);
      add_leaf(c->value, 0, 0, nullptr);
    }
    for_each_content([&](inlines& content, std::size_t group, std::size_t cell) {
      for (inline_node const& node : content.nodes) add_leaf(words_of(node), group, cell, &node);
    });
  }
  block_slicer(block_slicer const&) = delete;
  block_slicer& operator=(block_slicer const&) = delete;

  [[nodiscard]] std::size_t size() const noexcept { return size_; }

  /// The part from one position to another, both between code points.
  [[nodiscard]] block slice(std::size_t begin, std::size_t end) const {
    block part = frame();
    std::size_t first_group = 0;
    bool first = true;
    for (std::size_t i = leaf_at(begin); i < leaves_.size() && leaves_[i].begin < end; ++i) {
      leaf const& l = leaves_[i];
      std::size_t const from = (std::max)(begin, l.begin) - l.begin;
      std::string_view const words =
          l.words.substr(from, (std::min)(end - l.begin, l.words.size()) - from);
      if (first) first_group = l.group;
      first = false;
      add_words(part, l, l.group - first_group, words);
    }
    return part;
  }

  /// The position behind the code point at a position.
  [[nodiscard]] std::size_t after_one(std::size_t position) const {
    leaf const& l = leaves_[leaf_at(position)];
    std::size_t i = position - l.begin;
    static_cast<void>(argus_ticket::detail::next_code_point(l.words, i));
    return l.begin + i;
  }

  [[nodiscard]] std::size_t code_points_from(std::size_t position) const {
    std::size_t count = 0;
    for (std::size_t i = leaf_at(position); i < leaves_.size(); ++i) {
      std::size_t const from = (std::max)(position, leaves_[i].begin) - leaves_[i].begin;
      count += length(leaves_[i].words.substr(from), length_unit::code_points);
    }
    return count;
  }

  /**
   * The end of the longest part from `begin` that is found to fit; `begin` where not one code point
   * does. The search stops when
   * little room is left.
   * @param measure How long a part is when it is rendered.
   */
  template <class Measure>
  [[nodiscard]] std::size_t end_of_fit(std::size_t begin, std::size_t room, Measure measure) const {
    std::size_t good = after_one(begin);
    if (measure(slice(begin, good)) > room) return begin;
    // A code point has four bytes at most. What takes no room at all may wait for the next part.
    std::size_t bad = (std::min)(size_, begin + 4 * (std::min)(room, size_)) + 1;
    std::size_t guess = begin + (std::min)(room, size_);
    for (int tries = 0; tries < 24 && bad - good > 1; ++tries) {
      guess = boundary_before((std::clamp)(guess, good + 1, bad - 1));
      if (guess <= good) guess = after_one(good);
      if (guess >= bad) break;
      std::size_t const taken = measure(slice(begin, guess));
      if (taken <= room) {
        good = guess;
        if (good == size_ || room - taken <= room / 32) break;
      } else {
        bad = guess;
      }
      if (taken == 0) {
        guess = bad - 1;
        continue;
      }
      double const ratio = static_cast<double>(room) / static_cast<double>(taken);
      auto const expected =
          begin + static_cast<std::size_t>(static_cast<double>(guess - begin) * ratio * 0.99);
      guess = tries < 6 && expected > good && expected < bad ? expected : good + (bad - good) / 2;
    }
    std::size_t const nicer = nice_end(begin, good);
    return nicer != good && measure(slice(begin, nicer)) <= room ? nicer : good;
  }

 private:
  struct leaf {
    std::size_t begin; // the position of its first byte
    std::size_t group; // which item or row it belongs to
    std::size_t cell;
    std::string_view words;
    inline_node const* node; // null for a code block
  };

  template <class F>
  void for_each_content(F f) {
    std::visit(overloaded{[&](heading& h) { f(h.content, 0, 0); },
                          [&](paragraph& p) { f(p.content, 0, 0); },
                          [&](list& l) {
                            for (std::size_t i = 0; i < l.items.size(); ++i) f(l.items[i], i, 0);
                          },
                          [&](table& t) {
                            for (std::size_t i = 0; i < t.rows.size(); ++i)
                              for (std::size_t j = 0; j < t.rows[i].size(); ++j)
                                f(t.rows[i][j], i, j);
                          },
                          [](code_block&) {}},
               block_);
  }

  static list as_list(table const& t) {
    list rows;
    auto const add = [&](table::row const& row) {
      inlines item;
      for (inlines const& cell : row) {
        if (!item.empty()) item.add(text{" | "});
        item.nodes.insert(item.nodes.end(), cell.nodes.begin(), cell.nodes.end());
      }
      rows.items.push_back(std::move(item));
    };
    add(t.header);
    for (table::row const& row : t.rows) add(row);
    return rows;
  }

  template <class IsShort>
  static void make_ready(inline_node& node, IsShort is_short) {
    if (link* const l = std::get_if<link>(&node); l != nullptr) {
      if (!link_target(l->url) || !is_short(*l)) {
        std::string words = link_as_text(*l);
        node = text{std::move(words)};
      } else if (is_blank(l->text)) {
        l->text = l->url;
      }
    }
    std::visit(overloaded{[](link& l) { l.text = clean(l.text); },
                          [](auto& other) { other.value = clean(other.value); }},
               node);
  }

  static bool is_blank(std::string_view words) { return clean_line(words).empty(); }

  static std::string_view words_of(inline_node const& node) {
    return std::visit(overloaded{[](link const& l) { return std::string_view{l.text}; },
                                 [](auto const& other) { return std::string_view{other.value}; }},
                      node);
  }

  void add_leaf(std::string_view words, std::size_t group, std::size_t cell,
                inline_node const* node) {
    if (words.empty()) return;
    leaves_.push_back({size_, group, cell, words, node});
    size_ += words.size();
  }

  /// The index of the leaf that holds a position; the number of leaves at the end.
  [[nodiscard]] std::size_t leaf_at(std::size_t position) const {
    if (position >= size_) return leaves_.size();
    auto const after =
        std::upper_bound(leaves_.begin(), leaves_.end(), position,
                         [](std::size_t wanted, leaf const& l) { return wanted < l.begin; });
    return static_cast<std::size_t>(after - leaves_.begin()) - 1;
  }

  /// A block of the same kind without words.
  [[nodiscard]] block frame() const {
    return std::visit(overloaded{[](heading const& h) { return block{heading{h.level, {}}}; },
                                 [](table const& t) { return block{table{t.header}}; },
                                 []<class Block>(Block const&) { return block{Block{}}; }},
                      block_);
  }

  static inline_node with_words(leaf const& l, std::string_view words) {
    return std::visit(
        overloaded{[&](link const& whole) {
                     // A link without words would tell its URL.
                     return is_blank(words) ? inline_node{text{std::string{words}}}
                                            : inline_node{link{std::string{words}, whole.url}};
                   },
                   [&]<class Node>(Node const&) { return inline_node{Node{std::string{words}}}; }},
        *l.node);
  }

  static void add_words(block& part, leaf const& l, std::size_t group, std::string_view words) {
    std::visit(overloaded{[&](heading& h) { h.content.add(with_words(l, words)); },
                          [&](paragraph& p) { p.content.add(with_words(l, words)); },
                          [&](list& items) {
                            if (items.items.size() <= group) items.items.resize(group + 1);
                            items.items[group].add(with_words(l, words));
                          },
                          [&](table& t) {
                            if (t.rows.size() <= group) t.rows.resize(group + 1);
                            table::row& row = t.rows[group];
                            if (row.size() <= l.cell) row.resize(l.cell + 1);
                            row[l.cell].add(with_words(l, words));
                          },
                          [&](code_block& c) { c.value += words; }},
               part);
  }

  /// The last position between two code points that is not behind a position.
  [[nodiscard]] std::size_t boundary_before(std::size_t position) const {
    if (position >= size_) return size_;
    leaf const& l = leaves_[leaf_at(position)];
    std::size_t i = position - l.begin;
    while (i > 0 && argus_ticket::detail::is_continuation(l.words[i])) --i;
    return l.begin + i;
  }

  /// A line break or a space shortly before an end; the end itself where there is none.
  [[nodiscard]] std::size_t nice_end(std::size_t begin, std::size_t end) const {
    if (end >= size_ || end <= begin) return end;
    leaf const& l = leaves_[leaf_at(end - 1)];
    std::size_t const reach = (std::min)((end - begin) / 4, std::size_t{400});
    std::size_t const from = (std::max)(end - reach, l.begin) - l.begin;
    std::string_view const tail = l.words.substr(from, end - l.begin - from);
    for (char const wanted : {'\n', ' '})
      if (std::size_t const at = tail.rfind(wanted); at != std::string_view::npos)
        return l.begin + from + at + 1;
    return end;
  }

  block block_;
  std::vector<leaf> leaves_;
  std::size_t size_ = 0;
};

} // namespace argus_ticket::document::detail

#endif
