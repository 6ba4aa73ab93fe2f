// Two files that include the whole library are one program.

#include <argus_ticket/argus_ticket.hpp>

#include <iostream>

argus_ticket::result<argus_ticket::incident> one();
std::string two(argus_ticket::incident const& from);

int main() {
  auto const incident = one();
  if (!incident) return std::cerr << incident.error() << '\n', 1;
  std::string const body = two(*incident);
  std::cout << body << '\n';
  return body.find("from the first") == std::string::npos ? 1 : 0;
}
