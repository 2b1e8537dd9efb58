// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/source.h"

#include "gateway/nativeadapter.h"

#include <QFile>
#include <QSslCertificate>

namespace tocsin {

bool isSourceName(QStringView name)
{
    // The same as for rooms: both are names that people give and programs compare.
    return isRoomName(name);
}

Expected<void> checkSources(const QList<IncidentSource> &sources)
{
    for (const IncidentSource &source : sources) {
        for (const QString &fileName : {source.apiTokenFile, source.apiPasswordFile}) {
            QFile file(fileName);
            if (!fileName.isEmpty() && !file.open(QIODevice::ReadOnly)) {
                return makeError(ErrorCode::BadConfiguration,
                    QStringLiteral("The source %1: %2 cannot be read: %3.")
                        .arg(source.name, fileName, file.errorString()));
            }
        }
        if (!source.apiCertificateAuthority.isEmpty()
            && QSslCertificate::fromPath(source.apiCertificateAuthority).isEmpty()) {
            return makeError(ErrorCode::BadConfiguration,
                QStringLiteral("The source %1: %2 holds no certificate (PEM).")
                    .arg(source.name, source.apiCertificateAuthority));
        }
    }
    return {};
}

} // namespace tocsin
