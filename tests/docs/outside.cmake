# Does what docs/socket-client.md says to somebody outside this project: installs the libraries, and
# builds the page's first program with the page's own CMakeLists.txt.
#
#   cmake -DPAGE=… -DBINARY_DIR=<of this project> -DWORK_DIR=… -DGENERATOR=… -DCXX=… -DCXX_FLAGS=…
#         -DBUILD_TYPE=… -P outside.cmake
function(run)
    execute_process(COMMAND ${ARGV} RESULT_VARIABLE result OUTPUT_VARIABLE out ERROR_VARIABLE out)
    if(NOT result EQUAL 0)
        message(FATAL_ERROR "${ARGV}\n${out}")
    endif()
endfunction()

# The first block of the page that begins so.
function(extract begin file)
    file(READ ${PAGE} text)
    string(FIND "${text}" "${begin}" from)
    if(from EQUAL -1)
        message(FATAL_ERROR "${PAGE} has no \"${begin}\"")
    endif()
    string(SUBSTRING "${text}" ${from} -1 text)
    string(FIND "${text}" "\n" newline)
    math(EXPR from "${newline} + 1")
    string(SUBSTRING "${text}" ${from} -1 text)
    string(FIND "${text}" "\n```" length)
    string(SUBSTRING "${text}" 0 ${length} text)
    file(WRITE ${file} "${text}\n")
endfunction()

file(REMOVE_RECURSE ${WORK_DIR})
extract("```cmake\n" ${WORK_DIR}/source/CMakeLists.txt)
extract("```cpp\n// example: tail" ${WORK_DIR}/source/main.cpp)
run(${CMAKE_COMMAND} --install ${BINARY_DIR} --prefix ${WORK_DIR}/prefix)
run(${CMAKE_COMMAND} -S ${WORK_DIR}/source -B ${WORK_DIR}/build -G ${GENERATOR}
    -DCMAKE_PREFIX_PATH=${WORK_DIR}/prefix -DCMAKE_BUILD_TYPE=${BUILD_TYPE}
    -DCMAKE_CXX_COMPILER=${CXX} "-DCMAKE_CXX_FLAGS=${CXX_FLAGS}")
run(${CMAKE_COMMAND} --build ${WORK_DIR}/build)
