# The libraries that programs of others may use: target Tocsin::<Name>, file libTocsin<Name>, and what
# an installation needs of it, in these components of it:
#
#   runtime   the shared libraries
#   dev       headers, find_package(Tocsin) and pkg-config
#
# An export set a library: who asks for one component needs no other one's dependencies.

# One floor of core/ as a library, with its public headers installed as <floor/header>:
#
#   tocsin_add_library(<Name> HEADERS … SOURCES … PUBLIC <libraries> PRIVATE <libraries>)
#
# HEADERS is what others may include; what is among the SOURCES is ours, whatever its name.
function(tocsin_add_library name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "HEADERS;SOURCES;PUBLIC;PRIVATE")
    string(TOLOWER ${name} floor)
    string(TOUPPER ${name} upper)
    set(target Tocsin${name})
    add_library(${target} ${arg_HEADERS} ${arg_SOURCES})
    add_library(Tocsin::${name} ALIAS ${target})
    target_link_libraries(${target}
        PUBLIC ${arg_PUBLIC}
        PRIVATE ${arg_PRIVATE} $<BUILD_INTERFACE:tocsin_warnings>)
    target_include_directories(${target} PUBLIC
        $<BUILD_INTERFACE:${CMAKE_SOURCE_DIR}/core>
        $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}/tocsin>)
    target_compile_features(${target} PUBLIC cxx_std_20)
    target_compile_definitions(${target} PRIVATE TOCSIN_BUILDING_${upper}
        QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_KEYWORDS)
    # Nobody replaces our functions from outside: what calls them in the same library need not ask.
    target_compile_options(${target} PRIVATE -fno-semantic-interposition)
    if(NOT BUILD_SHARED_LIBS)
        target_compile_definitions(${target} PUBLIC TOCSIN_STATIC)
    endif()
    set_target_properties(${target} PROPERTIES AUTOMOC ON)
    tocsin_precompile(${target})
    tocsin_install_library(${name} RUNTIME_COMPONENT runtime
        HEADERS ${arg_HEADERS} PUBLIC ${arg_PUBLIC})
endfunction()

# Installs a library, its headers beneath the floor's name, its export set and its pkg-config file:
#
#   tocsin_install_library(<Name> RUNTIME_COMPONENT <component> HEADERS … PUBLIC <libraries>)
function(tocsin_install_library name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "RUNTIME_COMPONENT" "HEADERS;PUBLIC")
    string(TOLOWER ${name} floor)
    set(target Tocsin${name})
    set_target_properties(${target} PROPERTIES
        EXPORT_NAME ${name}
        VERSION ${PROJECT_VERSION}
        SOVERSION ${PROJECT_VERSION_MAJOR}
        # Each other's neighbours, wherever the tree is installed to.
        INSTALL_RPATH "$ORIGIN")
    install(TARGETS ${target} EXPORT Tocsin${name}Targets
        LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}
            COMPONENT ${arg_RUNTIME_COMPONENT} NAMELINK_COMPONENT dev
        ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT dev
        RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT ${arg_RUNTIME_COMPONENT})
    install(EXPORT Tocsin${name}Targets NAMESPACE Tocsin::
        DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/Tocsin COMPONENT dev)
    install(FILES ${arg_HEADERS}
        DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/tocsin/${floor} COMPONENT dev)

    # Header-only libraries (tl::expected) have no pkg-config file, and need none.
    set(requires ${arg_PUBLIC})
    list(FILTER requires INCLUDE REGEX "^(Tocsin|Qt6)::")
    list(TRANSFORM requires REPLACE "::" "")
    list(JOIN requires ", " TOCSIN_REQUIRES)
    set(TOCSIN_LIBRARY ${target})
    file(RELATIVE_PATH TOCSIN_PREFIX
        ${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig ${CMAKE_INSTALL_PREFIX})
    configure_file(${PROJECT_SOURCE_DIR}/packaging/library.pc.in
        ${CMAKE_CURRENT_BINARY_DIR}/${target}.pc @ONLY)
    install(FILES ${CMAKE_CURRENT_BINARY_DIR}/${target}.pc
        DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT dev)
endfunction()
