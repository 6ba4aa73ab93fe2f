#include "../support/catch.hpp"
#include "../support/markdown_reader.hpp"
#include "hostile_inputs.hpp"

#include <argus_ticket/document/html.hpp>
#include <argus_ticket/document/markdown.hpp>
#include <argus_ticket/document/neutralise.hpp>
#include <argus_ticket/document/pages.hpp>
#include <argus_ticket/document/plain.hpp>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

using namespace argus_ticket::document;
namespace doc = argus_ticket::document;

namespace {

constexpr length_unit code_points = length_unit::code_points;
constexpr std::size_t many = 1'000'000;

std::vector<block> blocks_of(std::string const& s) {
  return {paragraph{s},
          list{s, code{s}, s},
          table{{"a", "b"}, {{s, code{s}}, {"x", s}}},
          code_block{s},
          heading{2, s},
          paragraph{s, strong{s}, doc::link{s, "https://argus.example.org/1"}, s}};
}

/// Without white space and zero-width spaces: what is left when texts are split at any place.
std::string letters(std::string_view text) {
  std::string read = test::as_read(text);
  std::erase(read, ' ');
  return read;
}

std::string repeated(std::string_view unit, std::size_t count) {
  std::string all;
  for (std::size_t i = 0; i < count; ++i) all += unit;
  return all;
}

template <class D>
void check_limits(std::string const& name, document const& d) {
  for (length_unit const unit : {code_points, length_unit::bytes, length_unit::utf16})
    for (std::size_t const limit :
         {std::size_t{0}, std::size_t{5}, std::size_t{60}, std::size_t{100}, std::size_t{333}})
      for (std::size_t const count : {std::size_t{1}, std::size_t{3}, many}) {
        auto const pages = split<D>(d, limit, limit + 7, unit, count);
        bool good = !pages.empty() && pages.size() <= count;
        for (std::size_t i = 0; i < pages.size(); ++i)
          good = good && length(pages[i], unit) <= limit + (i == 0 ? 0 : 7);
        if (!good) FAIL(name << " at " << limit << ", " << count << " pages");
      }
}

} // namespace

TEST_CASE("a short document is one page", "[document][pages]") {
  document const d{heading{2, "a"}, paragraph{"b"}};
  CHECK(split<markdown>(d, 100, 100, code_points, 5) ==
        std::vector<std::string>{markdown::render(d)});
  CHECK(split<markdown>(document{}, 100, 100, code_points, 5) == std::vector<std::string>{""});
  CHECK(split<html>(d, 100, 100, code_points, 0).size() == 1);
  std::size_t const exact = markdown::render(d).size();
  CHECK(split<markdown>(d, exact, exact, code_points, 5).size() == 1);
  CHECK(split<markdown>(d, exact - 1, exact - 1, code_points, 5).size() > 1);
}

TEST_CASE("pages break between blocks, and not behind a heading", "[document][pages]") {
  document const d{paragraph{repeated("a", 50)}, heading{2, "title"}, paragraph{repeated("b", 60)},
                   paragraph{"c"}};
  auto const pages = split<markdown>(d, 80, 80, code_points, 5);
  REQUIRE(pages.size() == 2);
  CHECK(pages[0] == repeated("a", 50));
  CHECK(pages[1] == "## title\n\n" + repeated("b", 60) + "\n\nc");
}

TEST_CASE("a long text is split at spaces", "[document][pages]") {
  document const d{paragraph{repeated("word ", 100)}};
  auto const pages = split<plain>(d, 101, 101, code_points, many);
  CHECK(pages.size() < 8);
  for (std::string const& page : pages) {
    INFO(page);
    CHECK(page.starts_with("word"));
    CHECK(page.ends_with("word"));
  }
}

TEST_CASE("a table that goes on repeats its header, a list stays a list", "[document][pages]") {
  table t{{"name", "value"}};
  list l;
  for (int i = 0; i < 200; ++i) {
    t.rows.push_back({"row " + std::to_string(i), code{"x|y"}});
    l.items.emplace_back("item " + std::to_string(i));
  }
  std::size_t rows = 0, items = 0;
  for (std::string const& page : split<markdown>(document{t, l}, 300, 300, code_points, many)) {
    test::markdown_reading const reading = test::read_markdown(page);
    rows += reading.count("table_row");
    items += reading.count("item");
    if (reading.count("table_row") > 0)
      CHECK(page.starts_with("| name | value |\n| --- | --- |\n"));
  }
  CHECK(rows >= 200);
  CHECK(rows < 240); // a row that is split stands on two pages
  CHECK(items >= 200);
  CHECK(items < 240);
}

TEST_CASE("a header too long for a page and a URL too long for a page are text",
          "[document][pages]") {
  document const d{table{{repeated("h", 300)}, {{"x"}, {"y"}}},
                   paragraph{doc::link{"z", "https://a.example/" + repeated("u", 500)}}};
  std::string read;
  for (std::string const& page : split<markdown>(d, 200, 200, code_points, many)) {
    CHECK(length(page, code_points) <= 200);
    read += test::read_markdown(page).visible;
  }
  CHECK(letters(read) == repeated("h", 300) + "xyz(https://a.example/" + repeated("u", 500) + ")");
}

TEST_CASE("pages keep to their limits, whatever is in them", "[document][pages]") {
  for (test::hostile_input const& input : test::hostile_inputs()) {
    document d;
    for (block& b : blocks_of(input.bytes)) d.add(std::move(b));
    check_limits<markdown>(input.name, d);
    check_limits<html>(input.name, d);
    check_limits<plain>(input.name, d);
  }
}

