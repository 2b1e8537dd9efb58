# One floor of core/ as a library: target Tocsin::<Name>, file libTocsin<Name>, exported for
# find_package(Tocsin), headers installed as <tocsin/<floor>/<header>>.
#
#   tocsin_add_library(<Name> SOURCES … PUBLIC <libraries> PRIVATE <libraries>)
#
# Headers named *_p.h are private and are not installed.
function(tocsin_add_library name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;PUBLIC;PRIVATE")
    string(TOLOWER ${name} floor)
    string(TOUPPER ${name} upper)
    set(target Tocsin${name})
    add_library(${target} ${arg_SOURCES})
    add_library(Tocsin::${name} ALIAS ${target})
    target_link_libraries(${target} PUBLIC ${arg_PUBLIC} PRIVATE ${arg_PRIVATE} tocsin_warnings)
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
    set_target_properties(${target} PROPERTIES
        AUTOMOC ON
        EXPORT_NAME ${name}
        VERSION ${PROJECT_VERSION}
        SOVERSION ${PROJECT_VERSION_MAJOR})
    install(TARGETS ${target} EXPORT TocsinTargets
        LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}
        ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR}
        RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
    set(headers ${arg_SOURCES})
    list(FILTER headers INCLUDE REGEX "\\.h$")
    list(FILTER headers EXCLUDE REGEX "_p\\.h$")
    install(FILES ${headers} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/tocsin/${floor})
endfunction()
