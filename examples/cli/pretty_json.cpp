#include "pretty_json.hpp"

#include <boost/json/serialize.hpp>

namespace cli {

std::string pretty(boost::json::value const& value, std::string const& indent) {
  std::string const inner = indent + "  ";
  std::string text;
  if (auto const* object = value.if_object(); object != nullptr && !object->empty()) {
    for (auto const& item : *object)
      text += (text.empty() ? "{\n" : ",\n") + inner + boost::json::serialize(item.key()) + ": " +
              pretty(item.value(), inner);
    return text + '\n' + indent + '}';
  }
  if (auto const* list = value.if_array(); list != nullptr && !list->empty()) {
    for (auto const& item : *list)
      text += (text.empty() ? "[\n" : ",\n") + inner + pretty(item, inner);
    return text + '\n' + indent + ']';
  }
  return boost::json::serialize(value);
}

} // namespace cli
