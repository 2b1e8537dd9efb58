// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "client/attachmentreader.h"
#include "protocol/messages.h"

#include <QTest>

#include <rapidcheck.h>

using namespace tocsin;

namespace {

constexpr qint64 maximumSize = 8;

AttachmentHeader header(const QString &id, qint64 size)
{
    return {id, QStringLiteral("graph.png"), QStringLiteral("image/png"), size};
}

} // namespace

class AttachmentReaderTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void putsAnnouncementAndBytesTogether();
    void refusesBytesThatWereNotAnnounced();
    void refusesBytesOfAnotherSize();
    void missesTheBytesOfTheAnnouncementBefore();
    void refusesWhatIsTooLarge();
    void forgetsWithTheSession();
    void deliversOnlyWhatWasAnnouncedLast();
};

void AttachmentReaderTest::putsAnnouncementAndBytesTogether()
{
    AttachmentReader reader(maximumSize);
    QCOMPARE(reader.announce(header(QStringLiteral("a"), 3)), {});
    const auto attachment = reader.complete("abc");
    QVERIFY(attachment);
    QCOMPARE(*attachment,
        (Attachment{
            QStringLiteral("a"), QStringLiteral("graph.png"), QStringLiteral("image/png"), "abc"}));
    QCOMPARE(reader.announce(header(QStringLiteral("empty"), 0)), {});
    QVERIFY(reader.complete({}));
}

void AttachmentReaderTest::refusesBytesThatWereNotAnnounced()
{
    AttachmentReader reader(maximumSize);
    QCOMPARE(reader.complete("abc").error().code, ErrorCode::ProtocolViolation);
    QCOMPARE(reader.announce(header(QStringLiteral("a"), 3)), {});
    QVERIFY(reader.complete("abc"));
    QVERIFY(!reader.complete("abc"));
}

void AttachmentReaderTest::refusesBytesOfAnotherSize()
{
    AttachmentReader reader(maximumSize);
    QCOMPARE(reader.announce(header(QStringLiteral("a"), 3)), {});
    const auto attachment = reader.complete("ab");
    QVERIFY(!attachment);
    QVERIFY(attachment.error().message.contains(u"\"a\""));
    QVERIFY(!reader.complete("abc")); // the announcement was for that one frame
}

void AttachmentReaderTest::missesTheBytesOfTheAnnouncementBefore()
{
    AttachmentReader reader(maximumSize);
    QCOMPARE(reader.announce(header(QStringLiteral("a"), 3)), {});
    const auto errors = reader.announce(header(QStringLiteral("b"), 4));
    QCOMPARE(errors.size(), 1);
    QVERIFY(errors[0].message.contains(u"\"a\""));
    const auto attachment = reader.complete("abcd");
    QVERIFY(attachment && *attachment);
    QCOMPARE((*attachment)->id, QStringLiteral("b"));
}

void AttachmentReaderTest::refusesWhatIsTooLarge()
{
    AttachmentReader reader(maximumSize);
    const auto errors = reader.announce(header(QStringLiteral("a"), maximumSize + 1));
    QCOMPARE(errors.size(), 1);
    QCOMPARE(errors[0].code, ErrorCode::TooLarge);
    // One error says it: its bytes are not one more.
    const auto attachment = reader.complete(QByteArray(maximumSize + 1, 'x'));
    QVERIFY(attachment);
    QVERIFY(!*attachment);
    QVERIFY(!reader.complete("x"));
}

void AttachmentReaderTest::forgetsWithTheSession()
{
    AttachmentReader reader(maximumSize);
    QCOMPARE(reader.announce(header(QStringLiteral("a"), 3)), {});
    reader.reset();
    QVERIFY(!reader.complete("abc"));
    QCOMPARE(reader.announce(header(QStringLiteral("b"), 3)), {});
}

void AttachmentReaderTest::deliversOnlyWhatWasAnnouncedLast()
{
    const bool held = rc::check("bytes are what the last announcement said, or an error", [] {
        AttachmentReader reader(maximumSize);
        enum { Nothing, Wanted, Unwanted } expecting = Nothing;
        AttachmentHeader last;
        int number = 0;
        for (const int step : *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 1 << 16))) {
            const int size = step / 8 % 12;
            switch (step % 8) {
            case 0:
            case 1:
            case 2: {
                last = header(QString::number(++number), size);
                const bool fits = size <= maximumSize;
                const auto errors = reader.announce(last);
                RC_ASSERT(errors.size() == (expecting == Wanted ? 1 : 0) + (fits ? 0 : 1));
                expecting = fits ? Wanted : Unwanted;
                break;
            }
            case 3:
                RC_ASSERT(reader.passOver().size() == (expecting == Wanted ? 1 : 0));
                expecting = Unwanted;
                break;
            case 4:
                reader.reset();
                expecting = Nothing;
                break;
            default: {
                // Two times of three the size that was announced.
                const QByteArray bytes(step % 8 == 5 ? size : int(last.size), 'x');
                const auto completed = reader.complete(bytes);
                const bool delivered = completed && *completed;
                RC_ASSERT(delivered == (expecting == Wanted && bytes.size() == last.size));
                RC_ASSERT(completed.has_value() == (delivered || expecting == Unwanted));
                if (delivered) {
                    RC_ASSERT((*completed)->id == last.id);
                    RC_ASSERT((*completed)->data == bytes);
                }
                expecting = Nothing;
            }
            }
        }
    });
    QVERIFY(held);
}

QTEST_GUILESS_MAIN(AttachmentReaderTest)
#include "tst_attachmentreader.moc"
