// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

// Symbols are hidden by default; what programs may use says so.
#if defined(TOCSIN_BUILDING_QML)
#define TOCSIN_QML_EXPORT Q_DECL_EXPORT
#else
#define TOCSIN_QML_EXPORT Q_DECL_IMPORT
#endif
