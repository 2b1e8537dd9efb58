# Installs the build where nobody else looks: cmake -DBINARY_DIR=… -DPREFIX=… -P stage.cmake
file(REMOVE_RECURSE ${PREFIX})
execute_process(
    COMMAND ${CMAKE_COMMAND} --install ${BINARY_DIR} --prefix ${PREFIX}
    OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
# What is ours to change is not there for others to rely on.
file(GLOB_RECURSE private ${PREFIX}/include/*_p.h)
if(private)
    message(FATAL_ERROR "private headers are installed: ${private}")
endif()
