# The Debian packages, made by `cpack -G DEB` in the preset `package` (scripts/package.sh). A component
# of the installation is a package.
set(TOCSIN_DEBIAN_REVISION 1 CACHE STRING "Revision of the Debian packages")
set(TOCSIN_DEBIAN_VERSION ${PROJECT_VERSION}-${TOCSIN_DEBIAN_REVISION})
set(debian ${CMAKE_CURRENT_LIST_DIR})
set(same "(= ${TOCSIN_DEBIAN_VERSION})")

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME tocsin)
# CPack would put the project's own before each package's summary; it does not where this is as it
# would be without one.
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "${CMAKE_PROJECT_NAME} built using CMake")
set(CPACK_PACKAGE_VENDOR "The Tocsin authors")
set(TOCSIN_MAINTAINER "The Tocsin authors <maintainers@users.noreply.github.com>")
set(CPACK_PACKAGE_CONTACT ${TOCSIN_MAINTAINER})
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_OUTPUT_FILE_PREFIX ${CMAKE_BINARY_DIR}/packages)
set(CPACK_STRIP_FILES TRUE)
# What is made is to be judged by dpkg, not by the umask of who makes it.
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
    OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_ENABLE_COMPONENT_DEPENDS OFF)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE ${TOCSIN_DEBIAN_REVISION})
set(CPACK_DEBIAN_PACKAGE_HOMEPAGE ${PROJECT_HOMEPAGE_URL})
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS ${CMAKE_LIBRARY_OUTPUT_DIRECTORY})
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS ON)
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS_POLICY =)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)

# tocsin_debian_package(<component> NAME … SECTION … SUMMARY … DESCRIPTION … [DEPENDS …] [RECOMMENDS …]
#     [SUGGESTS …] [CONTROL <file>…])
#
# What the libraries need is found by dpkg-shlibdeps; DEPENDS is what only QML or a person asks for.
macro(tocsin_debian_package component)
    cmake_parse_arguments(package "" "NAME;SECTION;SUMMARY;DESCRIPTION"
        "DEPENDS;RECOMMENDS;SUGGESTS;CONTROL" ${ARGN})
    string(TOUPPER ${component} upper)
    list(APPEND CPACK_COMPONENTS_ALL ${component})
    set(CPACK_DEBIAN_${upper}_PACKAGE_NAME ${package_NAME})
    set(CPACK_DEBIAN_${upper}_PACKAGE_SOURCE tocsin)
    set(CPACK_DEBIAN_${upper}_PACKAGE_SECTION ${package_SECTION})
    set(CPACK_DEBIAN_${upper}_DESCRIPTION "${package_SUMMARY}\n${package_DESCRIPTION}")
    foreach(relation DEPENDS RECOMMENDS SUGGESTS)
        list(JOIN package_${relation} ", " CPACK_DEBIAN_${upper}_PACKAGE_${relation})
    endforeach()
    set(CPACK_DEBIAN_${upper}_PACKAGE_CONTROL_EXTRA ${package_CONTROL})
    set(documents ${CMAKE_INSTALL_DATADIR}/doc/${package_NAME})
    install(FILES ${debian}/copyright DESTINATION ${documents} COMPONENT ${component})
    install(FILES ${packed}/changelog.gz ${packed}/changelog.Debian.gz
        DESTINATION ${documents} COMPONENT ${component})
endmacro()

# Packed the same way each time: without name and time.
find_program(GZIP_EXECUTABLE gzip REQUIRED)
set(packed ${CMAKE_CURRENT_BINARY_DIR}/packed)
file(MAKE_DIRECTORY ${packed})
configure_file(${debian}/changelog.in ${CMAKE_CURRENT_BINARY_DIR}/changelog.Debian @ONLY)
set(packed_files)
function(tocsin_pack source target)
    add_custom_command(OUTPUT ${packed}/${target}
        COMMAND ${GZIP_EXECUTABLE} -9n <${source} >${packed}/${target}
        DEPENDS ${source})
    set(packed_files ${packed_files} ${packed}/${target} PARENT_SCOPE)
endfunction()
tocsin_pack(${PROJECT_SOURCE_DIR}/CHANGELOG.md changelog.gz)
tocsin_pack(${CMAKE_CURRENT_BINARY_DIR}/changelog.Debian changelog.Debian.gz)
foreach(page IN LISTS manual_pages)
    get_filename_component(name ${page} NAME)
    tocsin_pack(${page} ${name}.gz)
endforeach()
add_custom_target(packed_documents ALL DEPENDS ${packed_files})

