// expect: the constant `endpoint` of these settings is no endpoint: write https://host/
// expect: \bmine\b
#include "tiny.hpp"

struct mine {
#ifdef CORRECT
  static constexpr std::string_view endpoint = "https://github.com/";
#else
  static constexpr std::string_view endpoint = "htps://github.com/";
#endif
  struct {
    at::secret token;
  } authentication;
  struct {
    std::string project_namespace_and_name;
  } information;
};

void use(mine const& m) { at::client<"github", mock_transport> tickets{m}; }
