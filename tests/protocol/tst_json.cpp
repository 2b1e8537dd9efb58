// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "protocol/schema.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <rapidcheck.h>

using namespace tocsin;

namespace {

enum class Colour { Red, Green };

struct Inner {
    QString name;
    std::optional<qint64> size;
    friend bool operator==(const Inner &, const Inner &) = default;
};

struct Outer {
    QString text;
    Colour colour = Colour::Red;
    qint64 version = 1;
    bool flag = false;
    double ratio = 0;
    Timestamp at;
    QList<Inner> list;
    QMap<QString, QString> labels;
    friend bool operator==(const Outer &, const Outer &) = default;
};

} // namespace

namespace tocsin {
template <>
struct EnumNames<Colour> {
    static constexpr std::array entries{std::pair{Colour::Red, std::string_view("red")},
        std::pair{Colour::Green, std::string_view("green")}};
};
template <>
struct Schema<Inner> {
    static constexpr auto fields
        = std::tuple{required("name", &Inner::name), optional("size", &Inner::size)};
};
template <>
struct Schema<Outer> {
    static constexpr auto fields = std::tuple{
        required("text", &Outer::text),
        optional("colour", &Outer::colour),
        optional("version", &Outer::version).atLeast(1),
        optional("flag", &Outer::flag),
        optional("ratio", &Outer::ratio),
        optional("at", &Outer::at),
        optional("list", &Outer::list),
        optional("labels", &Outer::labels),
    };
};
} // namespace tocsin

class JsonTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void namesWhatIsWrongAndWhere_data();
    void namesWhatIsWrongAndWhere();
    void acceptsWhatIsValid_data();
    void acceptsWhatIsValid();
    void refusesWhatIsNotJson_data();
    void refusesWhatIsNotJson();
    void dropsForbiddenKeys();
    void limitsNesting();
    void makesAReplacementOfHalfASurrogatePair();
    void losesNothingAtTheEnd();
    void roundTripsAnyValue();
    void agreesWithQtOnDamagedText();
};

void JsonTest::namesWhatIsWrongAndWhere_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("where");
    QTest::addColumn<QString>("message");
    const auto row
        = [](const char *name, const char *json, const char *where, const char *message) {
              QTest::newRow(name) << QByteArray(json) << QString::fromUtf8(where)
                                  << QString::fromUtf8(message);
          };
    row("missing", R"({"colour":"red"})", "text", "expected string, got nothing");
    row("wrong type", R"({"text":7})", "text", "expected string, got number");
    row("null where required", R"({"text":null})", "text", "expected string, got null");
    row("enumeration", R"({"text":"a","colour":"blue"})", "colour",
        R"(expected one of red, green, got "blue")");
    row("range", R"({"text":"a","version":0})", "version", "expected at least 1, got 0");
    row("fraction", R"({"text":"a","version":1.5})", "version", "expected integer, got 1.5");
    row("in a list", R"({"text":"a","list":[{"name":"x"},{"size":1}]})", "list[1].name",
        "expected string, got nothing");
    row("in a map", R"({"text":"a","labels":{"k":1}})", "labels.k", "expected string, got number");
    row("root", R"([])", "", "expected object, got array");
}

void JsonTest::namesWhatIsWrongAndWhere()
{
    QFETCH(QByteArray, json);
    JsonReader reader;
    const auto result = decode<Outer>(reader, {json.data(), std::size_t(json.size())});
    QVERIFY(!result);
    QTEST(result.error().where, "where");
    QTEST(result.error().message, "message");
    QCOMPARE(result.error().code, ErrorCode::InvalidPayload);
}

void JsonTest::acceptsWhatIsValid_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("only required") << QByteArray(R"({"text":"a"})");
    QTest::newRow("white space") << QByteArray(" {\n\"text\" :\t\"a\" } \n");
    QTest::newRow("unknown fields")
        << QByteArray(R"({"x":{"y":[1,2.5e3,null,true,"\u00e9"]},"text":"a","z":[]})");
    QTest::newRow("null for optional") << QByteArray(R"({"text":"a","colour":null,"list":null})");
    QTest::newRow("big number ignored")
        << QByteArray(R"({"text":"a","z":123456789012345678901234567890})");
}

