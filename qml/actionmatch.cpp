// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "qml/actionmatch.h"

#include <QStringList>

#include <algorithm>

namespace tocsin {

using namespace Qt::StringLiterals;

namespace {

// The better the kind, the greater; all words of a query are added up.
constexpr int wholeWord = 100;
constexpr int textBeginning = 90;
constexpr int wordBeginning = 80;
constexpr int initialsOfAll = 70;
constexpr int anywhere = 50;
constexpr int groupWord = 30;
constexpr int scattered = 10;

/// Without case and without accents: decomposed, a letter's accent is a character of its own.
QString folded(const QString &text)
{
    QString plain;
    for (const QChar character : text.normalized(QString::NormalizationForm_KD)) {
        if (character.category() != QChar::Mark_NonSpacing)
            plain += character;
    }
    // Which Qt's folding, from letter to letter, leaves.
    return plain.toCaseFolded().replace(u'ß', u"ss"_s);
}

QStringList wordsOf(const QString &text)
{
    QStringList words;
    QString word;
    for (const QChar character : text) {
        if (character.isLetterOrNumber()) {
            word += character;
        } else if (!word.isEmpty()) {
            words += std::exchange(word, {});
        }
    }
    if (!word.isEmpty())
        words += word;
    return words;
}

bool isScattered(const QString &word, const QString &text)
{
    qsizetype from = 0;
    for (const QChar character : word) {
        from = text.indexOf(character, from) + 1;
        if (from == 0)
            return false;
    }
    return true;
}

/// 0 where it does not match.
int rank(const QString &word, const QString &text, const QString &group)
{
    const QStringList words = wordsOf(text);
    if (words.contains(word))
        return wholeWord;
    if (text.startsWith(word))
        return textBeginning;
    const auto begins = [&word](const QString &other) { return other.startsWith(word); };
    if (std::ranges::any_of(words, begins))
        return wordBeginning;
    QString initials;
    for (const QString &one : words)
        initials += one.front();
    if (word.size() > 1 && initials.startsWith(word))
        return initialsOfAll;
    if (text.contains(word))
        return anywhere;
    if (std::ranges::any_of(wordsOf(group), begins))
        return groupWord;
    // Two letters are somewhere in nearly everything.
    return word.size() > 2 && isScattered(word, text) ? scattered : 0;
}

} // namespace

std::optional<int> matchAction(const QString &query, const QString &text, const QString &group)
{
    const QString plainText = folded(text);
    const QString plainGroup = folded(group);
    int sum = 0;
    for (const QString &word : wordsOf(folded(query))) {
        const int found = rank(word, plainText, plainGroup);
        if (found == 0)
            return {};
        sum += found;
    }
    return sum;
}

} // namespace tocsin
