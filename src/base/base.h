// The base vocabulary in one include.
#ifndef GUANXI_BASE_BASE_H
#define GUANXI_BASE_BASE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/day.h"
#include "base/limits.h"
#include "base/map.h"
#include "base/money.h"
#include "base/status.h"
#include "base/str.h"
#include "base/types.h"
#include "base/utf8.h"
#include "base/vec.h"

#endif
