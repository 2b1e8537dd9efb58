// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT

// Any bytes as a frame: through the reader, both dialects' envelopes, and the data of every message
// and command that there is. A byte 0xFF, which no UTF-8 has, separates two texts: the second one
// is then also read over what the first one left behind.

#include "jsonagreement.h"
#include "protocol/messages.h"
#include "protocol/typedchannel.h"
#include "require.h"

using namespace tocsin;

namespace {

// The protocol has no variants and few bounds of its own yet; these stand for what can come.
struct Leaf {
    QString name;
    double weight = 0.5;
    friend bool operator==(const Leaf &, const Leaf &) = default;
};
struct Branch {
    QList<std::variant<Leaf, Nothing>> twigs;
    QMap<QString, QString> labels;
    friend bool operator==(const Branch &, const Branch &) = default;
};
using Twig = std::variant<Leaf, Nothing>;
using Tree = std::variant<Branch, Leaf>;

} // namespace

namespace tocsin {
template <>
struct Schema<Leaf> {
    static constexpr auto fields = std::tuple{
        required("name", &Leaf::name).notEmpty().maximumLength(20),
        optional("weight", &Leaf::weight).between(0, 1),
    };
};
template <>
struct VariantSchema<Twig> {
    static constexpr std::string_view discriminator = "type";
    static constexpr std::array tags{std::string_view("leaf"), std::string_view("nothing")};
};
template <>
struct Schema<Branch> {
    static constexpr auto fields = std::tuple{
        required("twigs", &Branch::twigs).maximumSize(5),
        optional("labels", &Branch::labels).notEmpty(),
    };
};
template <>
struct VariantSchema<Tree> {
    static constexpr std::string_view discriminator = "kind";
    static constexpr std::array tags{std::string_view("branch"), std::string_view("leaf")};
};
} // namespace tocsin

namespace {

// Has a value for every field of every type below, so that each is read into an object in which
// nothing is as in a new one.
constexpr std::string_view everyField = R"({
    "uuid":"u","title":"t","severity":"critical","status":"resolved","createdAt":1,"updatedAt":2,
    "resolvedAt":3,"version":7,"source":"s","service":"v","assignee":"a","acknowledgedBy":"b",
    "count":9,"labels":{"k":"v"},"annotations":{"k":"v"},"links":[{"title":"t","url":"u"}],
    "resolvedBy":"r","user":{"id":"i","name":"n","role":"r"},"session":"s","room":"r","epoch":"e",
    "seq":5,"recovered":true,"incidents":[{"uuid":"u","title":"t","severity":"info","count":4}],
    "part":2,"parts":3,"heads":{"r":5},"requestId":8,"ok":true,"result":{"x":[1]},
    "error":{"code":"c","message":"m","where":"w"},"users":[{"id":"i","role":"r"}],"code":"c",
    "message":"m","where":"w","id":"i","name":"n","role":"r","contentType":"text/plain","size":6,
    "token":"t","since":{"epoch":"e","seq":4},"text":"x","type":"t",
    "kind":"branch","twigs":[{"type":"leaf","name":"n","weight":1},{"type":"nothing"}]})";

std::string_view view(const QByteArray &bytes)
{
    return {bytes.constData(), std::size_t(bytes.size())};
}

template <typename T>
[[nodiscard]] bool isSame(const T &one, const T &other)
{
    if constexpr (std::equality_comparable<T>) {
        if (!(one == other))
            return false;
    }
    return encode(one) == encode(other);
}

template <typename T>
void requireAsNew(std::string_view before, std::string_view text, const Expected<T> &expected)
{
    JsonReader reader;
    T used{};
    [[maybe_unused]] const bool any = reader.read(before, [&] { return readValue(reader, used); });
    const bool good = reader.read(text, [&] { return readValue(reader, used); });
    require(good == expected.has_value(), "a used object accepts what a new one does");
    if (good)
        require(isSame(used, *expected), "read over a used object, as into a new one");
    else
        require(reader.error() == expected.error(), "the same error with a used object",
            reader.error().message);
}