TEST_CASE("nothing is lost and nothing comes to life where a text is split", "[document][pages]") {
  for (test::hostile_input const& input : test::hostile_inputs()) {
    std::string const longer = repeated(input.bytes + "q", 12);
    std::string const wanted = letters(clean(longer));
    for (block const& b : {block{paragraph{longer}}, block{list{longer}}, block{code_block{longer}},
                           block{heading{2, longer}}, block{paragraph{code{longer}}}}) {
      std::string read;
      auto const pages = split<markdown>(document{b}, 90, 120, code_points, many);
      for (std::string const& page : pages) {
        test::markdown_reading const reading = test::read_markdown(page);
        INFO(input.name << ":\n" << page);
        CHECK(test::github_references(reading) == std::vector<std::string>{});
        CHECK(reading.links.empty());
        CHECK(reading.images.empty());
        CHECK(reading.count("emph") + reading.count("block_quote") +
                  reading.count("strikethrough") + reading.count("html_block") +
                  reading.count("thematic_break") ==
              0);
        CHECK(page.find("<!--") == std::string::npos);
        read += reading.visible;
      }
      INFO(input.name);
      CHECK(letters(read) == wanted);
    }
  }
}

TEST_CASE("random markup stays text where it is split", "[document][pages]") {
  test::random_markup random{20260102};
  int const rounds = std::getenv("ARGUS_TICKET_LONG_TESTS") != nullptr ? 200'000 : 2'000;
  int wrong = 0;
  for (int round = 0; round < rounds; ++round) {
    document d;
    for (int i = 0; i < 3; ++i) {
      auto blocks = blocks_of(random.text(20));
      d.add(blocks[random.below(blocks.size())]);
    }
    std::size_t const limit = 60 + random.below(200);
    for (std::string const& page : split<markdown>(d, limit, limit, code_points, many)) {
      test::markdown_reading const reading = test::read_markdown(page);
      bool good = length(page, code_points) <= limit && test::github_references(reading).empty() &&
                  reading.images.empty() && page.find("<!--") == std::string::npos;
      for (test::markdown_link const& link : reading.links)
        good = good && link.url == "https://argus.example.org/1";
      for (std::string const& kind : reading.kinds)
        good = good && kind != "emph" && kind != "block_quote" && kind != "strikethrough" &&
               kind != "html_block" && kind != "thematic_break";
      INFO(page);
      if (!good) CHECK(++wrong == 0);
    }
  }
  CHECK(wrong == 0);
}

TEST_CASE("the last page says how much was left out", "[document][pages]") {
  document const d{paragraph{"first"}, paragraph{repeated("x", 1000)},
                   paragraph{repeated("y", 50)}};
  auto const pages = split<plain>(d, 200, 200, code_points, 2);
  REQUIRE(pages.size() == 2);
  auto const count = [&](char c) {
    std::size_t n = 0;
    for (std::string const& page : pages)
      n += static_cast<std::size_t>(std::count(page.begin(), page.end(), c));
    return n;
  };
  std::size_t const kept = count('x');
  CHECK(kept > 250);
  CHECK(pages[1].ends_with("\xE2\x80\xA6 and " + std::to_string(1050 - kept) +
                           " more characters, left out here."));
  for (std::string const& page : pages) CHECK(length(page, code_points) <= 200);
  CHECK(split<plain>(d, 10, 10, code_points, 1) ==
        std::vector<std::string>{"first\n\nxxx"}); // no room to say it
}

TEST_CASE("the number left out is exact in Markdown, too", "[document][pages]") {
  for (std::size_t const limit : {150U, 400U, 1000U}) {
    document const d{paragraph{repeated("@a ", 500)}, list{repeated("`", 300), "z"}};
    auto const pages = split<markdown>(d, limit, limit, code_points, 1);
    REQUIRE(pages.size() == 1);
    std::size_t const kept =
        static_cast<std::size_t>(std::count(pages[0].begin(), pages[0].end(), '@'));
    std::size_t const at = pages[0].rfind("and ");
    std::size_t const said = std::stoul(pages[0].substr(at + 4));
    CHECK(said <= 1500 - 3 * kept + 301 + 2);
    CHECK(said + 3 >= 1500 - 3 * kept + 301);
  }
}

TEST_CASE("splitting costs time in proportion to the text", "[document][pages]") {
  // A figure to look at, not a check: how many times as long a text of four times the size takes.
  double worst = 0;
  std::string slowest;
  auto const time_of = [](std::string const& text) {
    auto const start = std::chrono::steady_clock::now();
    for (block const& b :
         {block{paragraph{text}}, block{code_block{text}}, block{list{code{text}}}})
      for (std::string const& page :
           split<markdown>(document{b}, 65'536, 65'536, code_points, many))
        if (length(page, code_points) > 65'536) FAIL("a page is too long");
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  };
  auto const small = test::huge_inputs(1 << 14);
  auto const large = test::huge_inputs(1 << 16);
  REQUIRE(small.size() == large.size());
  for (std::size_t i = 0; i < large.size(); ++i) {
    double const ratio = time_of(large[i].bytes) / time_of(small[i].bytes);
    if (ratio > worst) {
      worst = ratio;
      slowest = large[i].name;
    }
  }
  std::cout << "split_time_of_4_times_the_text " << worst << " (" << slowest << ")\n";
}

TEST_CASE("many small pages and many small blocks", "[document][pages]") {
  document d;
  for (int i = 0; i < 20'000; ++i) d.add(paragraph{"paragraph @x " + std::to_string(i)});
  list l;
  for (int i = 0; i < 20'000; ++i) l.items.emplace_back("item @x " + std::to_string(i));
  d.add(l).add(paragraph{repeated("word ", 100'000)});
  for (std::size_t const limit : {200U, 5'000U, 65'536U})
    CHECK(split<markdown>(d, limit, limit, length_unit::bytes, many).size() > 10);
}
