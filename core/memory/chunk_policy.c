#include "core/memory/chunk_policy.h"

vt_chunk_policy vt_chunk_policy_start(size_t maximum)
{
    maximum = maximum > 0 ? maximum : 1;
    return (vt_chunk_policy){maximum < VT_CHUNK_FIRST ? maximum : VT_CHUNK_FIRST, maximum};
}

size_t vt_chunk_policy_next(vt_chunk_policy *policy, vt_memory_level level)
{
    switch (level) {
    case VT_MEMORY_NORMAL:
        /* Compared before it is doubled: the maximum may be SIZE_MAX. */
        policy->size = policy->size > policy->maximum / 2 ? policy->maximum : policy->size * 2;
        break;
    case VT_MEMORY_HIGH:
        policy->size = policy->size > 1 ? policy->size / 2 : 1;
        break;
    case VT_MEMORY_CRITICAL:
        policy->size = 1;
        break;
    default:
        break;
    }
    return policy->size;
}
