// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "qml/alarmtone.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <set>

using namespace tocsin;

namespace {

constexpr int rate = 48'000;
constexpr std::array tones{
    AlarmTone::Critical, AlarmTone::Warning, AlarmTone::Unknown, AlarmTone::Info, AlarmTone::Loss};

float peak(const std::vector<float> &samples)
{
    float most = 0;
    for (const float sample : samples)
        most = std::max(most, std::abs(sample));
    return most;
}

/// How much of one frequency is in a part of the samples (Goertzel).
double power(const std::vector<float> &samples, double from, double to, double frequency)
{
    const double coefficient = 2 * std::cos(2 * std::numbers::pi * frequency / rate);
    double before = 0;
    double last = 0;
    const auto begin = std::size_t(from * rate);
    const auto end = std::size_t(to * rate);
    for (std::size_t i = begin; i < end; ++i) {
        const double next = samples[i] + coefficient * last - before;
        before = last;
        last = next;
    }
    return (last * last + before * before - coefficient * last * before) / double(end - begin);
}

} // namespace

class AlarmToneTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void isLoudEnoughAndNeverCutOff();
    void neitherClicksAtItsStartNorAtItsEnd();
    void theWorstIsTwoTones();
    void aLossFalls();
    void volumeIsFelt();
    void isTheSameAtEveryRate();
};

void AlarmToneTest::isLoudEnoughAndNeverCutOff()
{
    std::map<AlarmTone, float> peaks;
    for (const AlarmTone tone : tones) {
        const auto samples = toneSamples(tone, 1, rate);
        QCOMPARE(samples.size(), std::size_t(toneLength(tone).count()) * rate / 1'000);
        peaks[tone] = peak(samples);
        QVERIFY2(peaks[tone] <= 1, qPrintable(QString::number(peaks[tone])));
        QVERIFY2(peaks[tone] > 0.15F, qPrintable(QString::number(peaks[tone])));
        QVERIFY(toneLength(tone) <= std::chrono::seconds(2));
    }
    // The worst is the loudest.
    for (const AlarmTone tone : tones)
        QVERIFY(peaks[tone] <= peaks[AlarmTone::Critical]);
}

void AlarmToneTest::neitherClicksAtItsStartNorAtItsEnd()
{
    for (const AlarmTone tone : tones) {
        const auto samples = toneSamples(tone, 1, rate);
        QVERIFY(std::abs(samples.front()) < 0.001F);
        QVERIFY(std::abs(samples.back()) < 0.001F);
    }
}

void AlarmToneTest::theWorstIsTwoTones()
{
    const auto samples = toneSamples(AlarmTone::Critical, 1, rate);
    const double high = power(samples, 0.02, 0.3, 880);
    QVERIFY(high > 20 * power(samples, 0.02, 0.3, 659.3));
    QVERIFY(power(samples, 0.34, 0.76, 659.3) > 3 * power(samples, 0.34, 0.76, 880));
    QVERIFY(power(samples, 0.8, 1.08, 880) > 3 * power(samples, 0.8, 1.08, 659.3));
    const auto soft = toneSamples(AlarmTone::Warning, 1, rate);
    QVERIFY(power(soft, 0.02, 0.3, 523.3) > 100 * power(soft, 0.02, 0.3, 880));
    QVERIFY(power(soft, 0.02, 0.3, 523.3) < high);
}

void AlarmToneTest::aLossFalls()
{
    const auto samples = toneSamples(AlarmTone::Loss, 1, rate);
    QVERIFY(power(samples, 0.02, 0.26, 587.3) > 20 * power(samples, 0.02, 0.26, 370));
    QVERIFY(power(samples, 0.6, 1.2, 370) > 5 * power(samples, 0.6, 1.2, 587.3));
}

void AlarmToneTest::volumeIsFelt()
{
    const auto full = toneSamples(AlarmTone::Critical, 1, rate);
    const auto half = toneSamples(AlarmTone::Critical, 0.5, rate);
    QCOMPARE(peak(half), peak(full) / 4);
    QCOMPARE(peak(toneSamples(AlarmTone::Critical, 0, rate)), 0.0F);
    QCOMPARE(toneSamples(AlarmTone::Critical, 7, rate), full);
}

void AlarmToneTest::isTheSameAtEveryRate()
{
    const auto one = toneSamples(AlarmTone::Unknown, 1, rate);
    const auto other = toneSamples(AlarmTone::Unknown, 1, rate / 2);
    QCOMPARE(other.size(), one.size() / 2);
    for (std::size_t i = 0; i < other.size(); i += 100)
        QVERIFY(std::abs(other[i] - one[2 * i]) < 1e-5F);
}

QTEST_GUILESS_MAIN(AlarmToneTest)
#include "tst_alarmtone.moc"
