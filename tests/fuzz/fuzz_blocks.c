/* Files of any bytes, taken for each of the formats that carry blocks. What is found is read and its profile
 * used. */
#include "core/decode/blocks.h"
#include "core/decode/icc.h"
#include "core/decode/iptc.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/fuzz_metadata.h"

static void require_block(const vt_block *block, size_t *total)
{
    fuzz_require((block->bytes != NULL) == (block->size > 0));
    *total += block->size;
}

static void use_profile(const vt_block *profile)
{
    static vt_icc_cache *cache; /* the program's, as the helper's */
    static uint8_t row[16 * 4];
    vt_pixels pixels = {.data = row, .capacity = sizeof row, .width = 16, .height = 1, .stride = sizeof row};
    cache = cache ? cache : vt_icc_cache_create();
    fuzz_require(cache != NULL);
    for (unsigned i = 0; i < sizeof row; i++) {
        row[i] = (uint8_t)(i % 4 == 3 ? 255 : i * 37);
    }
    vt_icc_convert(cache, profile->bytes, profile->size, 3, true, &pixels);
    for (unsigned i = 0; i < sizeof row; i++) {
        fuzz_require(row[i] <= row[i | 3]);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static const vt_format formats[] = {VT_FORMAT_JPEG, VT_FORMAT_PNG, VT_FORMAT_WEBP};
    for (int i = 0; i < 3; i++) {
        vt_input input = vt_input_from_memory(bytes, size);
        vt_blocks blocks;
        size_t total = 0;
        vt_blocks_read(formats[i], &input, &blocks);
        fuzz_require(input.at == 0);
        require_block(&blocks.exif, &total);
        require_block(&blocks.xmp, &total);
        require_block(&blocks.iptc, &total);
        require_block(&blocks.icc, &total);
        fuzz_require(total <= VT_BLOCKS_BYTES);
        if (blocks.icc.bytes) {
            use_profile(&blocks.icc);
        }
        vt_blocks_free(&blocks);
    }
    return 0;
}
