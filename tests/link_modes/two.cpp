#include <argus_ticket/error.hpp>

int one();

int main() { return one() - 1; }
