#include "core/decode/limits.h"

#include "core/base/clock.h"

#define MEGA UINT64_C(1000000)

const vt_limits vt_limits_default = {
    .max_side = 65500,
    .max_scans = 256,
    .max_pixels = 200 * MEGA,
    .max_pixels_scaled = 512 * MEGA,
    .max_image_bytes = UINT64_C(4) << 30,
    .max_model_bytes = UINT64_C(8) << 30,
    .max_triangles = 200 * MEGA,
    .max_memory = UINT64_C(1) << 30,
    .wall_ns = 10 * VT_NS_PER_S,
    .wall_ns_per_mib = 50 * VT_NS_PER_MS,
    .wall_ns_cap = 60 * VT_NS_PER_S,
};

int64_t vt_limits_wall(const vt_limits *limits, uint64_t bytes)
{
    uint64_t mib = bytes >> 20;
    int64_t room = limits->wall_ns_cap - limits->wall_ns;
    if (room <= 0) {
        return limits->wall_ns_cap;
    }
    if (limits->wall_ns_per_mib > 0 && mib > (uint64_t)(room / limits->wall_ns_per_mib)) {
        return limits->wall_ns_cap;
    }
    return limits->wall_ns + (int64_t)mib * limits->wall_ns_per_mib;
}
