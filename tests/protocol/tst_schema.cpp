// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "protocol/message.h"

#include <QTest>

#include <rapidcheck.h>

using namespace tocsin;
using namespace std::string_view_literals;

namespace {

struct Limited {
    int level = 3;
    qint64 count = 1;
    double ratio = 0.5;
    double weight = 1;
    double scale = 1;
    QString name = QStringLiteral("unnamed");
    QString code;
    QList<int> ports;
    QList<QString> owners;
    QMap<QString, QString> labels;
    std::optional<qint64> limit;
    friend bool operator==(const Limited &, const Limited &) = default;
};

struct Open {
    QString url;
    qint64 tab = 1;
    friend bool operator==(const Open &, const Open &) = default;
};
struct Close {
    std::optional<QString> reason;
    friend bool operator==(const Close &, const Close &) = default;
};
struct Wait {
    friend bool operator==(const Wait &, const Wait &) = default;
};
using Action = std::variant<Open, Close, Wait>;

struct Plan {
    Action first;
    std::optional<Action> last;
    QList<Action> steps;
    QMap<QString, Action> named;
    friend bool operator==(const Plan &, const Plan &) = default;
};

struct Nested {
    Action inner;
    friend bool operator==(const Nested &, const Nested &) = default;
};
using Outermost = std::variant<Nested, Close>;

struct Defaulted {
    QString priority = QStringLiteral("high");
    QList<int> steps{1, 2};
    QString note;
    friend bool operator==(const Defaulted &, const Defaulted &) = default;
};

// Wrong ones, for what the compiler is told about them.
struct Typed {
    QString type;
};
struct WithoutSchema {
};
using TooFewTags = std::variant<Open, Wait, Close>;
using SameTags = std::variant<Close, Open>;
using Clashing = std::variant<Wait, Typed>;
using Unknown = std::variant<Wait, WithoutSchema>;

constexpr auto ActionAsked = Message<Action>{u"action"};

} // namespace

namespace tocsin {
template <>
struct Schema<Defaulted> {
    static constexpr auto fields = std::tuple{
        optional("priority", &Defaulted::priority),
        optional("steps", &Defaulted::steps),
        optional("note", &Defaulted::note),
    };
};
template <>
struct Schema<Limited> {
    static constexpr auto fields = std::tuple{
        optional("level", &Limited::level).between(1, 7),
        optional("count", &Limited::count).atLeast(1).atMost(1000),
        optional("ratio", &Limited::ratio).between(0, 1),
        optional("weight", &Limited::weight).atLeast(0.25),
        optional("scale", &Limited::scale).atMost(2.5),
        optional("name", &Limited::name).notEmpty().maximumLength(8),
        optional("code", &Limited::code).maximumLength(1),
        optional("ports", &Limited::ports).notEmpty().maximumSize(2),
        optional("owners", &Limited::owners).maximumSize(1),
        optional("labels", &Limited::labels).notEmpty().maximumSize(2),
        optional("limit", &Limited::limit).atLeast(10),
    };
};
template <>
struct Schema<Open> {
    static constexpr auto fields
        = std::tuple{required("url", &Open::url).notEmpty(), optional("tab", &Open::tab)};
};
template <>
struct Schema<Close> {
    static constexpr auto fields = std::tuple{optional("reason", &Close::reason)};
};
template <>
struct Schema<Wait> {
    static constexpr std::tuple<> fields{};
};
template <>
struct VariantSchema<Action> {
    static constexpr std::string_view discriminator = "type";
    static constexpr std::array tags{"open"sv, "close"sv, "wait"sv};
};
template <>
struct Schema<Plan> {
    static constexpr auto fields = std::tuple{
        required("first", &Plan::first),
        optional("last", &Plan::last),
        optional("steps", &Plan::steps).maximumSize(3),
        optional("named", &Plan::named),
    };
};
template <>
struct Schema<Nested> {
    static constexpr auto fields = std::tuple{required("inner", &Nested::inner)};
};
template <>
struct VariantSchema<Outermost> {
    static constexpr std::string_view discriminator = "kind";
    static constexpr std::array tags{"nested"sv, "close"sv};
};
template <>
struct Schema<Typed> {
    static constexpr auto fields = std::tuple{required("type", &Typed::type)};
};
template <>
struct VariantSchema<TooFewTags> {
    static constexpr std::string_view discriminator = "type";
    static constexpr std::array tags{"open"sv, "wait"sv};
};
template <>
struct VariantSchema<SameTags> {
    static constexpr std::string_view discriminator = "type";
    static constexpr std::array tags{"open"sv, "open"sv};
};
template <>
struct VariantSchema<Clashing> {
    static constexpr std::string_view discriminator = "type";
    static constexpr std::array tags{"wait"sv, "typed"sv};
};
template <>
struct VariantSchema<Unknown> {
    static constexpr std::string_view discriminator = "type";
    static constexpr std::array tags{"wait"sv, "unknown"sv};
};
} // namespace tocsin

