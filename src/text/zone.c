// Time zones: ICU's rules, read once per zone into a table of offset changes.
// Locking: the list of zones is guarded by `lock`; a zone never changes once it is in the list, so
// everything that takes a `const Zone *` needs no lock.
#include "text/text.h"

#include <pthread.h>
#include <unicode/ucal.h>
#include <unicode/ustring.h>

enum { ZONE_NAME = 64, DAY_MS = 24 * 60 * 60 * 1000 };

// The table spans 1900 to 2100; before and after, its first and last offsets hold.
static const int64_t FIRST_MS = -2208988800000;
static const int64_t LAST_MS = 4102444800000;
// Years 1 and 9999: what the calendar can write.
static const int64_t MIN_MS = -62135596800000;
static const int64_t MAX_MS = 253402300799999;

struct Zone {
    Zone *next;
    char name[ZONE_NAME];
    size_t len; // at least 1: changes[0] is the beginning of time
    ZoneChange changes[];
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static Zone *zones;

static bool wide_name(Str name, UChar to[ZONE_NAME])
{
    if (name.len == 0 || name.len >= ZONE_NAME)
        return false;
    for (size_t i = 0; i < name.len; i++) {
        if ((unsigned char)name.ptr[i] <= 0x20 || (unsigned char)name.ptr[i] >= 0x7f)
            return false;
        to[i] = (UChar)name.ptr[i];
    }
    return true;
}

static bool is_known(const UChar *name)
{
    UChar canonical[128];
    UBool is_system = 0;
    UErrorCode err = U_ZERO_ERROR;
    (void)ucal_getCanonicalTimeZoneID(name, -1, canonical, ARRAY_LEN(canonical), &is_system, &err);
    // ICU would also take "GMT+8", which is not in the IANA list.
    return U_SUCCESS(err) && is_system && u_strcmp(name, u"Etc/Unknown") != 0;
}

static void calendar_close(UCalendar **c)
{
    if (*c != NULL)
        ucal_close(*c);
}

static int64_t calendar_offset(UCalendar *c, int64_t at, UErrorCode *err)
{
    ucal_setMillis(c, (UDate)at, err);
    return ucal_get(c, UCAL_ZONE_OFFSET, err) + (int64_t)ucal_get(c, UCAL_DST_OFFSET, err);
}

static Zone *zone_load(Str name, const UChar *wide)
{
    UErrorCode err = U_ZERO_ERROR;
    CLEANUP(calendar_close) UCalendar *c = ucal_open(wide, -1, "en_US", UCAL_GREGORIAN, &err);
    if (U_FAILURE(err))
        return NULL;
    CLEANUP(arena_cleanup) Arena a = { 0 };
    VEC(ZoneChange) found = { 0 };
    int64_t offset = calendar_offset(c, FIRST_MS, &err);
    *vec_add(&a, &found) = (ZoneChange){ { INT64_MIN }, offset };
    UDate at = 0;
    while (U_SUCCESS(err) &&
           ucal_getTimeZoneTransitionDate(c, UCAL_TZ_TRANSITION_NEXT, &at, &err)) {
        if (at >= (UDate)LAST_MS)
            break;
        int64_t now = calendar_offset(c, (int64_t)at, &err);
        // Some transitions only rename the zone or move hours between its two parts.
        if (now != offset)
            *vec_add(&a, &found) = (ZoneChange){ { (int64_t)at }, now };
        offset = now;
    }
    if (U_FAILURE(err))
        return NULL;
    Zone *z = mem_alloc(sizeof(Zone) + found.len * sizeof(ZoneChange));
    memcpy(z->name, name.ptr, name.len);
    memcpy(z->changes, found.ptr, found.len * sizeof(ZoneChange));
    z->len = found.len;
    return z;
}

static const Zone *zone_cached(Str name, const UChar *wide)
{
    check(pthread_mutex_lock(&lock) == 0);
    Zone *z = zones;
    while (z != NULL && !str_eq(str_z(z->name), name))
        z = z->next;
    if (z == NULL && is_known(wide)) {
        z = zone_load(name, wide);
        if (z != NULL) {
            z->next = zones;
            zones = z;
        }
    }
    check(pthread_mutex_unlock(&lock) == 0);
    return z;
}

Status zone_find(Ctx *cx, Str name, const Zone **ret)
{
    UChar wide[ZONE_NAME] = { 0 };
    const Zone *z = wide_name(name, wide) ? zone_cached(name, wide) : NULL;
    if (z == NULL)
        return FAIL(cx, INVALID, "zone.unknown", "timezone", "is not the name of a time zone");
    *ret = z;
    return STATUS_OK;
}

static int64_t clamped(int64_t ms)
{
    return ms < MIN_MS ? MIN_MS : ms > MAX_MS ? MAX_MS : ms;
}

// The change that holds at ms: the last one at or before it.
static size_t change_at(const Zone *z, int64_t ms)
{
    size_t low = 0;
    size_t high = z->len;
    while (high - low > 1) {
        size_t mid = low + (high - low) / 2;
        if (z->changes[mid].at.ms <= ms)
            low = mid;
        else
            high = mid;
    }
    return low;
}

int64_t zone_offset_ms(const Zone *z, Instant t)
{
    return z->changes[change_at(z, t.ms)].offset_ms;
}

static int64_t local_ms(const Zone *z, Instant t)
{
    int64_t ms = clamped(t.ms);
    return clamped(ms + zone_offset_ms(z, (Instant){ ms }));
}

Day zone_day(const Zone *z, Instant t)
{
    int64_t ms = local_ms(z, t);
    int64_t day = ms / DAY_MS;
    return (Day){ (int32_t)(ms % DAY_MS < 0 ? day - 1 : day) };
}

Clock zone_clock(const Zone *z, Instant t)
{
    return instant_to_clock((Instant){ local_ms(z, t) });
}

// The earliest instant whose clock shows `local`. When there is none, because the clock was set
// forward over it: what the offset before that change gives, and the change in *ret_gap.
static int64_t from_local(const Zone *z, int64_t local, const ZoneChange **ret_gap)
{
    // No offset is beyond a day, so the answer lies between the changes around these two.
    size_t first = change_at(z, local - DAY_MS);
    size_t last = change_at(z, local + DAY_MS);
    for (size_t i = first; i <= last; i++) {
        int64_t at = local - z->changes[i].offset_ms;
        bool begun = at >= z->changes[i].at.ms;
        bool over = i + 1 < z->len && at >= z->changes[i + 1].at.ms;
        if (begun && !over)
            return at;
        // Past the end of this offset and before the start of the next: in the gap between them.
        if (over && local - z->changes[i + 1].offset_ms < z->changes[i + 1].at.ms) {
            *ret_gap = &z->changes[i + 1];
            return at;
        }
    }
    return local - z->changes[last].offset_ms;
}

Instant zone_instant(const Zone *z, Clock local)
{
    const ZoneChange *gap = NULL;
    return (Instant){ from_local(z, instant_from_clock(local).ms, &gap) };
}

Instant zone_day_start(const Zone *z, Day d)
{
    const ZoneChange *gap = NULL;
    int64_t at = from_local(z, (int64_t)d.n * DAY_MS, &gap);
    // A day that begins inside a gap begins with the first minute after it.
    return gap != NULL ? gap->at : (Instant){ at };
}

size_t zone_changes(const Zone *z, Instant from, Instant to, ZoneChange *ret, size_t max)
{
    size_t n = 0;
    size_t i = change_at(z, from.ms);
    if (z->changes[i].at.ms < from.ms)
        i++;
    for (; i < z->len && n < max && z->changes[i].at.ms < to.ms; i++)
        if (i > 0)
            ret[n++] = z->changes[i];
    return n;
}
