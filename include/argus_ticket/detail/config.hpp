#ifndef ARGUS_TICKET_DETAIL_CONFIG_HPP
#define ARGUS_TICKET_DETAIL_CONFIG_HPP

/// How functions that are no templates are declared. Their bodies stand in impl/*.ipp, which the
/// headers include at their end; a build that compiles those bodies once changes only this file.
#define ARGUS_TICKET_DECL inline

#endif