// What the static_asserts of a wrong VariantSchema go by.
static_assert(detail::hasOneTagEach<Action>() && !detail::hasOneTagEach<TooFewTags>());
static_assert(detail::hasDifferentTags<Action>() && !detail::hasDifferentTags<SameTags>());
static_assert(
    detail::leavesDiscriminatorFree<Action>() && !detail::leavesDiscriminatorFree<Clashing>());
static_assert(detail::hasSchemasOnly<Action>() && !detail::hasSchemasOnly<Unknown>());
// A command's payload stands beside `type`, and so may not be an Action.
static_assert(schemaHasField<Action>("type") && schemaHasField<Action>("reason"));
static_assert(!schemaHasField<Action>("kind") && !schemaHasField<Outermost>("type"));
// Who asks for nothing carries nothing.
static_assert(std::is_empty_v<decltype(required("url", &Open::url).constraints)>);

namespace {

std::string_view view(const QByteArray &bytes)
{
    return {bytes.constData(), std::size_t(bytes.size())};
}

template <typename T>
[[nodiscard]] Expected<T> decoded(std::string_view json)
{
    JsonReader reader;
    return decode<T>(reader, json);
}

Action anyAction()
{
    switch (*rc::gen::inRange(0, 3)) {
    case 0:
        return Open{
            QStringLiteral("u%1").arg(*rc::gen::inRange(0, 1000)), *rc::gen::arbitrary<qint64>()};
    case 1:
        return Close{*rc::gen::arbitrary<bool>() ? std::optional(QStringLiteral("\"why\"\n"))
                                                 : std::nullopt};
    default: return Wait{};
    }
}

Plan anyPlan()
{
    Plan plan;
    plan.first = anyAction();
    if (*rc::gen::arbitrary<bool>())
        plan.last = anyAction();
    for (int i = *rc::gen::inRange(0, 4); i > 0; --i)
        plan.steps.append(anyAction());
    for (int i = *rc::gen::inRange(0, 4); i > 0; --i)
        plan.named.insert(QStringLiteral("k%1").arg(*rc::gen::inRange(0, 9)), anyAction());
    return plan;
}

// Any choice of the fields, and among the values some that are refused.
QByteArray anyLimited()
{
    const auto field = [](const char *name, std::initializer_list<const char *> values) {
        return *rc::gen::arbitrary<bool>() ? QByteArray()
                                           : QByteArray("\"") + name
                + "\":" + *rc::gen::elementOf(std::vector<const char *>(values)) + ',';
    };
    return '{' + field("level", {"1", "7", "null", "9"}) + field("count", {"1", "1000", "0"})
        + field("ratio", {"0", "0.125", "1.5"}) + field("name", {"\"a\"", "\"\\u00e4\"", "\"\""})
        + field("code", {"\"\"", "\"x\"", "null"}) + field("ports", {"[1]", "[2,3]", "[]"})
        + field("owners", {"[]", "[\"ada\"]", "null"})
        + field("labels", {"{\"a\":\"b\"}", "{\"c\":\"d\",\"e\":\"f\"}", "null"})
        + field("limit", {"10", "null", "11"}) + "\"unknown\":[]}";
}

template <typename T>
void requireAsNew(const QByteArray &before, const QByteArray &json)
{
    JsonReader reader;
    T used{};
    [[maybe_unused]] const bool any
        = reader.read(view(before), [&] { return readValue(reader, used); });
    const bool good = reader.read(view(json), [&] { return readValue(reader, used); });
    const auto expected = decoded<T>(view(json));
    RC_ASSERT(good == expected.has_value());
    if (good)
        RC_ASSERT(used == *expected);
    else
        RC_ASSERT(reader.error() == expected.error());
}

} // namespace

class SchemaTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void refusesWhatIsOutOfBounds_data();
    void refusesWhatIsOutOfBounds();
    void acceptsTheBoundsThemselves();
    void keepsDefaultsOfWhatIsAbsent();
    void writesWhatIsEmptyWhereTheDefaultIsNot();
    void readsAVariantByItsTag_data();
    void readsAVariantByItsTag();
    void refusesAWrongVariant_data();
    void refusesAWrongVariant();
    void readsVariantsInVariants();
    void writesTheTagFirst();
    void takesAVariantAsAMessagesData();
    void roundTripsVariants();
    void readsOverAUsedObjectAsIntoANewOne();
};

void SchemaTest::refusesWhatIsOutOfBounds_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("where");
    QTest::addColumn<QString>("message");
    const auto row = [](const char *json, const char *where, const char *message) {
        QTest::newRow(json) << QByteArray(json) << QString::fromUtf8(where)
                            << QString::fromUtf8(message);
    };
    row(R"({"level":0})", "level", "expected between 1 and 7, got 0");
    row(R"({"level":8})", "level", "expected between 1 and 7, got 8");
    row(R"({"count":0})", "count", "expected at least 1, got 0");
    row(R"({"count":1001})", "count", "expected at most 1000, got 1001");
    row(R"({"ratio":-0.1})", "ratio", "expected between 0 and 1, got -0.1");
    row(R"({"ratio":1.0000000000000002})", "ratio",
        "expected between 0 and 1, got 1.0000000000000002");
    row(R"({"weight":0.2})", "weight", "expected at least 0.25, got 0.2");
    row(R"({"scale":2.6})", "scale", "expected at most 2.5, got 2.6");
    row(R"({"name":""})", "name", R"(expected string that is not empty, got "")");
    row(R"({"name":"123456789"})", "name", "expected at most 8 characters, got 9");
    row(R"({"code":"ab"})", "code", "expected at most 1 character, got 2");
    row(R"({"ports":[]})", "ports", "expected array that is not empty, got []");
    row(R"({"ports":[1,2,3]})", "ports", "expected at most 2 elements, got 3");
    row(R"({"owners":["a","b"]})", "owners", "expected at most 1 element, got 2");
    row(R"({"labels":{}})", "labels", "expected object that is not empty, got {}");
    row(R"({"labels":{"a":"","b":"","c":""}})", "labels", "expected at most 2 entries, got 3");
    row(R"({"limit":9})", "limit", "expected at least 10, got 9");
    // The type comes first.
    row(R"({"level":"8"})", "level", "expected integer, got string");
    row(R"({"ports":[true]})", "ports[0]", "expected integer, got boolean");
}

void SchemaTest::refusesWhatIsOutOfBounds()
{
    QFETCH(QByteArray, json);
    const auto result = decoded<Limited>(view(json));
    QVERIFY(!result);
    QTEST(result.error().where, "where");
    QTEST(result.error().message, "message");
    QCOMPARE(result.error().code, ErrorCode::InvalidPayload);
}

void SchemaTest::acceptsTheBoundsThemselves()
{
    const auto least = decoded<Limited>(
        R"({"level":1,"count":1,"ratio":0,"weight":0.25,"name":"a","ports":[1],"limit":10,
            "labels":{"a":""}})");
    QVERIFY2(least, qPrintable(least ? QString() : least.error().message));
    QCOMPARE(least->limit, 10);
    const auto most = decoded<Limited>(
        R"({"level":7,"count":1000,"ratio":1,"scale":2.5,"name":"12345678","code":"x",
            "ports":[1,2],"owners":["a"],"labels":{"a":"","b":""}})");
    QVERIFY2(most, qPrintable(most ? QString() : most.error().message));
    QCOMPARE(most->level, 7);
}

