// A document that goes on over pages, in each dialect. {n} is followed by the limit of a page.

#include "html_reader.hpp"
#include "markdown_judge.hpp"

#include <argus_ticket/document/html.hpp>
#include <argus_ticket/document/pages.hpp>
#include <argus_ticket/document/plain.hpp>

namespace {

using namespace fuzz;

constexpr std::size_t least = 200, most = 1'000; // below, there is no room for markup

/// What is left of a text that may be split at any place.
std::string letters(std::string_view text) {
  std::string read = test::as_read(text);
  std::erase(read, ' ');
  return read;
}

bool is_link(doc::link const& l) { return doc::detail::link_target(l.url).has_value(); }

/// Whether a link's URL is longer than that in some markup.
bool is_long(doc::link const& l, std::size_t limit) {
  std::string const target = *doc::detail::link_target(l.url);
  auto const dollars = static_cast<std::size_t>(std::count(target.begin(), target.end(), '$'));
  return escaped_html(target).size() + 2 * dollars > limit;
}

/// Whether each byte of a text stands as often in another: where that goes on, it says some things
/// again.
bool holds_all(std::string read, std::string wanted) {
  std::sort(read.begin(), read.end());
  std::sort(wanted.begin(), wanted.end());
  return std::includes(read.begin(), read.end(), wanted.begin(), wanted.end());
}

/// What is to be read, if there is room for it.
struct wanted_words {
  std::string letters;
  bool repeats = false; ///< Such as a table's header.
};

template <class Dialect, class Read>
void judge(doc::document const& d, std::size_t limit, wanted_words const& wanted, Read read) {
  constexpr doc::length_unit units[] = {doc::length_unit::code_points, doc::length_unit::bytes,
                                        doc::length_unit::utf16};
  doc::length_unit const unit = units[limit % 3];
  std::string all;
  for (std::string const& page : doc::split<Dialect>(d, limit, limit, unit, 100'000)) {
    require(doc::length(page, unit) <= limit, "a page keeps to its limit", page);
    all += read(page);
  }
  all = letters(all);
  if (limit >= least)
    require(wanted.repeats ? holds_all(all, wanted.letters) : all == wanted.letters,
            "nothing is lost", all, wanted.letters);
  auto const cut = doc::split<Dialect>(d, limit / 2, limit, unit, 2);
  require(!cut.empty() && cut.size() <= 2, "there are not more pages than allowed");
  for (std::size_t i = 0; i < cut.size(); ++i)
    require(doc::length(cut[i], unit) <= (i == 0 ? limit / 2 : limit),
            "a last page keeps to its limit", cut[i]);
}

std::string words_in_markdown(std::string const& page) {
  test::markdown_reading const reading = test::read_markdown(page);
  judge_markdown(page, reading);
  return reading.visible;
}
std::string words_in_html(std::string const& page) {
  html_reading reading = fuzz::read_html(page);
  require(reading.sound, "each sign of markup is ours", page);
  return reading.visible;
}
/// Items and cells have signs of their own in plain text.
std::string without_signs(std::string text) {
  std::erase_if(text, [](char c) { return c == '-' || c == '|'; });
  return text;
}
std::string words_in_plain(std::string const& page) {
  require(doc::clean(page) == page, "the text is clean", page);
  return without_signs(page);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(unsigned char const* data, std::size_t size) {
  std::vector<piece> const pieces = pieces_of(as_text(data, size), "nhplitrckxsmau");
  std::size_t limit = 250;
  bool repeats = false; // a table repeats its header
  for (piece const& p : pieces) {
    repeats |= p.mark == 't';
    if (p.mark == 'n') std::from_chars(p.bytes.data(), p.bytes.data() + p.bytes.size(), limit);
  }
  limit = (std::min)(limit, most);
  doc::document d;
  std::vector<doc::link> links;
  for (piece const& p : pieces) {
    if (p.mark == 'n') continue;
    add(d, p);
    if (p.mark != 'u') continue;
    auto const& l = std::get<doc::link>(end_of(d).nodes.back());
    if (!is_link(l)) continue;
    links.push_back(l);
    repeats |= is_long(l, limit / 4); // may become text, which tells its URL
  }
  auto const words = [&](shown_as const& how) {
    // Where a link is shown as text, each part of it tells its URL.
    bool const all_are_links = std::all_of(links.begin(), links.end(), how.is_link);
    return wanted_words{letters(words_of(d, how)), repeats || !all_are_links};
  };
  judge<doc::markdown>(d, limit, words({&is_markdown_link}), words_in_markdown);
  judge<doc::html>(d, limit, words({&is_link}), words_in_html);
  wanted_words plain = words({[](doc::link const&) { return false; }});
  plain.letters = without_signs(std::move(plain.letters));
  judge<doc::plain>(d, limit, plain, words_in_plain);
  return 0;
}
