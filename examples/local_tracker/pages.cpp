#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>
#include <local_tracker/inspection.hpp>
#include <local_tracker/pages.hpp>
#include <local_tracker/text.hpp>
#include <memory>
#include <mutex>

namespace local_tracker {
namespace {

constexpr std::string_view style = R"(
:root{color-scheme:light dark;--line:#d1d9e0;--soft:#f6f8fa;--text:#1f2328;--mute:#59636e;--link:#0969da;--page:#fff}
@media(prefers-color-scheme:dark){:root{--line:#3d444d;--soft:#151b23;--text:#f0f6fc;--mute:#9198a1;--link:#4493f8;--page:#0d1117}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--text);font:15px/1.55 system-ui,sans-serif}
header{background:var(--soft);border-bottom:1px solid var(--line);padding:.8rem 1.2rem}
main{max-width:60rem;margin:1.5rem auto;padding:0 1rem}
a{color:var(--link);text-decoration:none}a:hover{text-decoration:underline}
h1{font-size:1.6rem;font-weight:500;margin:.2rem 0 .6rem;overflow-wrap:anywhere}
.mute{color:var(--mute)}
.state{display:inline-block;border-radius:2rem;padding:.15rem .75rem;color:#fff;background:#1f883d;font-weight:600}
.closed{background:#8250df}
.label{display:inline-block;border:1px solid var(--line);border-radius:2rem;padding:0 .6rem;margin:0 .2rem;font-size:.8rem}
.box{border:1px solid var(--line);border-radius:6px;margin:1rem 0;overflow:hidden}
.box>div:first-child{background:var(--soft);border-bottom:1px solid var(--line);padding:.5rem 1rem}
.text{padding:.6rem 1rem;overflow-wrap:anywhere}
.text table{border-collapse:collapse;display:block;overflow-x:auto}
.text td,.text th{border:1px solid var(--line);padding:.3rem .8rem}
.text pre{background:var(--soft);padding:.8rem;border-radius:6px;overflow-x:auto}
.text code{background:var(--soft);border-radius:4px;padding:.1rem .3rem;font-size:.9em}
.text blockquote{border-left:.25rem solid var(--line);margin-left:0;padding-left:1rem;color:var(--mute)}
ul.list{list-style:none;margin:0;padding:0}
ul.list li{border-top:1px solid var(--line);padding:.6rem 1rem;overflow-wrap:anywhere}
ul.list li:first-child{border-top:0}
)";

constexpr std::size_t issues_per_page = 50;

/// The one style sheet is allowed by its hash, everything else is not allowed at all.
std::string const& content_security_policy() {
  static std::string const policy = [] {
    std::array<unsigned char, EVP_MAX_MD_SIZE> hash{};
    unsigned size = 0;
    EVP_Digest(style.data(), style.size(), hash.data(), &size, EVP_sha256(), nullptr);
    return "default-src 'none'; style-src 'sha256-" +
           base64({reinterpret_cast<char const*>(hash.data()), size}) +
           "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
  }();
  return policy;
}

response page(unsigned status, std::string_view title, std::string const& content,
              std::string const& root) {
  response answer;
  answer.status = status;
  answer.set("Content-Type", "text/html; charset=utf-8")
      .set("Content-Security-Policy", content_security_policy())
      .set("X-Content-Type-Options", "nosniff")
      .set("X-Frame-Options", "DENY")
      .set("Referrer-Policy", "no-referrer")
      .set("Cache-Control", "no-store");
  answer.body =
      "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
      "content=\"width=device-width\"><title>" +
      escape_html(title) + "</title><style>" + std::string(style) +
      "</style></head><body><header><a href=\"" + escape_html(root) +
      "/\">local tracker</a></header><main>" + content + "</main></body></html>\n";
  return answer;
}

response not_found(std::string const& root) {
  return page(404, "Not found",
              "<h1>Not found</h1><p class=\"mute\">There is no such page here.</p>", root);
}

std::string state_badge(issue const& value) {
  return value.closed ? "<span class=\"state closed\">Closed</span>"
                      : "<span class=\"state\">Open</span>";
}

std::string label_badges(issue const& value) {
  std::string html;
  for (std::string const& name : value.labels)
    html += "<span class=\"label\">" + escape_html(name) + "</span>";
  return html;
}

std::string entry(std::string_view author, std::chrono::sys_seconds when, std::string_view text,
                  std::string const& anchor) {
  std::string const shown =
      blank(text) ? "<p class=\"mute\">No description provided.</p>" : render_markdown(text);
  return "<div class=\"box\"" + (anchor.empty() ? "" : " id=\"" + anchor + '"') + "><div><strong>" +
         escape_html(author) + "</strong> <span class=\"mute\">" + iso_time(when) +
         "</span></div><div class=\"text\">" + shown + "</div></div>";
}

response front_page(github_api const& api) {
  std::string html = "<h1>Repositories</h1><div class=\"box\"><ul class=\"list\">";
  for (std::string const& name : api.public_repositories())
    html += "<li><a href=\"" + escape_html(api.root_url() + '/' + name + "/issues") + "\">" +
            escape_html(name) + "</a></li>";
  return page(200, "Repositories", html + "</ul></div>", api.root_url());
}

response index_page(github_api const& api, std::string const& repository, target const& at) {
  std::size_t number = 1;
  if (std::string const* const text = at.find("page"); text != nullptr)
    std::from_chars(text->data(), text->data() + text->size(), number);
  number = std::clamp<std::size_t>(number, 1, 1'000'000);
  auto const shown = api.read_page(repository, number, issues_per_page);
  if (!shown) return not_found(api.root_url());
  std::string const url = escape_html(api.root_url() + '/' + shown->full_name + "/issues");
  std::string html = "<h1>" + escape_html(shown->full_name) + "</h1><p class=\"mute\">" +
                     std::to_string(shown->count) +
                     " issues</p><div class=\"box\"><ul class=\"list\">";
  for (issue const& value : shown->issues)
    html += "<li>" + state_badge(value) + " <a href=\"" + url + '/' + std::to_string(value.number) +
            "\">" + escape_html(value.title) + "</a> " + label_badges(value) +
            "<br><span class=\"mute\">#" + std::to_string(value.number) + " opened " +
            iso_time(value.created_at) + " by " + escape_html(value.author) + "</span></li>";
  html += "</ul></div><p>";
  if (number > 1)
    html += "<a href=\"" + url + "?page=" + std::to_string(number - 1) + "\">Newer</a> ";
  if (number * issues_per_page < shown->count)
    html += "<a href=\"" + url + "?page=" + std::to_string(number + 1) + "\">Older</a>";
  return page(200, shown->full_name, html + "</p>", api.root_url());
}

response issue_page(github_api const& api, std::string const& repository,
                    std::string const& number_text) {
  unsigned number = 0;
  auto const [end, failed] =
      std::from_chars(number_text.data(), number_text.data() + number_text.size(), number);
  if (failed != std::errc{} || end != number_text.data() + number_text.size())
    return not_found(api.root_url());
  auto const found = api.read_issue(repository, number);
  if (!found) return not_found(api.root_url());
  std::string html = "<p class=\"mute\"><a href=\"" +
                     escape_html(api.root_url() + '/' + repository + "/issues") + "\">" +
                     escape_html(repository) + "</a></p><h1>" + escape_html(found->title) +
                     " <span class=\"mute\">#" + std::to_string(number) + "</span></h1><p>" +
                     state_badge(*found) + ' ' + label_badges(*found);
  if (found->state_reason)
    html += " <span class=\"mute\">" + escape_html(*found->state_reason) + "</span>";
  html += "</p>" + entry(found->author, found->created_at, found->body.value_or(""), "");
  for (comment const& value : found->comments)
    html += entry(value.author, value.created_at, value.body,
                  "issuecomment-" + std::to_string(value.id));
  return page(200, found->title, html, api.root_url());
}

} // namespace

std::string render_markdown(std::string_view text) {
  static std::once_flag registered;
  std::call_once(registered, [] { cmark_gfm_core_extensions_ensure_registered(); });
  // Without CMARK_OPT_UNSAFE cmark leaves out raw HTML and empties links to javascript: and the
  // like.
  int const options = CMARK_OPT_VALIDATE_UTF8 | CMARK_OPT_GITHUB_PRE_LANG;
  std::unique_ptr<cmark_parser, void (*)(cmark_parser*)> const parser{cmark_parser_new(options),
                                                                      cmark_parser_free};
  for (char const* name : {"autolink", "table", "strikethrough", "tagfilter"})
    if (cmark_syntax_extension* const extension = cmark_find_syntax_extension(name);
        extension != nullptr)
      cmark_parser_attach_syntax_extension(parser.get(), extension);
  cmark_parser_feed(parser.get(), text.data(), text.size());
  std::unique_ptr<cmark_node, void (*)(cmark_node*)> const document{
      cmark_parser_finish(parser.get()), cmark_node_free};
  std::unique_ptr<char, void (*)(void*)> const html{
      cmark_render_html(document.get(), options, cmark_parser_get_syntax_extensions(parser.get())),
      cmark_get_default_mem_allocator()->free};
  return html.get();
}

bool is_api_request(github_api const& api, request const& asked) {
  auto const root = parse_target(api.path_prefix() + "/api").segments;
  auto const path = parse_target(asked.target).segments;
  return path.size() >= root.size() && std::equal(root.begin(), root.end(), path.begin());
}

response handle_page(github_api const& api, request const& asked) {
  std::string const root = api.root_url();
  if (asked.method != "GET" && asked.method != "HEAD")
    return page(405, "Not allowed", "<h1>Not allowed</h1>", root).set("Allow", "GET, HEAD");
  target at = parse_target(asked.target);
  auto const prefix = parse_target(api.path_prefix()).segments;
  auto& path = at.segments;
  if (path.size() < prefix.size() || !std::equal(prefix.begin(), prefix.end(), path.begin()))
    return not_found(root);
  path.erase(path.begin(), path.begin() + static_cast<std::ptrdiff_t>(prefix.size()));
  if (!path.empty() && path.back().empty()) path.pop_back();

  if (path.empty()) return front_page(api);
  if (path[0] == "_tracker") return handle_inspection(api, at); // no owner has such a name
  if (path.size() < 2 || (path.size() >= 3 && path[2] != "issues") || path.size() > 4)
    return not_found(root);
  std::string const repository = path[0] + '/' + path[1];
  if (auto const now = api.moved_to(repository)) {
    std::string url = root + '/' + *now + "/issues";
    // Only a number can follow here; anything else would let the path write the header.
    if (path.size() == 4 && !path[3].empty() &&
        path[3].find_first_not_of("0123456789") == std::string::npos)
      url += '/' + path[3];
    return page(301, "Moved", "<h1>Moved</h1>", root).set("Location", url);
  }
  return path.size() == 4 ? issue_page(api, repository, path[3]) : index_page(api, repository, at);
}

} // namespace local_tracker
