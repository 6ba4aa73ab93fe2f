// The loop by hand, with texts that are ready: it renders nothing.

#include <peers/beast_blocking.hpp>

int main(int count, char** arguments) {
  return peer_main(count, arguments, [](peer_arguments const& given) {
    ticket_texts const texts{given.ticket()};
    run_blocking_loop(given, [&]() -> ticket_texts const& { return texts; });
  });
}
