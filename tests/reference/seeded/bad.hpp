// What the check must report: each line names the rules that its name breaks.
#include <chrono>
#include <string>

namespace argus_ticket {

struct nothing {};                    // lacks: brief
using alias = int;                    // lacks: brief
template <class T>
concept anything = true;              // lacks: brief
inline constexpr bool is_it = true;   // lacks: brief
void function();                      // lacks: brief

/// Something with two ways.
enum class ways {                     // lacks: brief
  one,
  two ///< The other one.
};

/// Holds things.
struct counts {
  std::size_t limit = 0;              ///< The most. lacks: units
  int attempts = 0;                   ///< It ends then. lacks: units
  std::chrono::steady_clock::time_point due; ///< Ends there. lacks: units
  std::chrono::system_clock::duration age;   ///< Too old. lacks: units
  bool undocumented = false;          // lacks: brief
};

/// Holds what a @ref post has, but does not say that this one describes it.
struct box_elsewhere {
  std::string town;                   // lacks: brief
};

/// Gets the number.
int number();                         // lacks: filler, returned
/// The big box.
class big_box {};                     // lacks: filler

/// Moves things away.
void move_away(std::string where, int often); // lacks: parameters, parameters
/// @param where To that place.
/// @param often So many times.
void move_back(std::string where, int often); // lacks: brief
/// Makes things of others.
template <class Maker, class Other>
void make_things(Other other);        // lacks: parameters
/// Measures things.
int measure();                        // lacks: returned
/// Measures things again, as is known; says nothing more.
/// @return In metres.
int measure_again();

/// Moves.
class mover {                         // lacks: guarantees
 public:
  void go();                          // lacks: brief
};
/// Moves. Thread safety: one at a time. Errors: `timed_out`. Exception safety: none. Object lifetimes: none.
class waits_without_end {             // lacks: guarantees
 public:
  /// Goes on.
  void async_go();
};
/// Moves. Errors: many. Exception safety: none. Thread safety: none. Object lifetimes: none.
class fails_somehow {                 // lacks: errors
 public:
  /// Goes on.
  void go();
};
/// Opens a ticket of a text and gives it.
result<int> open(std::string text);   // lacks: errors
/// Opens a ticket of a text and gives it; `errc::timed_out`, `errc::too_late`.
result<int> open_again(std::string text); // lacks: errors

/// Reads a payload. Wire format: as usual.
struct outbox_payload {};             // lacks: wire_format

namespace plugins {
/// A letter box. Guarantees: those of a @ref seeded_value.
class box {                           // lacks: wire_format
 public:
  /// Puts a letter in. @return Its number.
  int create(std::string letter);
};
} // namespace plugins
} // namespace argus_ticket

namespace argus_ticket::document {    // lacks: brief
/// Slanted text. Guarantees: those of a @ref seeded_value.
struct italics {                      // lacks: wire_format
  /// The text of a block.
  static std::string render(int block);
};
} // namespace argus_ticket::document
