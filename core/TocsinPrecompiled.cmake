# Most of the time that a build takes goes into parsing the headers of Qt and of the standard library,
# over and over. With TOCSIN_PRECOMPILED_HEADERS they are parsed once a library, and once for all tests.
#
# The release presets do without: there each file has to include what it needs, so that a header that
# is missing is found.
option(TOCSIN_PRECOMPILED_HEADERS "Parse the headers of others once for many files" OFF)

# None of our own: a change to one would build everything anew. And only what most files want, since
# what is there has to be loaded for each of them.
set(TOCSIN_COMMON_HEADERS
    <algorithm> <chrono> <functional> <memory> <optional> <string> <thread> <variant> <vector>
    <QByteArray> <QDateTime> <QHash> <QList> <QObject> <QSet> <QString> <QStringList> <QTimer> <QUuid>
    <tl/expected.hpp>)

# The common headers, and more of them where they are named, for the files of a target.
function(tocsin_precompile target)
    if(TOCSIN_PRECOMPILED_HEADERS)
        target_precompile_headers(${target} PRIVATE ${TOCSIN_COMMON_HEADERS} ${ARGN})
    endif()
endfunction()

# Those of another target, which has to be compiled with the same options.
function(tocsin_precompile_as target other)
    if(TOCSIN_PRECOMPILED_HEADERS)
        target_precompile_headers(${target} REUSE_FROM ${other})
        # With no header of the target's own there is nothing in it: it would take longer with them.
        get_target_property(sources ${target} SOURCES)
        if(NOT sources MATCHES "\\.h(;|$)")
            set_source_files_properties(
                ${CMAKE_CURRENT_BINARY_DIR}/${target}_autogen/mocs_compilation.cpp
                PROPERTIES SKIP_PRECOMPILE_HEADERS ON)
        endif()
    endif()
endfunction()
