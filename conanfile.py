import os
import re

from conan import ConanFile
from conan.errors import ConanInvalidConfiguration
from conan.tools.build import check_min_cppstd
from conan.tools.cmake import CMake, CMakeDeps, CMakeToolchain, cmake_layout
from conan.tools.files import copy, load, rmdir
from conan.tools.scm import Version

required_conan_version = ">=2.4"


class ArgusTicketConan(ConanFile):
    name = "argus_ticket"
    description = "Turns an incident into a ticket, exactly once"
    license = "Apache-2.0"
    url = "https://github.com/argus-ticket/argus_ticket"
    homepage = "https://github.com/argus-ticket/argus_ticket"
    topics = ("ticket", "incident", "github", "gitlab", "jira", "request-tracker", "header-only")
    settings = "os", "arch", "compiler", "build_type"
    options = {
        "header_only": [True, False],
        "shared": [True, False],
        "fPIC": [True, False],
        "with_sqlite3": [True, False],
    }
    default_options = {
        "header_only": True,
        "shared": False,
        "fPIC": True,
        "with_sqlite3": False,
    }
    options_description = {
        "header_only": "False also builds argus_ticket::compiled, which compiles the bodies once",
        "with_sqlite3": "argus_ticket::sqlite: the outbox's store in an SQLite file",
    }
    implements = ["auto_shared_fpic", "auto_header_only"]
    exports_sources = "CMakeLists.txt", "LICENSE", "cmake/*", "include/*", "src/*"
    test_package_folder = "packaging/conan/test_package"

    # What is known to have the coroutines that the library is made of.
    _compilers_minimum_version = {"gcc": "12", "clang": "15", "apple-clang": "15", "msvc": "193"}

    def set_version(self):
        version_hpp = os.path.join(self.recipe_folder, "include", "argus_ticket", "version.hpp")
        self.version = re.search(r'version = "([0-9.]+)"', load(self, version_hpp)).group(1)

    def layout(self):
        cmake_layout(self)

    def requirements(self):
        # The oldest that the library is tested with, and whatever is compatible with it.
        self.requires("boost/[>=1.81.0 <2]", transitive_headers=True, transitive_libs=True)
        self.requires("openssl/[>=3.0 <4]", transitive_headers=True, transitive_libs=True)
        if self.options.with_sqlite3:
            self.requires("sqlite3/[>=3.31 <4]", transitive_headers=True, transitive_libs=True)

    def build_requirements(self):
        if not self.options.header_only:
            self.tool_requires("cmake/[>=3.25]")

    def validate(self):
        check_min_cppstd(self, 20)
        minimum = self._compilers_minimum_version.get(str(self.settings.compiler))
        if minimum and Version(self.settings.compiler.version) < minimum:
            raise ConanInvalidConfiguration(
                f"{self.ref} needs {self.settings.compiler} {minimum} or newer")
        boost = self.dependencies["boost"].options
        if boost.get_safe("header_only") or boost.get_safe("without_json"):
            raise ConanInvalidConfiguration(f"{self.ref} needs Boost.JSON of boost")

    def generate(self):
        if self.options.header_only:
            return
        toolchain = CMakeToolchain(self)
        toolchain.cache_variables["ARGUS_TICKET_BUILD_COMPILED"] = True
        toolchain.cache_variables["ARGUS_TICKET_BUILD_EXAMPLES"] = False
        toolchain.cache_variables["ARGUS_TICKET_BUILD_TESTS"] = False
        sqlite = "REQUIRE" if self.options.with_sqlite3 else "DISABLE"
        toolchain.cache_variables[f"CMAKE_{sqlite}_FIND_PACKAGE_SQLite3"] = True
        toolchain.generate()
        CMakeDeps(self).generate()

    def build(self):
        if self.options.header_only:
            return
        cmake = CMake(self)
        cmake.configure()
        cmake.build()

    def package(self):
        copy(self, "LICENSE", self.source_folder, os.path.join(self.package_folder, "licenses"))
        if self.options.header_only:
            headers = os.path.join(self.source_folder, "include")
            copy(self, "*", headers, os.path.join(self.package_folder, "include"))
            return
        CMake(self).install()
        rmdir(self, os.path.join(self.package_folder, "lib", "cmake"))
        rmdir(self, os.path.join(self.package_folder, "lib", "pkgconfig"))

    def package_info(self):
        self.cpp_info.set_property("cmake_file_name", "argus_ticket")
        self.cpp_info.set_property("cmake_target_name", "argus_ticket::all")
        self.cpp_info.set_property("pkg_config_name", "argus_ticket_all")

        headers = self._component("argus_ticket")
        headers.requires = ["boost::json", "openssl::ssl", "openssl::crypto"]
        if self.options.with_sqlite3:
            self._component("sqlite").requires = ["argus_ticket", "sqlite3::sqlite3"]
        if self.options.header_only:
            return

        compiled = self._component("compiled", "argus_ticket_compiled")
        compiled.defines = ["ARGUS_TICKET_SEPARATE_COMPILATION"]
        compiled.requires = headers.requires
        if self.options.with_sqlite3:
            self._component("compiled_sqlite", "argus_ticket_compiled_sqlite").requires = [
                "compiled", "sqlite3::sqlite3"]

    def _component(self, name, *libs):
        component = self.cpp_info.components[name]
        component.set_property("cmake_target_name", f"argus_ticket::{name}")
        component.set_property("pkg_config_name", name if name == self.name else f"argus_ticket_{name}")
        component.libs = list(libs)
        component.bindirs = ["bin"] if libs else []
        component.libdirs = ["lib"] if libs else []
        if self.settings.os in ("Linux", "FreeBSD"):
            component.system_libs = ["pthread"]
        return component
