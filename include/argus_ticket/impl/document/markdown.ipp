#ifndef ARGUS_TICKET_IMPL_DOCUMENT_MARKDOWN_IPP
#define ARGUS_TICKET_IMPL_DOCUMENT_MARKDOWN_IPP

#include <argus_ticket/document/markdown.hpp>
#include <argus_ticket/document/neutralise.hpp>
#include <argus_ticket/impl/document/default_sections.hpp>
#include <argus_ticket/impl/document/markdown_writer.hpp>

#include <algorithm>
#include <cstddef>

namespace argus_ticket::document::detail {

bool may_be_shortcode(std::string_view name) {
  if (std::none_of(name.begin(), name.end(), is_letter))
    return name == "100" || name == "1234" || name == "+1" || name == "-1";
  if (name.size() > 4 || !std::all_of(name.begin(), name.end(), is_hex)) return true;
  for (std::string_view const emoji : {"a", "ab", "abc", "abcd", "b", "bed", "bee", "cd"})
    if (name.size() == emoji.size() && starts_with_any_case(name, emoji)) return true;
  return false;
}

bool is_github_reference(std::string_view url) {
  std::string_view rest = url.substr((std::min)(url.find("//"), url.size() - 2) + 2);
  std::size_t const path = (std::min)(rest.find_first_of("/?#"), rest.size());
  std::string_view host = rest.substr(0, path);
  host.remove_prefix((std::min)(host.rfind('@') + 1, host.size()));
  host = host.substr(0, host.find(':'));
  if (host.ends_with('.')) host.remove_suffix(1);
  if (starts_with_any_case(host, "www.")) host.remove_prefix(4);
  if (host.size() != 10 || !starts_with_any_case(host, "github.com")) return false;
  for (rest.remove_prefix(path); !rest.empty(); rest.remove_prefix(1))
    for (std::string_view const telling : {"/issues", "/pull", "/discussions", "/commit", "%"})
      if (starts_with_any_case(rest, telling)) return true;
  return false;
}

inline std::string markdown_inlines(inlines const& nodes, markdown_grammar const& rules,
                                    markdown_place place) {
  std::string out;
  markdown_writer{rules, place, out}.write(nodes);
  return out;
}

inline std::string markdown_heading(heading const& h, markdown_grammar const& rules) {
  std::string const content = markdown_inlines(h.content, rules, markdown_place::heading);
  if (content.empty()) return {};
  return std::string(static_cast<std::size_t>((std::clamp)(h.level, 1, 6)), '#') + ' ' + content;
}

inline std::string markdown_list(list const& l, markdown_grammar const& rules) {
  std::string out;
  for (inlines const& item : l.items) {
    std::string const content = markdown_inlines(item, rules, markdown_place::item);
    if (content.empty()) continue;
    (out += out.empty() ? "- " : "\n- ") += content;
  }
  return out;
}

inline std::string markdown_table(table const& t, markdown_grammar const& rules) {
  std::size_t const columns = columns_of(t);
  if (columns == 0) return {};
  std::string out;
  auto const add = [&](table::row const& row) {
    out += '|';
    for (std::size_t i = 0; i < columns; ++i) {
      out += ' ';
      if (i < row.size()) out += markdown_inlines(row[i], rules, markdown_place::cell);
      out += " |";
    }
  };
  add(t.header);
  out += "\n|";
  for (std::size_t i = 0; i < columns; ++i) out += " --- |";
  for (table::row const& row : t.rows) {
    out += '\n';
    add(row);
  }
  return out;
}

/// Whether a line of a text is a command: a `/`, a word, and a blank or nothing.
inline bool is_command_line(std::string_view text, std::size_t start) {
  if (start >= text.size() || text[start] != '/') return false;
  std::size_t end = start + 1;
  while (end < text.size() && is_word(text[end])) ++end;
  return end > start + 1 && (end == text.size() || text[end] == ' ' || text[end] == '\n');
}

inline std::string markdown_code_block(code_block const& c, markdown_rules const& rules) {
  std::string lines = clean(c.value);
  lines.erase(lines.find_last_not_of('\n') + 1);
  if (lines.empty()) return {};
  lines = markdown_code(lines);
  std::string const fence((std::max)(std::size_t{3}, longest_run(lines, '`') + 1), '`');
  // Who looks for commands without reading Markdown may not see that this is code.
  if (rules.has_commands)
    for (std::size_t at = 0; at != std::string::npos; at = lines.find('\n', at + 1)) {
      std::size_t const start = at == 0 && lines.front() != '\n' ? 0 : at + 1;
      if (is_command_line(lines, start)) lines.insert(start, 1, ' ');
    }
  return fence + '\n' + lines + '\n' + fence;
}

std::string markdown_title(std::string_view line, markdown_rules const& rules) {
  std::string out;
  for (std::size_t i = 0; i < line.size(); ++i) {
    out += line[i];
    std::string_view const after = line.substr(i + 1);
    bool const is_telling_url = line[i] == ':' && after.starts_with("//") &&
                                rules.is_reference != nullptr &&
                                rules.is_reference(after.substr(0, after.find(' ')));
    if (is_telling_url || begins_reference(rules, line, i)) out += zero_width_space;
  }
  return out;
}

std::string render_markdown(block const& b, markdown_grammar const& rules) {
  return std::visit(
      overloaded{[&](heading const& h) { return markdown_heading(h, rules); },
                 [&](paragraph const& p) {
                   return markdown_inlines(p.content, rules, markdown_place::paragraph);
                 },
                 [&](list const& l) { return markdown_list(l, rules); },
                 [&](table const& t) { return markdown_table(t, rules); },
                 [&](code_block const& c) { return markdown_code_block(c, rules.rules); }},
      b);
}

/// Writes what it is told of the default document.
class markdown_sink {
 public:
  markdown_sink(markdown_grammar const& grammar, std::string& out) : grammar_(grammar), out_(out) {}

