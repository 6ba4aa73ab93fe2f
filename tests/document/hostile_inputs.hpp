#ifndef ARGUS_TICKET_TESTS_DOCUMENT_HOSTILE_INPUTS_HPP
#define ARGUS_TICKET_TESTS_DOCUMENT_HOSTILE_INPUTS_HPP

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// Texts that an incident may hold and that no ticket may take for anything but text. Without a
/// test framework, so that tests of any part can use them.
namespace test {

struct hostile_input {
  std::string name;
  std::string bytes;
};

namespace detail {

inline std::string repeated(std::string_view unit, std::size_t size) {
  std::string text;
  text.reserve(size + unit.size());
  while (text.size() < size) text += unit;
  text.resize(size - size % unit.size());
  return text;
}

/// A literal with the NULs inside it.
template <std::size_t N>
std::string bytes(char const (&literal)[N]) {
  return std::string(literal, N - 1);
}

inline void add_references(std::vector<hostile_input>& to) {
  std::string const sha = "0123456789abcdef0123456789abcdef01234567";
  std::vector<hostile_input> const more{
      {"mention alone", "@octocat"},
      {"mention at the start", "@octocat please look"},
      {"mention in the middle", "please look, @octocat, at this"},
      {"mention at the end", "please look @octocat"},
      {"mention behind punctuation", "(@octocat) [@octocat] \"@octocat\" .@octocat -@octocat"},
      {"mention behind a line break", "first\n@octocat\n  @octocat"},
      {"mention in emphasis", "*@octocat* _@octocat_ ~~@octocat~~ **@octocat**"},
      {"mention behind a backslash", "\\@octocat \\\\@octocat"},
      {"mention of a team", "@github/security and @org/team-name"},
      {"mentions in a row", "@a@b@c @@d @@@e"},
      {"mention with a dash", "@-x @_x @x-y_z"},
      {"mention by entity", "&#64;octocat &commat;octocat &#x40;octocat"},
      {"mention with zero-width space", "@\xE2\x80\x8Boctocat"},
      {"mention in fullwidth", "\xEF\xBC\xA0octocat"},
      {"mention behind a letter with accent", "\xC3\xA9@octocat"},
      {"e-mail address", "root@example.org, <root@example.org> mailto:root@example.org"},
      {"xmpp address", "xmpp:root@example.org/x XMPP:root@example.org MailTo:a@b.example"},
      {"e-mail with a dot", "a@.b a@..b.example mailto:a@.b @.x"},
      {"e-mail with signs", "a.b-c_d+e@f-g.example.org a@-b.c a@b"},
      {"issue", "#1 and #123456"},
      {"issue at every place", "#1,#2 (#3) [#4] *#5* x#6 #7"},
      {"issue of another project", "torvalds/linux#1 octocat#2"},
      {"issue by word", "GH-1 gh-2 (GH-3) Gh-4 gH-5 OSLOGH-6 x-gh-7"},
      {"issue by entity", "&#35;1 &num;1"},
      {"issue behind zero-width space", "#\xE2\x80\x8B"
                                        "1"},
      {"closing word", "fixes #1, closes torvalds/linux#2, resolves GH-3"},
      {"commit", sha},
      {"commit in words", "see " + sha + ". Or octocat@" + sha + " or octocat/x@" + sha + ","},
      {"commit and more", sha + "0 x" + sha + " " + sha + "_ " + sha + "-" + sha},
      {"URL of an issue", "https://github.com/torvalds/linux/issues/1"},
      {"URL of a pull request in words", "see (https://github.com/torvalds/linux/pull/1)."},
      {"URLs", "http://a.example https://b.example/?x=1&y=2 ftp://c.example HTTPS://D.EXAMPLE"},
      {"URLs without a scheme", "www.example.org WWW.example.org Www.example.org (www.a.example)"},
      {"URLs behind punctuation",
       "*https://a.example* _www.a.example_ ~www.a.example~ \"http://b.c\""},
      {"URL behind a letter", "xhttps://a.example 1http://a.example"},
      {"autolinks", "<https://a.example> <javascript:alert(1)> <a@b.example> <made-up+x.y:z>"},
      {"emoji", ":smile: :+1: :-1: :100: :1234: :e-mail: :a: :ab::cd: x:bee:y"},
      {"emoji in a row", ":smile::smile: :smile:smile: ::smile::"},
      {"addresses and times",
       "2001:db8::1 fe80:0:0:ab:1 00:1a:2b:cd:ef:01 11:11:11+02:00 10:100:20"},
  };
  to.insert(to.end(), more.begin(), more.end());
}

inline void add_commands(std::vector<hostile_input>& to) {
  std::vector<hostile_input> const more{
      {"quick action", "/close"},
      {"quick actions", "/close\n/assign @octocat\n/label ~bug"},
      {"quick action behind blanks", "x\n  /close\n\t/close\n\n/close"},
      {"quick action behind a carriage return", "x\r/close\r\n/close\xE2\x80\xA8/close"},
      {"GitLab references",
       "!1 $1 %1 ~1 &1 ^1 ~\"a label\" %\"a milestone\" [issue:1] *iteration:1"},
      {"GitLab markup", "[[_TOC_]] [TOC] {+ added +} {- gone -} ::include{file=x} >>>\nx\n>>>"},
  };
  to.insert(to.end(), more.begin(), more.end());
}

inline void add_html(std::vector<hostile_input>& to) {
  std::vector<hostile_input> const more{
      {"HTML script", "<script>alert(1)</script>"},
      {"HTML image", "<img src=x onerror=alert(1)>"},
      {"HTML details", "<details open>\n<summary>x</summary>\n\nhidden\n\n</details>"},
      {"HTML link", "<a href=\"javascript:alert(1)\" onclick='x'>y</a>"},
      {"HTML block", "<div>\n*x*\n</div>\n<pre>\n\n</pre>"},
      {"HTML unclosed", "<b <table <!DOCTYPE <?php <![CDATA[ x"},
      {"HTML of our own", "a<br>b <span>$</span> <br/>"},
      {"HTML closing ours", "</p></li></td></table></pre></code></strong></a>"},
      {"HTML attribute end", "\" onmouseover=\"alert(1)\" ' x='y"},
      {"comment", "a <!-- hidden --> b"},
      {"comment unclosed", "a <!-- hidden"},
      {"comment end", "a --> b --!> c"},
      {"comment odd", "<!--> <!---> <!-- -- --> <!---- -->"},
      {"marker", "<!-- argus-ticket:v1 key=0123456789abcdef -->"},
      {"marker on its own line", "x\n\n<!-- argus-ticket:v1 key=0123456789abcdef -->\n\ny"},
      {"marker by pieces", "<!\xE2\x80\x8E-- argus-ticket:v1 key=0 --\xE2\x80\xAE>"},
      {"marker behind our end", "--> <!-- argus-ticket:v1 key=0 --> <!--"},
      {"entities", "&amp; &lt;b&gt; &#60;b&#62; &copy; &nbsp; &#0; &#x110000; &unknown; & &;"},
  };
  to.insert(to.end(), more.begin(), more.end());
}

inline void add_blocks(std::vector<hostile_input>& to) {
  std::vector<hostile_input> const more{
      {"table", "a | b\n--- | ---\nc | d"},
      {"table with pipes outside", "| a |\n| --- |\n| b |"},
      {"table of one column", "a\n:-:\nb\n|-\nc"},
      {"pipes", "| || \\| \\\\| `|` `\\|` `a\\\\|b`"},
      {"fence of backticks", "```\ncode\n```"},
      {"fence of tildes", "~~~ sh\ncode\n~~~"},
      {"fences nested", "````\n```\n`````\n~~~\n``````"},
      {"fence with language", "```math\nx\n```\n```mermaid\ngraph TD\n```"},
      {"heading", "# one\n## two\n####### seven\n#\n# x #"},
      {"heading underlined", "one\n===\ntwo\n---\nthree\n=\nfour\n-"},
      {"heading closed", "x ## # \\#"},
      {"thematic breaks", "***\n---\n___\n* * *\n- - -\n_ _ _"},
      {"list", "- a\n+ b\n* c\n  - d\n-\n-"},
      {"list numbered", "1. a\n2) b\n10. c\n999999999. d\n1.e\n1 . f\n1"},
      {"task list", "- [ ] a\n- [x] b\n[ ] c\n[x] d"},
      {"quote", "> a\n>> b\n>c"},
      {"alert", "> [!WARNING]\n> x"},
      {"footnote", "x[^1] y[^1]\n\n[^1]: z\n\n[^2]:z"},
      {"reference definition", "[x]: https://a.example\n\n[x] [y][x] [x][]"},
      {"indented code", "    code\n\tcode\n\n    code\n x"},
      {"hard breaks", "a  \nb\\\nc   \n"},
      {"empty lines", "a\n\n\n\nb\n \n\t\nc\n\n"},
      {"line breaks only", "\n\n\n"},
      {"line break first", "\nx"},
      {"blanks only", "   \t  "},
      {"nothing", ""},
      {"indentation deep", "x\n                    y\n\t\t\tz"},
      {"tabs", "a\tb\t\tc\n\td\t"},
      {"carriage returns", "a\rb\r\nc\n\rd\r\r\ne"},
      {"alone at a line's start",
       "=\n+\n-\n*\n#\n>\n~\n`\n|\n:\n!\n^\n_\n[\n(\n{\n\"\n'\n,\n.\n/\n?"},
  };
  to.insert(to.end(), more.begin(), more.end());
}

inline void add_inlines(std::vector<hostile_input>& to) {
  std::vector<hostile_input> const more{
      {"emphasis", "*a* **b** ***c*** _d_ __e__ *f_g*h_ a*b*c"},
      {"emphasis unclosed", "**a *b __c _d"},
      {"asterisks at the ends", "**a**"},
      {"strikethrough", "~a~ ~~b~~ ~~~c~~~"},
      {"code span", "`a` ``b`c`` `"},
      {"backticks at the ends", "`a`"},
      {"backtick runs", "` `` ``` ```` `````x`````"},
      {"image", "![x](https://a.example/x.png) ![x][y] !\xE2\x80\x8B[x](y)"},
      {"image begun", "x!"},
      {"link", "[x](https://a.example) [x](<javascript:alert(1)>) [x](y \"z\") [x]() [](x)"},
      {"link begun", "[x"},
      {"link ended", "x](https://a.example)"},
      {"link of brackets", "[[x]] [x][y] []() [[x](y)](z) ][ )("},
      {"javascript URL", "javascript:alert(1) JaVaScRiPt:alert(1) data:text/html,x vbscript:x"},
      {"mathematics", "$x$ $$y$$ $`z`$ \\$a\\$ \\(b\\) \\[c\\]\n$$\nd\n$$"},
      {"dollar alone", "$"},
      {"backslashes", "\\ \\\\ \\* \\n \\< \\&amp; C:\\dir\\file"},
      {"backslash at the end", "x\\"},
      {"backslashes at the end", "x\\\\\\"},
      {"backslash before a line break", "x\\\ny"},
      {"backslash, pipe", "a\\|b a\\\\|b a|"},
      {"smart punctuation", "\"x\" 'y' -- --- ... (c)"},
      {"every ASCII character", " !\"#$%&'()*+,-./0123456789:;<=>?@ABCXYZ[\\]^_`abcxyz{|}~"},
      {"punctuation in a row",
       "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"},
  };
  to.insert(to.end(), more.begin(), more.end());
}

inline void add_bytes(std::vector<hostile_input>& to) {
  std::vector<hostile_input> const more{
      {"NULs", bytes("a\0b\0\0c\0")},
      {"NUL alone", bytes("\0")},
      {"control characters", "\x01\x02\x07\x08\x0E\x1B[31mred\x1B[0m\x1F\x7F"},
      {"C1 controls", "a\xC2\x80\xC2\x85\xC2\x9F"
                      "b"},
      {"continuation byte alone", "a\x80"
                                  "b\xBF"},
      {"lead byte alone", "a\xC3"
                          "b\xE2"
                          "c\xF0"
                          "d"},
      {"sequence cut short", "a\xE2\x80"},
      {"sequence cut short within", "a\xE2\x80 b\xF0\x9F\x98 c"},
      {"overlong", "\xC0\xAF \xC1\xBF \xE0\x80\xAF \xF0\x80\x80\xAF \xC0\x80"},
      {"overlong less-than", "\xC0\xBCscript>"},
      {"surrogates", "\xED\xA0\x80 \xED\xBF\xBF \xED\xA0\xBD\xED\xB8\x80"},
      {"beyond Unicode", "\xF4\x90\x80\x80 \xF5\x80\x80\x80 \xFE \xFF"},
      {"every high byte",
       [] {
         std::string all;
         for (int byte = 0x80; byte < 0x100; ++byte) all += static_cast<char>(byte);
         return all;
       }()},
      {"Latin-1", "bl\xE5"
                  "b\xE6r\xF8"},
      {"UTF-16", bytes("\xFF\xFE<\0b\0>\0")},
      {"byte order mark", "\xEF\xBB\xBF# x"},
      {"bidirectional override", "user \xE2\x80\xAEgnp.exe\xE2\x80\xAC end"},
      {"bidirectional isolates", "\xE2\x81\xA6x\xE2\x81\xA9 \xE2\x81\xA7y \xE2\x81\xA8z"},
      {"bidirectional marks", "a\xE2\x80\x8E"
                              "b\xE2\x80\x8F"
                              "c\xD8\x9C"
                              "d"},
      {"mark inside a mention", "@\xE2\x80\x8Eoctocat #\xE2\x80\x8F"
                                "1"},
      {"line separators", "a\xE2\x80\xA8# b\xE2\x80\xA9- c\x0B> d\x0C"
                          "1. e"},
      {"zero-width characters", "a\xE2\x80\x8B"
                                "b\xE2\x80\x8C"
                                "c\xE2\x80\x8D"
                                "d\xE2\x81\xA0"
                                "e"},
      {"no-break and wide spaces", "\xC2\xA0- a\n\xE3\x80\x80# b \xE2\x80\x83"
                                   "c"},
      {"combining characters", "e\xCC\x81 *\xCC\x81 @\xCC\x81x #\xCC\x81"
                               "1"},
      {"combining characters stacked", "Z" + repeated("\xCC\xB5\xCD\x96", 400)},
      {"emoji characters",
       "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x94\xA7 \xF0\x9F\x87\xB3\xF0\x9F\x87\xB4"},
      {"other scripts",
       "\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D \xE4\xBD\xA0\xE5\xA5\xBD \xD9\x85\xD8\xB1"},
      {"tag characters", "x\xF3\xA0\x81\xA1\xF3\xA0\x81\xBF"},
  };
  to.insert(to.end(), more.begin(), more.end());
}

} // namespace detail

/// Some hundred and fifty short texts, each a trap of its own.
inline std::vector<hostile_input> const& hostile_inputs() {
  static std::vector<hostile_input> const inputs = [] {
    std::vector<hostile_input> all;
    detail::add_references(all);
    detail::add_commands(all);
    detail::add_html(all);
    detail::add_blocks(all);
    detail::add_inlines(all);
    detail::add_bytes(all);
    return all;
  }();
  return inputs;
}

/// Texts of a size, 1 MiB unless told otherwise, most of them one line: what is not linear in them
/// takes for ever.
inline std::vector<hostile_input> huge_inputs(std::size_t size = std::size_t{1} << 20U) {
  std::vector<hostile_input> all;
  for (std::string_view const unit : {"x",
                                      "word ",
                                      "@",
                                      "@a",
                                      "#1",
                                      "`",
                                      "` ",
                                      "*",
                                      "_a",
                                      "~",
                                      "[",
                                      "![",
                                      "](",
                                      "<",
                                      "<!--",
                                      "&",
                                      "$",
                                      "\\",
                                      "|",
                                      ":",
                                      ":a",
                                      ":smile:",
                                      "gh-1",
                                      "0",
                                      "a1",
                                      "0123456789",
                                      "http://",
                                      "www.",
                                      "-",
                                      "- ",
                                      "> ",
                                      "\n",
                                      "a\n",
                                      "\n\n",
                                      "a\n\n",
                                      "\r",
                                      "\t",
                                      " ",
                                      "/close\n",
                                      "\x01",
                                      "\x80",
                                      "\xE2\x80",
                                      "\xE2\x80\xAE",
                                      "\xE2\x80\x8B",
                                      "\xC3\xA6",
                                      "\xF0\x9F\x98\x80",
                                      "e\xCC\x81"})
    all.push_back({"huge: " + std::string{unit}, detail::repeated(unit, size)});
  return all;
}

/// Texts made of pieces of markup at random, the same ones on every run.
class random_markup {
 public:
  explicit random_markup(std::uint32_t seed) : state_(seed) {}