template <typename T>
void readData(QStringView name, std::string_view before, std::string_view text)
{
    JsonReader reader;
    const auto value = decode<T>(reader, text);
    const auto data = decodeData<T>(reader, name, text);
    require(data.has_value() == value.has_value(), "decodeData() accepts what decode() does");
    requireAsNew<T>(everyField, text, value);
    if (!before.empty())
        requireAsNew<T>(before, text, value);
    if (!value) {
        require(data.error().where.startsWith(u"data"), "an error's path begins at the envelope");
        return;
    }
    const QByteArray json = encode(*value);
    const auto again = decode<T>(reader, view(json));
    require(again.has_value(), "what is encoded can be decoded",
        again ? QString() : again.error().message + u'\n' + QString::fromUtf8(json));
    require(isSame(*again, *value), "encoded and decoded again, it is the same",
        QString::fromUtf8(json));
    requireAgreementWithQt(view(json));
}

template <typename T>
void readAs(const Message<T> &message, std::string_view before, std::string_view text)
{
    readData<T>(message.name, before, text);
}
template <typename T>
void readAs(const Command<T> &command, std::string_view before, std::string_view text)
{
    readData<T>(command.type, before, text);
}

/// One of each type of data.
void readAsEverything(std::string_view before, std::string_view text)
{
    const auto read = [&](const auto &...known) { (readAs(known, before, text), ...); };
    read(Authenticated, RoomJoined, RoomSnapshot, RoomHeads, ServerError, CommandReply,
        PresenceChanged, AttachmentAnnounced, IncidentUpdated, IncidentResolved,
        MonitorStatusChanged, MonitorRemoved);
    read(Authenticate, JoinRoom, LeaveRoom, Acknowledge, Comment, Assign);
    readData<CommandHeader>(u"command", before, text);
    readData<Nothing>(u"nothing", before, text);
    readData<Tree>(u"tree", before, text);
}

void readEnvelope(std::string_view before, std::string_view text)
{
    const Timestamp now = timestampFromMilliseconds(1'706'803'200'000);
    JsonReader reader;
    const auto message = decodeEnvelope(reader, text, now);
    if (!message)
        return;
    readAsEverything(before, message->data);
    const QByteArray frame = encodeEnvelope(message->envelope, message->data);
    JsonReader second;
    const auto again = decodeEnvelope(second, view(frame), now);
    require(again.has_value(), "an encoded envelope can be decoded", QString::fromUtf8(frame));
    require(again->envelope == message->envelope && again->data == message->data,
        "an envelope, encoded and decoded again, is the same", QString::fromUtf8(frame));
}

void readTypedChannel(std::string_view text)
{
    JsonReader reader;
    const auto message = decodeTypedChannel(reader, text, {});
    if (!message)
        return;
    JsonReader second;
    require(second.read(message->data,
                [&] { return second.readObject([](std::string_view) { return true; }); }),
        "the data of a typed channel's message is an object", second.error().message);
    if (message->envelope.name == PresenceChanged.name)
        readData<PresenceData>(PresenceChanged.name, {}, message->data);
    if (message->envelope.name == ServerError.name)
        readData<ErrorData>(ServerError.name, {}, message->data);
}

// Any bytes are UTF-16 too, halves of surrogate pairs and all.
void readUtf16(std::string_view bytes)
{
    QString text(qsizetype(bytes.size() / sizeof(char16_t)), Qt::Uninitialized);
    std::memcpy(text.data(), bytes.data(), std::size_t(text.size()) * sizeof(char16_t));
    for (const QString &utf16 : {text, QString::fromUtf8(bytes.data(), qsizetype(bytes.size())),
             QString::fromLatin1(bytes.data(), qsizetype(bytes.size()))}) {
        const QByteArray utf8 = toUtf8(utf16);
        JsonReader reader;
        std::string_view raw;
        const bool fromUtf16 = reader.read(QStringView(utf16), [&] { return reader.readRaw(raw); });
        const QByteArray found(raw.data(), fromUtf16 ? qsizetype(raw.size()) : 0);
        const bool fromUtf8 = reader.read(view(utf8), [&] { return reader.readRaw(raw); });
        require(fromUtf16 == fromUtf8, "UTF-16 is accepted where the same UTF-8 is");
        require(!fromUtf8 || view(found) == raw, "UTF-16 is read as the same UTF-8");
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *bytes, std::size_t size)
{
    const std::string_view input(reinterpret_cast<const char *>(bytes), size);
    const std::size_t separator = input.find('\xFF');
    const bool hasTwo = separator != std::string_view::npos;
    const std::string_view before = hasTwo ? input.substr(0, separator) : std::string_view();
    const std::string_view text = hasTwo ? input.substr(separator + 1) : input;
    requireAgreementWithQt(text);
    readUtf16(text);
    readAsEverything(before, text);
    readEnvelope(before, text);
    readTypedChannel(text);
    return 0;
}
