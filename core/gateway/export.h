// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

// Symbols are hidden by default; what other floors and programs may use says so.
#ifdef TOCSIN_STATIC
#define TOCSIN_GATEWAY_EXPORT
#elif defined(TOCSIN_BUILDING_GATEWAY)
#define TOCSIN_GATEWAY_EXPORT Q_DECL_EXPORT
#else
#define TOCSIN_GATEWAY_EXPORT Q_DECL_IMPORT
#endif