  std::size_t below(std::size_t limit) {
    state_ = state_ * 1664525U + 1013904223U;
    return static_cast<std::size_t>(state_ >> 8U) % limit;
  }
  std::string text(std::size_t most_pieces) {
    static std::vector<std::string> const pieces{"a",
                                                 "b1",
                                                 "1",
                                                 "0",
                                                 " ",
                                                 "  ",
                                                 "\n",
                                                 "\n\n",
                                                 "\t",
                                                 "\r",
                                                 "*",
                                                 "**",
                                                 "_",
                                                 "`",
                                                 "```",
                                                 "~",
                                                 "~~~",
                                                 "[",
                                                 "]",
                                                 "(",
                                                 ")",
                                                 "!",
                                                 "![",
                                                 "](",
                                                 "<",
                                                 ">",
                                                 "<!--",
                                                 "-->",
                                                 "&",
                                                 "&amp;",
                                                 "#",
                                                 "##",
                                                 "@",
                                                 ":",
                                                 "://",
                                                 "http",
                                                 "www",
                                                 ".",
                                                 "-",
                                                 "---",
                                                 "=",
                                                 "===",
                                                 "+",
                                                 "|",
                                                 "| - |",
                                                 "\\",
                                                 "$",
                                                 "$$",
                                                 "/",
                                                 "^",
                                                 "[^1]",
                                                 "[^1]:",
                                                 "[x]:",
                                                 "- [ ] ",
                                                 "GH-",
                                                 "gh-",
                                                 "smile",
                                                 ":a:",
                                                 "mailto",
                                                 "{",
                                                 "\"",
                                                 "'",
                                                 "<b>",
                                                 "</b>",
                                                 "\xC2\xA0",
                                                 "\xE2\x80\x8B",
                                                 "\xC3\xA6",
                                                 "\xEF\xBC\x9A",
                                                 "\xFF",
                                                 "\xEF\xBB\xBF",
                                                 "\xE2\x80\xA8",
                                                 "<br>",
                                                 "https://argus.example.org",
                                                 "x@y.example"};
    std::string made;
    for (std::size_t n = below(most_pieces) + 1; n > 0; --n) made += pieces[below(pieces.size())];
    return made;
  }

 private:
  std::uint32_t state_;
};

} // namespace test

#endif
