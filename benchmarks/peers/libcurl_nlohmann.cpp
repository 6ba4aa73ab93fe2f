// libcurl's easy interface with a handle that is kept, and nlohmann's JSON.

#include <curl/curl.h>
#include <nlohmann/json.hpp>
#include <peers/rounds.hpp>

namespace {

std::size_t append(char* data, std::size_t size, std::size_t count, void* to) {
  static_cast<std::string*>(to)->append(data, size * count);
  return size * count;
}

void run(peer_arguments const& given) {
  nlohmann::json const texts = nlohmann::json::parse(given.ticket());
  std::string const title = texts.at("title"), text = texts.at("body");
  std::vector<std::string> const labels = texts.at("labels");
  std::string const url = "https://" + given.authority() + given.path();
  curl_global_init(CURL_GLOBAL_DEFAULT);
  CURL* const handle = curl_easy_init();
  curl_slist* headers = nullptr;
  for (char const* one :
       {"Accept: application/vnd.github+json", "X-GitHub-Api-Version: 2022-11-28",
        "Authorization: Bearer benchmark", "Content-Type: application/json", "Expect:"})
    headers = curl_slist_append(headers, one);
  std::string reply;
  curl_easy_setopt(handle, CURLOPT_URL, url.c_str());
  curl_easy_setopt(handle, CURLOPT_CAINFO, given.ca_file.c_str());
  curl_easy_setopt(handle, CURLOPT_USERAGENT, "libcurl");
  curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers);
  curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, &append);
  curl_easy_setopt(handle, CURLOPT_WRITEDATA, &reply);
  answer_rounds_one_by_one([&] {
    nlohmann::json issue;
    issue["title"] = title;
    issue["body"] = text;
    issue["labels"] = labels;
    std::string const body = issue.dump();
    reply.clear();
    curl_easy_setopt(handle, CURLOPT_POSTFIELDS, body.data());
    curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE, static_cast<long>(body.size()));
    if (CURLcode const code = curl_easy_perform(handle); code != CURLE_OK)
      throw std::runtime_error(curl_easy_strerror(code));
    long status = 0;
    curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
    if (status != 201) throw std::runtime_error("not created");
    nlohmann::json const created = nlohmann::json::parse(reply);
    return opened_ticket{created.at("number"), created.at("html_url")};
  });
  curl_slist_free_all(headers);
  curl_easy_cleanup(handle);
}

} // namespace

int main(int count, char** arguments) { return peer_main(count, arguments, run); }
