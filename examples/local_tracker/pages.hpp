#pragma once
// The web pages behind `html_url`. Whatever a ticket says, a page has no scripts and loads nothing.

#include <local_tracker/github_api.hpp>
#include <string>
#include <string_view>

namespace local_tracker {

/// GitHub Flavored Markdown as safe HTML: raw HTML is left out, links to scripts lose their target.
std::string render_markdown(std::string_view text);

/// Answers GET for "/", "/{owner}/{repo}", "/{owner}/{repo}/issues" and "…/issues/{number}", and
/// below "/_tracker/" what inspection.hpp says.
response handle_page(github_api const& api, request const& asked);

/// Whether a request is for the API (and not for a page).
bool is_api_request(github_api const& api, request const& asked);

} // namespace local_tracker