void JsonTest::acceptsWhatIsValid()
{
    QFETCH(QByteArray, json);
    JsonReader reader;
    const auto result = decode<Outer>(reader, {json.data(), std::size_t(json.size())});
    QVERIFY2(result, qPrintable(result ? QString() : result.error().message));
    QCOMPARE(*result, Outer{.text = QStringLiteral("a")});
}

void JsonTest::refusesWhatIsNotJson_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("cut") << QByteArray(R"({"text":"a")");
    QTest::newRow("cut before a field's value") << QByteArray(R"({"text":)");
    QTest::newRow("no value for a field") << QByteArray(R"({"text":})");
    QTest::newRow("bad atom for a field") << QByteArray(R"({"text":nil})");
    QTest::newRow("cut string") << QByteArray(R"({"text":"a)");
    QTest::newRow("text after the end") << QByteArray(R"({"text":"a"}{"text":"b"})");
    QTest::newRow("bracket after the end") << QByteArray(R"({"text":"a"}})");
    QTest::newRow("scalar") << QByteArray("7");
    QTest::newRow("error in an ignored field") << QByteArray(R"({"text":"a","x":[1,}])");
    QTest::newRow("bad atom in an ignored field") << QByteArray(R"({"text":"a","x":nul})");
    QTest::newRow("bad atom for an optional field") << QByteArray(R"({"text":"a","colour":nulL})");
    QTest::newRow("bad number in an ignored field") << QByteArray(R"({"text":"a","x":-})");
    QTest::newRow("bad escape in an ignored field") << QByteArray(R"({"text":"a","x":"\q"})");
    QTest::newRow("bad UTF-8") << QByteArray("{\"text\":\"\xff\"}");
    QTest::newRow("control character") << QByteArray("{\"text\":\"a\x01\"}");
    QTest::newRow("trailing comma") << QByteArray(R"({"text":"a",})");
    QTest::newRow("single quotes") << QByteArray("{'text':'a'}");
}

void JsonTest::refusesWhatIsNotJson()
{
    QFETCH(QByteArray, json);
    JsonReader reader;
    const auto result = decode<Outer>(reader, {json.data(), std::size_t(json.size())});
    QVERIFY(!result);
    QCOMPARE(result.error().code, ErrorCode::InvalidJson);
}

void JsonTest::dropsForbiddenKeys()
{
    JsonReader reader;
    const auto result = decode<Outer>(
        reader, R"({"__proto__":{"a":1},"text":"a","labels":{"constructor":"x","prototype":"y",
                    "kept":"z"}})");
    QVERIFY(result);
    QCOMPARE(
        result->labels, (QMap<QString, QString>{{QStringLiteral("kept"), QStringLiteral("z")}}));
}

void JsonTest::limitsNesting()
{
    const auto nested = [](int levels) {
        return R"({"text":"a","x":)" + QByteArray(levels, '[') + QByteArray(levels, ']') + "}";
    };
    JsonReader reader;
    const QByteArray deepest = nested(JsonReader::maximumDepth - 1);
    QVERIFY(decode<Outer>(reader, {deepest.data(), std::size_t(deepest.size())}));
    const QByteArray tooDeep = nested(JsonReader::maximumDepth);
    const auto result = decode<Outer>(reader, {tooDeep.data(), std::size_t(tooDeep.size())});
    QVERIFY(!result);
    QCOMPARE(result.error().code, ErrorCode::InvalidJson);
}

void JsonTest::makesAReplacementOfHalfASurrogatePair()
{
    const QString half = u'a' + QString(QChar(0xD83D)) + u'b';
    const QString replaced = QStringLiteral("a\uFFFDb");
    const QByteArray json = encode(Outer{.text = half, .labels = {{half, half}}});
    JsonReader reader;
    const auto written = decode<Outer>(reader, {json.data(), std::size_t(json.size())});
    QVERIFY(written);
    QCOMPARE(written->text, replaced);
    QCOMPARE(written->labels, (QMap<QString, QString>{{replaced, replaced}}));
    const auto read = decode<Outer>(reader, R"({"text":"a\ud83db"})");
    QVERIFY(read);
    QCOMPARE(read->text, replaced);
}

