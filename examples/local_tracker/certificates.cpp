#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <fstream>
#include <local_tracker/certificates.hpp>
#include <stdexcept>

namespace local_tracker {
namespace {

struct freed_by_openssl {
  void operator()(EVP_PKEY* value) const { EVP_PKEY_free(value); }
  void operator()(X509* value) const { X509_free(value); }
  void operator()(X509_EXTENSION* value) const { X509_EXTENSION_free(value); }
  void operator()(BIO* value) const { BIO_free_all(value); }
  void operator()(BIGNUM* value) const { BN_free(value); }
};
template <typename T>
using owned = std::unique_ptr<T, freed_by_openssl>;

void require(bool fine, char const* what) {
  if (fine) return;
  unsigned long const code = ERR_get_error();
  char text[256] = "";
  if (code != 0) ERR_error_string_n(code, text, sizeof text);
  throw std::runtime_error(std::string("cannot make a certificate: ") + what +
                           (code != 0 ? ": " : "") + text);
}

owned<EVP_PKEY> make_key() {
  owned<EVP_PKEY> key{EVP_EC_gen("P-256")};
  require(key != nullptr, "no key");
  return key;
}

std::string text_of(BIO& bio) {
  char* data = nullptr;
  long const size = BIO_get_mem_data(&bio, &data);
  return {data, static_cast<std::size_t>(size)};
}

std::string pem_of(X509& value) {
  owned<BIO> bio{BIO_new(BIO_s_mem())};
  require(bio && PEM_write_bio_X509(bio.get(), &value) == 1, "no PEM");
  return text_of(*bio);
}

std::string pem_of(EVP_PKEY& key) {
  owned<BIO> bio{BIO_new(BIO_s_mem())};
  require(bio &&
              PEM_write_bio_PrivateKey(bio.get(), &key, nullptr, nullptr, 0, nullptr, nullptr) == 1,
          "no PEM");
  return text_of(*bio);
}

void set_time(ASN1_TIME* field, std::chrono::system_clock::time_point when) {
  require(ASN1_TIME_set(field, std::chrono::system_clock::to_time_t(when)) != nullptr, "no time");
}

void add_extension(X509& to, X509& issuer, int kind, std::string const& value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, &issuer, &to, nullptr, nullptr, 0);
  owned<X509_EXTENSION> extension{X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str())};
  require(extension != nullptr && X509_add_ext(&to, extension.get(), -1) == 1, value.c_str());
}

owned<X509> begin_certificate(EVP_PKEY& key, std::string const& common_name) {
  owned<X509> made{X509_new()};
  require(made != nullptr && X509_set_version(made.get(), X509_VERSION_3) == 1, "no certificate");
  // A serial number of 127 random bits: two CAs of one name must not clash in a trust store.
  owned<BIGNUM> serial{BN_new()};
  require(serial && BN_rand(serial.get(), 127, BN_RAND_TOP_ANY, BN_RAND_BOTTOM_ANY) == 1 &&
              BN_to_ASN1_INTEGER(serial.get(), X509_get_serialNumber(made.get())) != nullptr,
          "no serial number");
  require(X509_set_pubkey(made.get(), &key) == 1, "no public key");
  require(X509_NAME_add_entry_by_txt(X509_get_subject_name(made.get()), "CN", MBSTRING_UTF8,
                                     reinterpret_cast<unsigned char const*>(common_name.data()),
                                     static_cast<int>(common_name.size()), -1, 0) == 1,
          "no name");
  return made;
}

} // namespace

struct certificate_authority::implementation {
  owned<EVP_PKEY> key;
  owned<X509> self;
  std::string pem;
};

certificate_authority::certificate_authority(std::string const& common_name)
    : implementation_(std::make_unique<implementation>()) {
  implementation_->key = make_key();
  owned<X509> made = begin_certificate(*implementation_->key, common_name);
  auto const now = std::chrono::system_clock::now();
  // As long as any leaf may claim, so that only the leaf's dates decide.
  set_time(X509_getm_notBefore(made.get()), now - std::chrono::hours{24 * 3650});
  set_time(X509_getm_notAfter(made.get()), now + std::chrono::hours{24 * 3650});
  require(X509_set_issuer_name(made.get(), X509_get_subject_name(made.get())) == 1, "no issuer");
  add_extension(*made, *made, NID_basic_constraints, "critical,CA:TRUE,pathlen:0");
  add_extension(*made, *made, NID_key_usage, "critical,keyCertSign,cRLSign");
  add_extension(*made, *made, NID_subject_key_identifier, "hash");
  require(X509_sign(made.get(), implementation_->key.get(), EVP_sha256()) != 0, "not signed");
  implementation_->pem = pem_of(*made);
  implementation_->self = std::move(made);
}

certificate_authority::~certificate_authority() = default;
certificate_authority::certificate_authority(certificate_authority&&) noexcept = default;
certificate_authority& certificate_authority::operator=(certificate_authority&&) noexcept = default;

std::string const& certificate_authority::pem() const { return implementation_->pem; }

certificate certificate_authority::issue(leaf_options const& options) const {
  owned<EVP_PKEY> const key = make_key();
  owned<X509> const made = begin_certificate(*key, options.common_name);
  X509& issuer = options.self_signed ? *made : *implementation_->self;
  set_time(X509_getm_notBefore(made.get()), options.not_before);
  set_time(X509_getm_notAfter(made.get()), options.not_after);
  require(X509_set_issuer_name(made.get(), X509_get_subject_name(&issuer)) == 1, "no issuer");
  add_extension(*made, issuer, NID_basic_constraints, "critical,CA:FALSE");
  add_extension(*made, issuer, NID_key_usage, "critical,digitalSignature");
  add_extension(*made, issuer, NID_ext_key_usage, options.for_client ? "clientAuth" : "serverAuth");
  add_extension(*made, issuer, NID_subject_key_identifier, "hash");
  if (!options.self_signed) add_extension(*made, issuer, NID_authority_key_identifier, "keyid");
  std::string names;
  for (std::string const& name : options.names) names += (names.empty() ? "" : ",") + name;
  if (!names.empty()) add_extension(*made, issuer, NID_subject_alt_name, names);
  EVP_PKEY* const signer = options.self_signed ? key.get() : implementation_->key.get();
  require(X509_sign(made.get(), signer, EVP_sha256()) != 0, "not signed");
  return {pem_of(*made), pem_of(*key)};
}

std::filesystem::path certificate_authority::write(std::filesystem::path const& directory) const {
  std::filesystem::create_directories(directory);
  std::filesystem::path const file = directory / "ca.pem";
  std::ofstream out{file, std::ios::binary | std::ios::trunc};
  out << pem();
  out.close();
  if (!out) throw std::runtime_error("cannot write " + file.string());
  return file;
}

} // namespace local_tracker
