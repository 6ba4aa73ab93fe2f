from conan import ConanFile

# By the names that ConanCenter's recipes give them: component, CMake's target, library.
PARTS = {
    "boost": ("Boost", [("headers", "Boost::headers", None),
                        ("json", "Boost::json", "boost_json")]),
    "openssl": ("OpenSSL", [("crypto", "OpenSSL::Crypto", "crypto"),
                            ("ssl", "OpenSSL::SSL", "ssl")]),
    "sqlite3": ("SQLite3", [("sqlite3", "SQLite::SQLite3", "sqlite3")]),
    "cmake": (None, []),
}


class SystemLibrary(ConanFile):
    """What the system has, as a package: no remote is asked for it."""

    settings = "os", "arch", "compiler", "build_type"
    options = {"without_json": [True, False]}
    default_options = {"without_json": False}

    def package_id(self):
        self.info.clear()

    def package_info(self):
        self.cpp_info.includedirs = self.cpp_info.libdirs = self.cpp_info.bindirs = []
        package, parts = PARTS[self.name]
        if package:
            self.cpp_info.set_property("cmake_file_name", package)
            self.cpp_info.set_property("cmake_find_mode", "both")
        for name, target, library in parts:
            component = self.cpp_info.components[name]
            component.set_property("cmake_target_name", target)
            component.includedirs = component.libdirs = component.bindirs = []
            component.system_libs = [library] if library else []