void JsonTest::losesNothingAtTheEnd()
{
    // Half a surrogate pair is not the beginning of something that could still come.
    JsonReader reader;
    const auto takeRoot = [&] { return reader.readObject([](std::string_view) { return true; }); };
    QVERIFY(reader.read(QStringView(u"{}"), takeRoot));
    const QString text = QStringLiteral("{}") + QChar(0xD83D);
    QVERIFY(!reader.read(QStringView(text), takeRoot));
    QCOMPARE(reader.error().code, ErrorCode::InvalidJson);
}

void JsonTest::roundTripsAnyValue()
{
    const auto anyString = [] {
        // Any code point but surrogates: what a QString from UTF-8 can hold.
        const auto points = *rc::gen::container<std::vector<char32_t>>(
            rc::gen::suchThat(rc::gen::inRange<char32_t>(0, 0x110000),
                [](char32_t c) { return c < 0xD800 || c > 0xDFFF; }));
        return QString::fromUcs4(points.data(), qsizetype(points.size()));
    };
    const bool held = rc::check("decode(encode(x)) == x", [&] {
        Outer value;
        value.text = anyString();
        value.colour = *rc::gen::element(Colour::Red, Colour::Green);
        value.version = *rc::gen::inRange<qint64>(1, std::numeric_limits<qint64>::max());
        value.flag = *rc::gen::arbitrary<bool>();
        value.ratio = *rc::gen::arbitrary<double>();
        value.at = timestampFromMilliseconds(*rc::gen::arbitrary<qint64>());
        for (int i = *rc::gen::inRange(0, 4); i > 0; --i) {
            value.list.append({anyString(),
                *rc::gen::arbitrary<bool>() ? std::optional<qint64>(*rc::gen::arbitrary<qint64>())
                                            : std::nullopt});
        }
        for (int i = *rc::gen::inRange(0, 4); i > 0; --i)
            value.labels.insert(QStringLiteral("k") + anyString(), anyString());

        JsonReader reader;
        const QByteArray json = encode(value);
        const auto decoded = decode<Outer>(reader, {json.data(), std::size_t(json.size())});
        RC_ASSERT(decoded.has_value());
        RC_ASSERT(*decoded == value);
        QJsonParseError error;
        QJsonDocument::fromJson(json, &error);
        RC_ASSERT(error.error == QJsonParseError::NoError);
    });
    QVERIFY(held);
}

void JsonTest::agreesWithQtOnDamagedText()
{
    // Whatever bytes are struck, what we accept is JSON to another parser too.
    const QByteArray whole
        = R"({"text":"ab\u00e9","colour":"red","x":[1,-2.5e+3,{"y":null,"z":[true,false,""]}]})";
    const bool held = rc::check("accepted implies valid", [&] {
        QByteArray damaged = whole;
        for (int i = *rc::gen::inRange(1, 4); i > 0; --i) {
            const auto at = *rc::gen::inRange<qsizetype>(0, damaged.size());
            if (*rc::gen::arbitrary<bool>())
                damaged[at]
                    = *rc::gen::element('{', '}', '[', ']', ',', ':', '"', '\\', '0', 'n', ' ');
            else
                damaged.remove(at, 1);
        }
        JsonReader reader;
        if (decode<Outer>(reader, {damaged.data(), std::size_t(damaged.size())})) {
            QJsonParseError error;
            QJsonDocument::fromJson(damaged, &error);
            if (error.error != QJsonParseError::NoError)
                RC_FAIL(damaged.toStdString() + " " + error.errorString().toStdString());
        }
    });
    QVERIFY(held);
}

QTEST_GUILESS_MAIN(JsonTest)
#include "tst_json.moc"
