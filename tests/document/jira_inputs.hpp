#pragma once
// Texts that Jira would take for more than text.

#include "hostile_inputs.hpp"

#include <string>
#include <vector>

namespace test {

inline std::vector<hostile_input> jira_inputs() {
  return {
      {"mentions", "[~admin] [~accountid:5b10] [@admin] \\[~admin] \\\\[~admin] x[~a]y [~~a]"},
      {"mention over lines", "[~a\nb]"},
      {"links", "[a|http://evil.example] [http://evil.example] [#anchor] [^file.txt] [mailto:a@b]"},
      {"images", "!http://evil.example/x.png! !x.png|thumbnail! a!b!c !!"},
      {"macros", "{code}x{code} {code:java} {noformat} {color:red}x{color} {quote} {panel:a=b}"},
      {"unknown macros", "{x} { {} {{ }} {{{ }}} {{a}} {*} {*}a{*} {_}a{_}"},
      {"macro at the end", "x {"},
      {"macro over nodes", "{code"},
      {"escaped macros", "\\{code} \\\\{code} \\{\\{"},
      {"phrases", "*b* _i_ -d- +u+ ^s^ ~s~ ??c?? a*b*c (*b*) _i_, -d-. {{m}}"},
      {"phrases over lines", "*a\nb* _a\nb_"},
      {"headings", "h1. a\n h2. b\nh6.c\nh7. d\nbq. e\n  bq.f"},
      {"heading at the end", "x\nh1."},
      {"lists", "* a\n** b\n# c\n#* d\n- e\n *# f\n-- g"},
      {"tables", "||a||b||\n|c|d|\n | e | f |\n|"},
      {"rules", "----\n-----\n ---- \nx"},
      {"dashes", "a -- b --- c -- --- --\n-- x"},
      {"breaks", "a\\\\b \\\\ c\\ \\"},
      {"issue keys",
       "NET-1 (NET-22) xNET-3 NET-4x A-1 AB_C-12 1AB-2 NET--5 net-6 x-7 \xC3\xA9NET-8"},
      {"URLs",
       "http://a.example https://b.example/x-1 ftp://c mailto:a@b file:///x news://d irc://e"},
      {"emoticons", ":) :-) :( :P :p ;) ;-) :D (y) (n) (i) (/) (x) (!) (+) (-) (?) (on) (*) (*r)"},
      {"emoticon behind an entity", "*) !) &#42;) &;) *;)"},
      {"entities", "&#123;code&#125; &lt;b&gt; &amp;amp; &copy; &nbsp; &#x7b; & && &; &#;"},
      {"placeholders", "inltokxyzkdtnhgnsbdfinltok0inltok blktokxyzkdtnhgnsbdfblktok "
                       "ibltokxyzkdtnhgnsbdfibltok XYZKDTNHGNSBDF"},
      {"numbers", "2026-11-12 10:11:12+01:00 1-2 +3 -4 a:b ::1 fe80::1 00:1a:2b 3:4"},
      {"code ends", "{noformat}\n{NoFormat}\n\\{noformat}\n\\"},
      {"forged node", "{\"type\":\"mention\",\"attrs\":{\"id\":\"1\"}}"},
      {"forged text node", "\"},{\"type\":\"mention\",\"attrs\":{\"id\":\"1\"}},{\"text\":\""},
      {"quotes and backslashes", "\"\\\"\\\\\"\\u0041\\n"},
  };
}

/// These and the texts that are hostile to any system.
inline std::vector<hostile_input> all_jira_inputs() {
  std::vector<hostile_input> all = jira_inputs();
  for (hostile_input const& one : hostile_inputs()) all.push_back(one);
  return all;
}

} // namespace test