  void heading(std::string_view words) {
    std::size_t const before = begin_block();
    out_ += "## ";
    markdown_writer writer{grammar_, markdown_place::heading, out_};
    writer.write_text(clean_view(words, room_));
    if (writer.is_empty()) out_.resize(before);
  }
  void section(std::string_view name, std::string_view words) {
    markdown_writer writer = begin_section(name);
    out_ += ' ';
    writer.write_text(clean_view(words, room_));
  }
  void link(std::string_view name, std::string_view url) {
    markdown_writer writer = begin_section(name);
    out_ += ' ';
    auto const target = link_target_view(url, room_);
    bool const is_refused =
        target && grammar_.rules.is_reference != nullptr && grammar_.rules.is_reference(*target);
    if (target && !is_refused)
      writer.write_link(url, *target);
    else
      writer.write_text(clean_view(url, room_));
  }
  void list(std::string_view name) {
    begin_section(name);
    has_items_ = false;
  }
  void item(std::string_view words) {
    std::string_view line = clean_view(words, room_);
    if (line.empty()) return;
    if (line.find_first_of("\n\t") != std::string_view::npos) line = room_ = code_line(line);
    out_ += has_items_ ? "\n- " : "\n\n- ";
    has_items_ = true;
    markdown_writer{grammar_, markdown_place::item, out_}.write_code(line);
  }

 private:
  std::size_t begin_block() {
    std::size_t const before = out_.size();
    if (before != 0) out_ += "\n\n";
    return before;
  }
  markdown_writer begin_section(std::string_view name) {
    begin_block();
    markdown_writer writer{grammar_, markdown_place::paragraph, out_};
    writer.write_name(name);
    return writer;
  }

  markdown_grammar const& grammar_;
  std::string& out_;
  std::string room_;
  bool has_items_ = false;
};

std::string render_default_markdown(incident const& from, std::span<std::string const> missing,
                                    markdown_grammar const& grammar) {
  std::string out;
  std::size_t size = 512 + from.description.size() + from.description.size() / 8;
  for (incident_tag const& tag : from.tags) size += tag.key.size() + tag.value.size() + 8;
  out.reserve(size + 2 * (from.argus_url.size() + from.details_url.size()));
  markdown_sink sink{grammar, out};
  tell_default_sections(from, sink);
  tell_missing(missing, sink);
  return out;
}

} // namespace argus_ticket::document::detail

#endif