void SchemaTest::keepsDefaultsOfWhatIsAbsent()
{
    // Also where the default is not what would be accepted: `ports` is empty.
    const auto nothing = decoded<Limited>("{}");
    QVERIFY2(nothing, qPrintable(nothing ? QString() : nothing.error().message));
    QCOMPARE(*nothing, Limited{});
    QCOMPARE(nothing->name, QStringLiteral("unnamed"));
    const auto nulls
        = decoded<Limited>(R"({"level":null,"name":null,"ports":null,"labels":null,"limit":null})");
    QVERIFY2(nulls, qPrintable(nulls ? QString() : nulls.error().message));
    QCOMPARE(*nulls, Limited{});
}

void SchemaTest::writesWhatIsEmptyWhereTheDefaultIsNot()
{
    const Defaulted emptied{.priority = {}, .steps = {}, .note = {}};
    const QByteArray json = encode(emptied);
    QCOMPARE(json, QByteArray(R"({"priority":"","steps":[]})"));
    JsonReader reader;
    const auto decoded = decode<Defaulted>(reader, {json.constData(), std::size_t(json.size())});
    QVERIFY(decoded && *decoded == emptied);
}

void SchemaTest::readsAVariantByItsTag_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<Action>("action");
    const Open open{QStringLiteral("http://a"), 7};
    QTest::newRow("first") << QByteArray(R"({"type":"open","url":"http://a","tab":7})")
                           << Action(open);
    QTest::newRow("between") << QByteArray(R"({"url":"http://a","type":"open","tab":7})")
                             << Action(open);
    QTest::newRow("last") << QByteArray(
        R"({"url":"http://a","x":{"type":7},"tab":7,"type":"open"})")
                          << Action(open);
    QTest::newRow("escaped") << QByteArray(
        R"({"url":"http:\/\/\u0061","tab":7,"\u0074ype":"op\u0065n","x":"\u00e9\u00e9"})")
                             << Action(open);
    QTest::newRow("twice") << QByteArray(
        R"({"type":"wait","url":"http://a","tab":7,"type":"open"})")
                           << Action(open);
    QTest::newRow("nothing else") << QByteArray(R"({"type":"wait"})") << Action(Wait{});
    QTest::newRow("another's field") << QByteArray(R"({"type":"close","url":7,"reason":"r"})")
                                     << Action(Close{QStringLiteral("r")});
}

void SchemaTest::readsAVariantByItsTag()
{
    QFETCH(QByteArray, json);
    QFETCH(Action, action);
    const auto result = decoded<Action>(view(json));
    QVERIFY2(result, qPrintable(result ? QString() : result.error().message));
    QVERIFY(*result == action);
}

void SchemaTest::refusesAWrongVariant_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("where");
    QTest::addColumn<QString>("message");
    const auto row
        = [](const char *name, const char *json, const char *where, const char *message) {
              QTest::newRow(name) << QByteArray(json) << QString::fromUtf8(where)
                                  << QString::fromUtf8(message);
          };
    row("unknown tag", R"({"first":{"type":"shut"}})", "first.type",
        R"(expected one of open, close, wait, got "shut")");
    row("no tag", R"({"first":{"url":"u"}})", "first.type",
        "expected one of open, close, wait, got nothing");
    row("tag of another type", R"({"first":{"type":7}})", "first.type",
        "expected string, got number");
    row("no object", R"({"first":[]})", "first", "expected object, got array");
    row("null", R"({"first":null})", "first", "expected object, got null");
    row("nothing", R"({})", "first", "expected object, got nothing");
    row("its own field", R"({"first":{"tab":1,"type":"open"}})", "first.url",
        "expected string, got nothing");
    row("its own bound", R"({"first":{"url":"","type":"open"}})", "first.url",
        R"(expected string that is not empty, got "")");
    row("in a list", R"({"first":{"type":"wait"},"steps":[{"type":"wait"},{"type":""}]})",
        "steps[1].type", R"(expected one of open, close, wait, got "")");
    row("in a map", R"({"first":{"type":"wait"},"named":{"k":{"type":"Open"}}})", "named.k.type",
        R"(expected one of open, close, wait, got "Open")");
    row("too many", R"({"first":{"type":"wait"},"steps":[{"type":"wait"},{"type":"wait"},
        {"type":"wait"},{"type":"wait"}]})",
        "steps", "expected at most 3 elements, got 4");
}

