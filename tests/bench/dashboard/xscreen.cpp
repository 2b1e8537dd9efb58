// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "xscreen.h"

#include "processes.h"

#include <cstdlib>
#include <memory>
#include <xcb/xcb.h>

namespace tocsin::bench {

namespace {

struct Free {
    void operator()(void *reply) const { std::free(reply); }
};
template <typename Reply>
using ReplyPointer = std::unique_ptr<Reply, Free>;

xcb_atom_t atom(xcb_connection_t *connection, QByteArrayView name)
{
    const ReplyPointer<xcb_intern_atom_reply_t> reply(xcb_intern_atom_reply(connection,
        xcb_intern_atom(connection, 0, std::uint16_t(name.size()), name.data()), nullptr));
    return reply ? reply->atom : xcb_atom_t(XCB_ATOM_NONE);
}

} // namespace

XScreen::XScreen()
{
    const QByteArray number = startService(m_server, QStringLiteral("Xvfb"),
        {QStringLiteral("-displayfd"), QStringLiteral("1"), QStringLiteral("-screen"),
            QStringLiteral("0"), QStringLiteral("1280x720x24"), QStringLiteral("-nolisten"),
            QStringLiteral("tcp")});
    if (number.isEmpty())
        return;
    m_display = u':' + QString::fromLatin1(number);
    m_connection = xcb_connect(m_display.toLatin1().constData(), nullptr);
    if (xcb_connection_has_error(m_connection) != 0) {
        xcb_disconnect(std::exchange(m_connection, nullptr));
        return;
    }
    m_root = xcb_setup_roots_iterator(xcb_get_setup(m_connection)).data->root;
}

XScreen::~XScreen()
{
    if (m_connection)
        xcb_disconnect(m_connection);
    m_server.terminate();
    m_server.waitForFinished();
}

QStringList XScreen::titles() const
{
    QStringList titles;
    const xcb_atom_t name = atom(m_connection, "_NET_WM_NAME");
    const ReplyPointer<xcb_query_tree_reply_t> tree(
        xcb_query_tree_reply(m_connection, xcb_query_tree(m_connection, m_root), nullptr));
    if (!tree)
        return titles;
    const xcb_window_t *const windows = xcb_query_tree_children(tree.get());
    for (int i = 0; i < xcb_query_tree_children_length(tree.get()); ++i) {
        const ReplyPointer<xcb_get_property_reply_t> title(xcb_get_property_reply(m_connection,
            xcb_get_property(m_connection, 0, windows[i], name, XCB_ATOM_ANY, 0, 256), nullptr));
        if (title && xcb_get_property_value_length(title.get()) > 0) {
            titles.append(
                QString::fromUtf8(static_cast<const char *>(xcb_get_property_value(title.get())),
                    xcb_get_property_value_length(title.get())));
        }
    }
    return titles;
}

int XScreen::pointsOf(unsigned colour, const QRect &area) const
{
    const ReplyPointer<xcb_get_image_reply_t> image(xcb_get_image_reply(m_connection,
        xcb_get_image(m_connection, XCB_IMAGE_FORMAT_Z_PIXMAP, m_root, std::int16_t(area.x()),
            std::int16_t(area.y()), std::uint16_t(area.width()), std::uint16_t(area.height()), ~0U),
        nullptr));
    if (!image)
        return 0;
    const std::uint8_t *const bytes = xcb_get_image_data(image.get());
    int found = 0;
    for (int i = 0; i + 3 < xcb_get_image_data_length(image.get()); i += 4) {
        const unsigned point
            = unsigned(bytes[i]) | unsigned(bytes[i + 1]) << 8 | unsigned(bytes[i + 2]) << 16;
        found += point == colour ? 1 : 0;
    }
    return found;
}

} // namespace tocsin::bench
