// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QDateTime>
#include <QFile>
#include <QProcess>
#include <QSslCertificate>
#include <QSslKey>
#include <QTemporaryDir>

/// A certificate, its key, and who signed it, as files that openssl made.
struct Identity {
    QSslCertificate certificate;
    QSslKey key;
};

/// An authority of the test's own, made with the openssl command, as an administrator makes one.
class Authority
{
public:
    explicit Authority(const QString &name)
        : m_name(name)
    {
        openssl({"req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
            "-keyout", "ca.key", "-out", "ca.pem", "-days", "30", "-subj", "/CN=" + m_name});
        // `openssl ca` and not `openssl x509`: only it sets both dates.
        write(QStringLiteral("index.txt"), {});
        write(QStringLiteral("ca.cnf"),
            "[ca]\ndefault_ca = it\n[it]\ndatabase = index.txt\nnew_certs_dir = .\n"
            "rand_serial = yes\ndefault_md = sha256\npolicy = any\nunique_subject = no\n"
            "copy_extensions = copy\n[any]\ncommonName = supplied\n");
    }
    [[nodiscard]] QSslCertificate certificate() const
    {
        return QSslCertificate::fromPath(m_directory.filePath(QStringLiteral("ca.pem"))).value(0);
    }
    /// `names` as in a certificate's subjectAltName: "DNS:a.example,IP:127.0.0.1".
    [[nodiscard]] Identity issue(const QString &names,
        const QDateTime &from = QDateTime::currentDateTimeUtc().addDays(-1),
        const QDateTime &until = QDateTime::currentDateTimeUtc().addDays(30)) const
    {
        openssl({"req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
            "-keyout", "it.key", "-out", "it.csr", "-subj", "/CN=it", "-addext",
            "subjectAltName=" + names});
        const QString form = QStringLiteral("yyyyMMddHHmmss'Z'");
        openssl({"ca", "-batch", "-config", "ca.cnf", "-cert", "ca.pem", "-keyfile", "ca.key",
            "-notext", "-in", "it.csr", "-out", "it.pem", "-startdate", from.toString(form),
            "-enddate", until.toString(form)});
        return read();
    }
    [[nodiscard]] Identity issueSelfSigned() const
    {
        openssl({"req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
            "-keyout", "it.key", "-out", "it.pem", "-days", "30", "-subj", "/CN=alone", "-addext",
            "subjectAltName=DNS:localhost"});
        return read();
    }
    /// Where the files are; the last one issued is it.pem with it.key.
    [[nodiscard]] QString path() const { return m_directory.path(); }

private:
    void openssl(const QStringList &arguments) const
    {
        QProcess process;
        process.setWorkingDirectory(m_directory.path());
        process.start(QStringLiteral("openssl"), arguments);
        if (!process.waitForFinished() || process.exitCode() != 0)
            qFatal("openssl: %s", process.readAllStandardError().constData());
    }
    void write(const QString &name, const QByteArray &bytes) const
    {
        QFile file(m_directory.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("%s", qPrintable(file.errorString()));
    }
    [[nodiscard]] Identity read() const
    {
        QFile key(m_directory.filePath(QStringLiteral("it.key")));
        if (!key.open(QIODevice::ReadOnly))
            qFatal("%s", qPrintable(key.errorString()));
        return {QSslCertificate::fromPath(m_directory.filePath(QStringLiteral("it.pem"))).value(0),
            QSslKey(key.readAll(), QSsl::Ec)};
    }

    QString m_name;
    QTemporaryDir m_directory;
};
