// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/logline.h"

#include "gateway/logging_p.h"
#include "protocol/jsonwriter.h"

#include <QDateTime>

#include <algorithm>
#include <optional>

namespace tocsin {

namespace {

constexpr qsizetype longestText = 1000;

bool isDigit(QChar c)
{
    return c >= u'0' && c <= u'9';
}

bool isNumber(QStringView text)
{
    const QStringView digits = text.startsWith(u'-') ? text.sliced(1) : text;
    return !digits.isEmpty() && std::ranges::all_of(digits, isDigit);
}

bool isBare(QStringView text)
{
    return !text.isEmpty() && !isNumber(text) && std::ranges::all_of(text, [](QChar c) {
        return c > u' ' && c <= u'~' && c != u'"' && c != u'=' && c != u'\\';
    });
}

// What could end the line, move a terminal's cursor, or show it in another order than it is. Half
// of a pair could lack its other half.
bool isDangerous(QChar c)
{
    switch (c.category()) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Other_Surrogate:
    case QChar::Other_PrivateUse:
    case QChar::Other_NotAssigned:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph: return true;
    default: return false;
    }
}

void appendEscaped(QString &to, QChar c)
{
    switch (c.unicode()) {
    case u'"': to += QStringLiteral("\\\""); break;
    case u'\\': to += QStringLiteral("\\\\"); break;
    case u'\n': to += QStringLiteral("\\n"); break;
    case u'\r': to += QStringLiteral("\\r"); break;
    case u'\t': to += QStringLiteral("\\t"); break;
    default:
        if (isDangerous(c))
            to += QStringLiteral("\\u%1").arg(ushort(c.unicode()), 4, 16, QLatin1Char('0'));
        else
            to += c;
    }
}

QString quoted(QStringView text)
{
    const bool isCut = text.size() > longestText;
    QString result = QStringLiteral("\"");
    for (const QChar c : text.first(std::min(text.size(), longestText)))
        appendEscaped(result, c);
    result += isCut ? QStringLiteral("…\"") : QStringLiteral("\"");
    return result;
}

void appendField(QString &line, QStringView key, const LogValue &value)
{
    if (const auto *number = std::get_if<qint64>(&value.value)) {
        (line += u' ').append(key).append(u'=').append(QString::number(*number));
        return;
    }
    const QString &text = std::get<QString>(value.value);
    if (text.isEmpty())
        return;
    (line += u' ').append(key).append(u'=');
    line += isBare(text) && text.size() <= longestText ? text : quoted(text);
}

struct ReadField {
    QString key;
    LogValue value;
};

// What appendEscaped() has written. Moves `rest` behind the closing quote.
std::optional<QString> takeQuoted(QStringView &rest)
{
    QString text;
    qsizetype i = 1;
    for (; i < rest.size() && rest[i] != u'"'; ++i) {
        if (rest[i] != u'\\') {
            text += rest[i];
            continue;
        }
        if (++i == rest.size())
            return std::nullopt;
        switch (rest[i].unicode()) {
        case u'n': text += u'\n'; break;
        case u'r': text += u'\r'; break;
        case u't': text += u'\t'; break;
        case u'u': {
            bool isHex = false;
            const ushort code = rest.mid(i + 1, 4).toUShort(&isHex, 16);
            if (!isHex || i + 4 >= rest.size())
                return std::nullopt;
            text += QChar(code);
            i += 4;
            break;
        }
        default: text += rest[i];
        }
    }
    if (i >= rest.size())
        return std::nullopt;
    rest = rest.sliced(i + 1);
    return text;
}

// The fields of a line that logLine() has made; nothing where it is another.
std::optional<QList<ReadField>> readLine(QStringView line)
{
    QList<ReadField> fields;
    QStringView rest = line;
    while (!rest.isEmpty()) {
        const qsizetype equals = rest.indexOf(u'=');
        if (equals < 1)
            return std::nullopt;
        ReadField field{rest.first(equals).toString(), QString()};
        rest = rest.sliced(equals + 1);
        if (rest.startsWith(u'"')) {
            auto text = takeQuoted(rest);
            if (!text || (!rest.isEmpty() && !rest.startsWith(u' ')))
                return std::nullopt;
            field.value = *std::move(text);
        } else {
            const qsizetype space = rest.indexOf(u' ');
            const QStringView text = space < 0 ? rest : rest.first(space);
            rest = rest.sliced(text.size());
            field.value = isNumber(text) ? LogValue(text.toLongLong()) : LogValue(text.toString());
        }
        if (!rest.isEmpty())
            rest = rest.sliced(1);
        fields.append(std::move(field));
    }
    if (fields.isEmpty() || fields.first().key != u"event")
        return std::nullopt;
    return fields;
}

QByteArray asJson(QStringView line, const QString &time, LogLevel level)
{
    JsonWriter writer;
    writer.beginObject();
    if (!time.isEmpty())
        writer.key("time").string(time);
    writer.key("level").string(enumQString(level));
    const auto fields = readLine(line).value_or(QList<ReadField>());
    for (const ReadField &field : fields) {
        writer.key(field.key);
        if (const auto *number = std::get_if<qint64>(&field.value.value))
            writer.integer(*number);
        else
            writer.string(std::get<QString>(field.value.value));
    }
    writer.endObject();
    return writer.take();
}

// syslog's.
QByteArray priority(LogLevel level)
{
    switch (level) {
    case LogLevel::Debug: return "<7>";
    case LogLevel::Info: return "<6>";
    case LogLevel::Warning: return "<4>";
    case LogLevel::Error: break;
    }
    return "<3>";
}

} // namespace

QString logLine(const char *event, std::initializer_list<LogField> fields)
{
    QString line = QStringLiteral("event=") + QLatin1StringView(event);
    for (const LogField &field : fields)
        appendField(line, QString::fromLatin1(field.key), field.value);
    return line;
}

void logEvent(LogLevel level, const char *event, std::initializer_list<LogField> fields)
{
    const auto line = [&] { return logLine(event, fields); };
    switch (level) {
    case LogLevel::Debug: qCDebug(gatewayLog, "%ls", qUtf16Printable(line())); break;
    case LogLevel::Info: qCInfo(gatewayLog, "%ls", qUtf16Printable(line())); break;
    case LogLevel::Warning: qCWarning(gatewayLog, "%ls", qUtf16Printable(line())); break;
    case LogLevel::Error: qCCritical(gatewayLog, "%ls", qUtf16Printable(line())); break;
    }
}

QByteArray renderLogRecord(const LogRecord &record, LogFormat format, LogTarget target)
{
    const bool isOurs = record.category == QLatin1StringView(gatewayLog().categoryName())
        && readLine(record.message);
    const QString line = isOurs
        ? record.message
        : logLine("message", {{"category", record.category}, {"text", record.message}});
    const QString time = target == LogTarget::Journal
        ? QString()
        : QDateTime::fromMSecsSinceEpoch(record.at.time_since_epoch().count())
              .toUTC()
              .toString(Qt::ISODateWithMs);
    QByteArray rendered = target == LogTarget::Journal ? priority(record.level) : QByteArray();
    if (format == LogFormat::Json) {
        rendered += asJson(line, time, record.level);
    } else {
        if (!time.isEmpty())
            rendered += "time=" + time.toLatin1() + " level=" + enumQString(record.level).toLatin1()
                + ' ';
        rendered += line.toUtf8();
    }
    return rendered + '\n';
}

} // namespace tocsin
