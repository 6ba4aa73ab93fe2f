#ifndef ARGUS_TICKET_DETAIL_CONFIG_HPP
#define ARGUS_TICKET_DETAIL_CONFIG_HPP

// The two link modes: see docs/link_modes.md. Functions that are no templates are declared with
// ARGUS_TICKET_DECL; their bodies stand in impl/*.ipp. Header-only, which is the default, each
// header brings its bodies along. Where all files of a program are compiled with
// ARGUS_TICKET_SEPARATE_COMPILATION, the bodies are compiled once: by the target
// argus_ticket::compiled, or in the file that includes <argus_ticket/src.hpp>.
#ifdef ARGUS_TICKET_SEPARATE_COMPILATION
#define ARGUS_TICKET_DECL
#else
#define ARGUS_TICKET_DECL inline
#define ARGUS_TICKET_WITH_BODIES
#endif

// The same function would be inline in one file and not in another where modes are mixed: a program
// of both must not link. Each file defines a variable that is thread-local in one mode and not in
// the other, which linkers refuse (ELF) even where nobody uses it; and Clang's link-time
// optimisation, which joins the two without a word, trips over an assembler symbol.
#if defined(_MSC_VER)
#ifdef ARGUS_TICKET_SEPARATE_COMPILATION
#pragma detect_mismatch("argus_ticket", "compiled")
#else
#pragma detect_mismatch("argus_ticket", "header-only")
#endif
#elif defined(__GNUC__)
namespace argus_ticket::detail {
#ifdef ARGUS_TICKET_SEPARATE_COMPILATION
[[gnu::used]] inline char compiled_and_header_only_files_must_not_be_mixed = 1;
#else
[[gnu::used]] inline constinit thread_local char compiled_and_header_only_files_must_not_be_mixed =
    1;
#endif
} // namespace argus_ticket::detail
#if defined(__clang__) && defined(__ELF__)
#ifdef ARGUS_TICKET_SEPARATE_COMPILATION
asm(".ifdef argus_ticket_header_only\n"
    ".error \"argus_ticket: compiled_and_header_only_files_must_not_be_mixed\"\n"
    ".endif\n"
    ".set argus_ticket_compiled, 1\n");
#else
asm(".ifdef argus_ticket_compiled\n"
    ".error \"argus_ticket: compiled_and_header_only_files_must_not_be_mixed\"\n"
    ".endif\n"
    ".set argus_ticket_header_only, 1\n");
#endif
#endif
#endif

#endif
