/*
 * Warm-up: decodes one tiny built-in file of each kind, and reads a side-car, before the process is confined,
 * so that whatever a library does only once (probes of the processor, tables, locale, the heap's first
 * blocks) is done while it is still allowed, and the first real file pays for none of it. One thread, once.
 */
#ifndef VT_DECODER_WARMUP_H
#define VT_DECODER_WARMUP_H

#include "core/base/error.h"
#include "core/decode/media.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct vt_warmup_sample {
    vt_format format;
    const uint8_t *bytes;
    size_t count;
} vt_warmup_sample;

/* At least one sample of every format; the two kinds of PNG and of WebP, which take different ways. */
extern const vt_warmup_sample vt_warmup_samples[];
extern const size_t vt_warmup_sample_count;

/* Decodes all samples. False and `error` of the first that cannot be decoded: a library is broken or is not
   the one this was built with. */
bool vt_warmup(vt_error *error);

#endif
