# The dashboard with all that it needs, for the two systems that have no packages to depend on: an
# installer made by NSIS on Windows, a disk image with Tocsin.app on macOS.
#
#   cmake --preset release -DTOCSIN_BUNDLE=ON -DBUILD_SHARED_LIBS=OFF
#   cmake --build --preset release --target package
#
# Not built anywhere yet: docs/install.md says what is missing.
if(NOT (WIN32 OR APPLE))
    message(FATAL_ERROR "TOCSIN_BUNDLE is for Windows and macOS; here there are TOCSIN_DEBIAN_PACKAGES")
endif()
if(Qt6_VERSION VERSION_LESS 6.5)
    message(FATAL_ERROR "TOCSIN_BUNDLE needs qt_generate_deploy_qml_app_script, which is in Qt from 6.5 on")
endif()

if(APPLE)
    # What macOS asks of an icon, from the pictures that the other systems have.
    set(iconset ${CMAKE_CURRENT_BINARY_DIR}/tocsin.iconset)
    set(icon ${CMAKE_CURRENT_BINARY_DIR}/tocsin.icns)
    add_custom_command(OUTPUT ${icon}
        COMMAND ${CMAKE_COMMAND} -E make_directory ${iconset}
        COMMAND ${CMAKE_COMMAND} -E copy ${resources}/icons/tocsin-16.png ${iconset}/icon_16x16.png
        COMMAND ${CMAKE_COMMAND} -E copy ${resources}/icons/tocsin-32.png ${iconset}/icon_32x32.png
        COMMAND ${CMAKE_COMMAND} -E copy ${resources}/icons/tocsin-128.png ${iconset}/icon_128x128.png
        COMMAND ${CMAKE_COMMAND} -E copy ${resources}/icons/tocsin-256.png ${iconset}/icon_256x256.png
        COMMAND iconutil --convert icns --output ${icon} ${iconset}
        VERBATIM)
    add_custom_target(tocsin_icon DEPENDS ${icon})
    add_dependencies(tocsin tocsin_icon)
    set_target_properties(tocsin PROPERTIES
        MACOSX_BUNDLE TRUE
        OUTPUT_NAME Tocsin
        MACOSX_BUNDLE_INFO_PLIST ${CMAKE_CURRENT_SOURCE_DIR}/macos/Info.plist.in
        MACOSX_BUNDLE_BUNDLE_NAME Tocsin
        MACOSX_BUNDLE_GUI_IDENTIFIER ${TOCSIN_APPLICATION_ID}
        MACOSX_BUNDLE_BUNDLE_VERSION ${PROJECT_VERSION}
        MACOSX_BUNDLE_SHORT_VERSION_STRING ${PROJECT_VERSION}
        MACOSX_BUNDLE_ICON_FILE tocsin.icns)
    install(FILES ${icon} DESTINATION Tocsin.app/Contents/Resources COMPONENT dashboard)
else()
    # Without a console of its own. What it says on standard output is seen where that is a file.
    set_target_properties(tocsin PROPERTIES WIN32_EXECUTABLE TRUE)
    # Explorer takes the icon from the program.
    file(WRITE ${CMAKE_CURRENT_BINARY_DIR}/tocsin.rc
        "IDI_ICON1 ICON \"${resources}/icons/tocsin.ico\"\n")
    target_sources(tocsin PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/tocsin.rc)
endif()

# windeployqt and macdeployqt: Qt's libraries and plug-ins, and the QML modules that are imported.
qt_generate_deploy_qml_app_script(TARGET tocsin OUTPUT_SCRIPT deploy)
install(SCRIPT ${deploy} COMPONENT dashboard)

set(CPACK_PACKAGE_NAME Tocsin)
set(CPACK_PACKAGE_VENDOR "The Tocsin authors")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "Live incident dashboard")
set(CPACK_PACKAGE_INSTALL_DIRECTORY Tocsin)
set(CPACK_PACKAGE_EXECUTABLES tocsin Tocsin)
set(CPACK_RESOURCE_FILE_LICENSE ${PROJECT_SOURCE_DIR}/LICENSE)
set(CPACK_OUTPUT_FILE_PREFIX ${CMAKE_BINARY_DIR}/packages)
set(CPACK_STRIP_FILES TRUE)
set(CPACK_COMPONENTS_ALL runtime qml dashboard)
set(CPACK_COMPONENTS_GROUPING ALL_COMPONENTS_IN_ONE)
if(APPLE)
    set(CPACK_GENERATOR DragNDrop)
    set(CPACK_DMG_VOLUME_NAME "Tocsin ${PROJECT_VERSION}")
else()
    set(CPACK_GENERATOR NSIS64)
    set(CPACK_NSIS_DISPLAY_NAME Tocsin)
    set(CPACK_NSIS_PACKAGE_NAME Tocsin)
    set(CPACK_NSIS_MUI_ICON ${resources}/icons/tocsin.ico)
    set(CPACK_NSIS_INSTALLED_ICON_NAME bin/tocsin.exe)
    set(CPACK_NSIS_URL_INFO_ABOUT ${PROJECT_HOMEPAGE_URL})
    # The one before is taken away first.
    set(CPACK_NSIS_ENABLE_UNINSTALL_BEFORE_INSTALL ON)
endif()
include(CPack)
