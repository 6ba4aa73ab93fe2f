#pragma once
// What a script may ask the tracker about itself, below "/_tracker/". No part of GitHub.

#include <local_tracker/github_api.hpp>
#include <local_tracker/text.hpp>

namespace local_tracker {

/// Answers GET for
///   /_tracker/issues.json?repository=owner/name&per_page=N&page=N
///       {"count":all of them,"issues":[{repository, number, title, body, state, labels, author,
///       created_at, comments_count, comments: [their texts]}]}, by number. Without `repository`:
///       of all of them that are public; without `per_page`: on one page.
///   /_tracker/statistics.json
///       what `github_api::statistics` says
/// `at` is the request's target below the path prefix. No token is asked for, as on all pages.
response handle_inspection(github_api const& api, target const& at);

} // namespace local_tracker
