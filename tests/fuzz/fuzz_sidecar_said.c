/* The form in which a helper tells what a side-car says, as one that was taken over might write it: what is
   accepted must be what the program itself would have written. */
#include "core/sidecar/sidecar_said.h"
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

static void require(bool condition)
{
    if (!condition) {
        abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    vt_sidecar_said said;
    vt_error error = VT_ERROR_INIT;
    if (!vt_sidecar_said_unpack(bytes, size, &said, &error)) {
        require(error.code == VT_ERROR_CRASHED && error.message[0] != '\0');
        require(!said.paths.list && !said.words.list && vt_metadata_is_empty(&said.metadata));
        return 0;
    }
    vt_str again = VT_STR_INIT;
    vt_sidecar_said_pack(&said, &again);
    require(again.length == size && memcmp(again.data, bytes, size) == 0);
    vt_str_free(&again);
    vt_sidecar_said_free(&said);
    return 0;
}
