#ifndef ARGUS_TICKET_FWD_HPP
#define ARGUS_TICKET_FWD_HPP

/// Types that are named without being needed: each stands in the header of its name, or in the one
/// that is said here.

namespace argus_ticket {

class https_transport; // transport/https.hpp
class pacer;           // policy/pacer.hpp
struct incident;
struct incident_key;
struct rate_limits;
template <class T>
class operation;

namespace document { // the dialects in headers of their names
struct adf;
struct document;
struct gitlab_markdown;
struct jira_wiki;
struct markdown;
struct request_tracker_html;
} // namespace document

namespace http {
class request;
class response;
} // namespace http

namespace plugins { // each in the header of its name
class github;
class gitlab;
class jira;
class request_tracker;
} // namespace plugins

} // namespace argus_ticket

#endif
