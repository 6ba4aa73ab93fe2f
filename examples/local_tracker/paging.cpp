#include <algorithm>
#include <charconv>
#include <local_tracker/state.hpp>

namespace local_tracker::detail {
namespace {

/// GitHub takes what is no number for the default.
std::size_t number_or(std::string const* text, std::size_t otherwise) {
  if (text == nullptr) return otherwise;
  std::size_t value = 0;
  auto const [end, failed] = std::from_chars(text->data(), text->data() + text->size(), value);
  return failed == std::errc{} && end == text->data() + text->size() && value > 0 ? value
                                                                                  : otherwise;
}

} // namespace

paging paging_of(call const& c) {
  paging result;
  result.per_page = std::min<std::size_t>(number_or(c.at.find("per_page"), 30), 100);
  result.page = std::min<std::size_t>(number_or(c.at.find("page"), 1), 1'000'000'000);
  return result;
}

std::string query_with(call const& c,
                       std::vector<std::pair<std::string, std::string>> const& changes,
                       std::vector<std::string_view> const& without) {
  auto query = c.at.query;
  std::erase_if(query, [&](auto const& pair) {
    return std::find(without.begin(), without.end(), pair.first) != without.end();
  });
  for (auto const& [key, value] : changes) {
    auto const found = std::find_if(query.begin(), query.end(), [&, &name = key](auto const& pair) {
      return pair.first == name;
    });
    if (found != query.end())
      found->second = value;
    else
      query.emplace_back(key, value);
  }
  std::string text;
  for (auto const& [key, value] : query)
    (((text += text.empty() ? '?' : '&') += form_encode(key)) += '=') += form_encode(value);
  return text;
}

void link_pages(call& c, paging const& pages, std::size_t total, std::string const& path) {
  std::size_t const last = std::max<std::size_t>((total + pages.per_page - 1) / pages.per_page, 1);
  if (last == 1 && pages.page == 1) return;
  std::string const url = c.s.api_root() + "/repositories/" + std::to_string(c.where->id) + path;
  std::string text;
  auto const add = [&](std::size_t page, std::string_view relation) {
    if (!text.empty()) text += ", ";
    text += '<' + url + query_with(c, {{"page", std::to_string(page)}}) + ">; rel=\"";
    (text += relation) += '"';
  };
  // GitHub's own order.
  if (pages.page > 1) add(std::min(pages.page - 1, last), "prev");
  if (pages.page < last) {
    add(pages.page + 1, "next");
    add(last, "last");
  }
  if (pages.page > 1) {
    if (pages.page > last) add(last, "last");
    add(1, "first");
  }
  c.answer.set("Link", std::move(text));
}

} // namespace local_tracker::detail