set(CPACK_COMPONENTS_ALL)
tocsin_debian_package(runtime
    NAME libtocsin${PROJECT_VERSION_MAJOR}
    SECTION libs
    CONTROL ${debian}/triggers
    SUMMARY "live incidents over WebSocket, shared libraries"
    DESCRIPTION "The libraries of Tocsin, a live incident dashboard: the client with
reconnection, rooms and exact recovery, the models for what it receives,
and the gateway."
)
tocsin_debian_package(qml
    NAME qml6-module-tocsin
    SECTION libs
    CONTROL ${debian}/triggers
    SUMMARY "live incidents over WebSocket, QML module"
    DESCRIPTION "The components of the Tocsin dashboard for windows of one's own: the
whole dashboard, the list, the status bar, the filter and others."
    DEPENDS "libtocsin${PROJECT_VERSION_MAJOR} ${same}"
        qml6-module-qtqml qml6-module-qtqml-models qml6-module-qtqml-workerscript
        qml6-module-qtquick qml6-module-qtquick-controls qml6-module-qtquick-layouts
        qml6-module-qtquick-templates qml6-module-qtquick-window
    RECOMMENDS fonts-inter
)
tocsin_debian_package(dev
    NAME libtocsin-dev
    SECTION libdevel
    SUMMARY "live incidents over WebSocket, development files"
    DESCRIPTION "Headers, CMake and pkg-config files of Tocsin's libraries, and the
examples."
    DEPENDS "libtocsin${PROJECT_VERSION_MAJOR} ${same}" "qml6-module-tocsin ${same}"
        libexpected-dev libgl-dev libopengl-dev pkgconf
        qt6-base-dev qt6-declarative-dev qt6-websockets-dev
)
tocsin_debian_package(dashboard
    NAME tocsin
    SECTION net
    SUMMARY "live incident dashboard"
    DESCRIPTION "Tocsin shows the incidents of systems as they happen, for people on call
and ops rooms. Alerts from Prometheus Alertmanager, Grafana and others
arrive at a small gateway, which the dashboard can bring itself, and are
on every screen within milliseconds. What is on the screen is either
current, or visibly marked as not.
.
tocsin-watch, the client for a terminal, is in it too."
    DEPENDS "libtocsin${PROJECT_VERSION_MAJOR} ${same}" "qml6-module-tocsin ${same}"
    RECOMMENDS libsecret-1-0 qt6-qpa-plugins qt6-wayland "qt6-svg-plugins | libqt6svg6"
    SUGGESTS tocsin-gateway
)
tocsin_debian_package(gateway
    NAME tocsin-gateway
    SECTION net
    SUMMARY "gateway from alerts to live incident dashboards"
    DESCRIPTION "Takes alerts from Prometheus Alertmanager, Grafana, Uptime Kuma,
CloudEvents and scripts over HTTP, keeps them as incidents, and tells
every Tocsin dashboard over WebSocket. Runs as a service of its own
without an account; several of them share one Redis."
    DEPENDS "libtocsin${PROJECT_VERSION_MAJOR} ${same}" "init-system-helpers (>= 1.54~)" procps
    SUGGESTS redis-server
    CONTROL ${debian}/gateway/postinst ${debian}/gateway/prerm ${debian}/gateway/postrm
        ${debian}/gateway/conffiles
)
# cage does not start without Xwayland, which it only recommends.
tocsin_debian_package(kiosk
    NAME tocsin-kiosk
    SECTION net
    SUMMARY "live incident dashboard for a screen on a wall"
    DESCRIPTION "Shows the incidents of systems on a screen that nobody touches: turns pages,
puts up a new critical incident at once, and says so in letters that are
read from the door when what it shows is not current.
.
A service that takes the machine's first terminal, with the compositor cage
and an account of its own. It does nothing before it is turned on:
systemctl enable --now tocsin-kiosk"
    DEPENDS "tocsin ${same}" "init-system-helpers (>= 1.54~)" cage qt6-wayland seatd systemd udev
        xwayland
    RECOMMENDS pulseaudio
    SUGGESTS sway tocsin-gateway
    CONTROL ${debian}/kiosk/postinst ${debian}/kiosk/prerm ${debian}/kiosk/postrm
        ${debian}/kiosk/conffiles
)

# The manual, where Debian wants it compressed; and the service.
foreach(page IN LISTS manual_pages)
    get_filename_component(name ${page} NAME)
    tocsin_program_component(${name} component)
    install(FILES ${packed}/${name}.gz
        DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT ${component})
endforeach()
set(systemd ${PROJECT_SOURCE_DIR}/packaging/systemd)
install(FILES ${systemd}/tocsin-gateway.service ${systemd}/tocsin-gateway-tokens.path
    ${systemd}/tocsin-gateway-tokens.service
    DESTINATION lib/systemd/system COMPONENT gateway)
install(FILES ${systemd}/gateway.toml DESTINATION /etc/tocsin COMPONENT gateway)
install(DIRECTORY DESTINATION /etc/tocsin/secrets COMPONENT gateway
    DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE)
install(FILES ${PROJECT_SOURCE_DIR}/packaging/tocsin-gateway.example.toml
    DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/tocsin-gateway/examples
    RENAME gateway.toml COMPONENT gateway)
install(FILES ${PROJECT_SOURCE_DIR}/packaging/Caddyfile
    ${PROJECT_SOURCE_DIR}/packaging/nginx-tocsin.conf
    DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/tocsin-gateway/examples COMPONENT gateway)
set(kiosk ${PROJECT_SOURCE_DIR}/packaging/kiosk)
install(FILES ${kiosk}/kiosk.toml DESTINATION /etc/tocsin COMPONENT kiosk)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/examples
    DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/libtocsin-dev COMPONENT dev)
include(CPack)