void SchemaTest::refusesAWrongVariant()
{
    QFETCH(QByteArray, json);
    const auto result = decoded<Plan>(view(json));
    QVERIFY(!result);
    QTEST(result.error().where, "where");
    QTEST(result.error().message, "message");
    QCOMPARE(result.error().code, ErrorCode::InvalidPayload);
}

// Each looks ahead of its own: what is unescaped on the way has to find room each time.
void SchemaTest::readsVariantsInVariants()
{
    const auto result = decoded<Outermost>(
        R"({"inner":{"url":"\u0061\u0062\u0063","tab":2,"type":"\u006fpen"},"kind":"nested"})");
    QVERIFY2(result, qPrintable(result ? QString() : result.error().message));
    QVERIFY(*result == Outermost(Nested{Open{QStringLiteral("abc"), 2}}));
    const auto wrong = decoded<Outermost>(R"({"inner":{"type":"open","url":7},"kind":"nested"})");
    QVERIFY(!wrong);
    QCOMPARE(wrong.error().where, QStringLiteral("inner.url"));
    const auto broken
        = decoded<Outermost>(R"({"inner":{"type":"open","url":"a",},"kind":"nested"})");
    QVERIFY(!broken);
    QCOMPARE(broken.error().code, ErrorCode::InvalidJson);
}

void SchemaTest::writesTheTagFirst()
{
    QCOMPARE(encode(Action(Open{QStringLiteral("u"), 2})),
        QByteArray(R"({"type":"open","url":"u","tab":2})"));
    QCOMPARE(encode(Action(Wait{})), QByteArray(R"({"type":"wait"})"));
    QCOMPARE(encode(Plan{.first = Close{}, .steps = {Wait{}}, .named = {}}),
        QByteArray(R"({"first":{"type":"close"},"steps":[{"type":"wait"}]})"));
}

void SchemaTest::takesAVariantAsAMessagesData()
{
    const Action action = Close{QStringLiteral("done")};
    const QByteArray frame = encodeMessage(ActionAsked, action, timestampFromMilliseconds(1));
    QCOMPARE(frame,
        QByteArray(R"({"name":"action","data":{"type":"close","reason":"done"},"timestamp":1})"));
    JsonReader frameReader;
    JsonReader reader;
    const auto raw = decodeEnvelope(frameReader, view(frame), {});
    QVERIFY(raw);
    const auto read = decodeData<Action>(reader, ActionAsked.name, raw->data);
    QVERIFY(read);
    QVERIFY(*read == action);
    const auto wrong = decodeData<Action>(reader, ActionAsked.name, R"({"type":"no"})");
    QVERIFY(!wrong);
    QCOMPARE(wrong.error().message,
        QStringLiteral(R"(action: data.type: expected one of open, close, wait, got "no")"));
}

void SchemaTest::roundTripsVariants()
{
    QVERIFY(rc::check("decode(encode(x)) == x", [] {
        Plan plan = anyPlan();
        plan.steps.resize(std::min<qsizetype>(plan.steps.size(), 3));
        const auto read = decoded<Plan>(view(encode(plan)));
        RC_ASSERT(read.has_value());
        RC_ASSERT(*read == plan);
    }));
}

void SchemaTest::readsOverAUsedObjectAsIntoANewOne()
{
    QVERIFY(rc::check("plain fields", [] { requireAsNew<Limited>(anyLimited(), anyLimited()); }));
    QVERIFY(
        rc::check("variants", [] { requireAsNew<Plan>(encode(anyPlan()), encode(anyPlan())); }));
    QVERIFY(rc::check("a variant as the whole",
        [] { requireAsNew<Action>(encode(anyAction()), encode(anyAction())); }));
}

QTEST_GUILESS_MAIN(SchemaTest)
#include "tst_schema.moc"
