// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

// Symbols are hidden by default; what other floors and programs may use says so.
#ifdef TOCSIN_STATIC
#define TOCSIN_INCIDENTS_EXPORT
#elif defined(TOCSIN_BUILDING_INCIDENTS)
#define TOCSIN_INCIDENTS_EXPORT Q_DECL_EXPORT
#else
#define TOCSIN_INCIDENTS_EXPORT Q_DECL_IMPORT
#endif
