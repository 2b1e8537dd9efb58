// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/rfc3339.h"

#include <algorithm>

namespace tocsin {

namespace {

constexpr bool isDigit(char character)
{
    return character >= '0' && character <= '9';
}

/// Takes characters off the front of a text; once one was not what was asked for, it has failed.
class Scanner
{
public:
    explicit Scanner(std::string_view text)
        : m_text(text)
    {
    }
    int number(std::size_t digits, int least, int most)
    {
        if (m_text.size() < digits
            || !std::all_of(m_text.begin(), m_text.begin() + digits, isDigit))
            return fail();
        int value = 0;
        for (std::size_t i = 0; i < digits; ++i)
            value = value * 10 + (m_text[i] - '0');
        m_text.remove_prefix(digits);
        return value < least || value > most ? fail() : value;
    }
    char oneOf(std::string_view characters)
    {
        if (m_text.empty() || characters.find(m_text.front()) == std::string_view::npos)
            return char(fail());
        const char found = m_text.front();
        m_text.remove_prefix(1);
        return found;
    }
    bool startsWith(char character) const { return !m_text.empty() && m_text.front() == character; }
    int milliseconds()
    {
        int value = 0;
        int digits = 0;
        for (; !m_text.empty() && isDigit(m_text.front()); m_text.remove_prefix(1), ++digits) {
            if (digits < 3)
                value = value * 10 + (m_text.front() - '0');
        }
        if (digits == 0)
            return fail();
        for (; digits < 3; ++digits)
            value *= 10;
        return value;
    }
    bool succeeded() const { return !m_failed && m_text.empty(); }

private:
    int fail()
    {
        m_failed = true;
        m_text = {};
        return 0;
    }

    std::string_view m_text;
    bool m_failed = false;
};

} // namespace

std::optional<Timestamp> parseRfc3339(std::string_view text)
{
    using namespace std::chrono;
    Scanner scanner(text);
    const year theYear(scanner.number(4, 0, 9999));
    scanner.oneOf("-");
    const month theMonth(unsigned(scanner.number(2, 1, 12)));
    scanner.oneOf("-");
    const day theDay(unsigned(scanner.number(2, 1, 31)));
    scanner.oneOf("Tt ");
    const hours hour(scanner.number(2, 0, 23));
    scanner.oneOf(":");
    const minutes minute(scanner.number(2, 0, 59));
    scanner.oneOf(":");
    const seconds second(std::min(scanner.number(2, 0, 60), 59));
    milliseconds fraction(0);
    if (scanner.startsWith('.')) {
        scanner.oneOf(".");
        fraction = milliseconds(scanner.milliseconds());
    }
    minutes offset(0);
    const char zone = scanner.oneOf("Zz+-");
    if (zone == '+' || zone == '-') {
        offset = hours(scanner.number(2, 0, 23));
        scanner.oneOf(":");
        offset += minutes(scanner.number(2, 0, 59));
        if (zone == '-')
            offset = -offset;
    }
    const year_month_day date(theYear, theMonth, theDay);
    if (!scanner.succeeded() || !date.ok())
        return std::nullopt;
    return Timestamp(sys_days(date) + hour + minute + second + fraction - offset);
}

} // namespace tocsin
