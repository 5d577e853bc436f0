/* Side-cars of any bytes: what is read can be changed, says afterwards what was meant, and the same change
   again changes nothing; what it says comes out of a helper as it is; what is refused has its reason. */
#include "core/sidecar/sidecar_edit.h"
#include "core/sidecar/sidecar_parse.h"
#include "core/sidecar/sidecar_read.h"
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

static void require(bool condition)
{
    if (!condition) {
        abort();
    }
}

static void check_values(const vt_sidecar_scan *scan)
{
    for (size_t i = 0; i < scan->place_count; i++) {
        const vt_sidecar_place *place = &scan->places[i];
        require(place->first_item + place->item_count <= scan->item_count);
        if (!place->has_items) {
            const char *value = vt_sidecar_scan_value(scan, place->value);
            require(vt_utf8_valid(value, strlen(value)));
        }
    }
}

/* The program must believe what an honest helper says, whatever the side-car. */
static void check_saying(const char *text, size_t size)
{
    vt_sidecar_said said, again;
    vt_str form = VT_STR_INIT;
    vt_error error = VT_ERROR_INIT;
    if (vt_sidecar_parse(text, size, &said, &error)) {
        vt_sidecar_said_pack(&said, &form);
        require(vt_sidecar_said_unpack(form.data, form.length, &again, &error));
        vt_sidecar_said_free(&again);
        vt_sidecar_said_free(&said);
    } else {
        require(error.code != VT_ERROR_INTERNAL && error.message[0] != '\0');
    }
    vt_str_free(&form);
}

static void check_change(const char *text, size_t size, const vt_sidecar_change *change)
{
    vt_str once = VT_STR_INIT, twice = VT_STR_INIT;
    vt_error error = VT_ERROR_INIT;
    if (vt_sidecar_edit(text, size, change, &once, &error)) {
        require(vt_sidecar_edit(once.data, once.length, change, &twice, &error));
        require(once.length == twice.length && memcmp(once.data, twice.data, once.length) == 0);
    } else {
        /* VT_ERROR_INTERNAL would be changes that overlap, or are not read as they are meant. */
        require(error.code != VT_ERROR_INTERNAL && error.code != VT_ERROR_MEMORY && error.message[0] != '\0');
    }
    vt_str_free(&once);
    vt_str_free(&twice);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static const char *const tags[] = {"Boats", "Places/Norway/Oslo", "a|b/c & d"};
    const vt_sidecar_change all = {.fields = VT_SIDECAR_RATING | VT_SIDECAR_LABEL | VT_SIDECAR_TITLE |
                                             VT_SIDECAR_NOTES | VT_SIDECAR_TAGS,
                                   .rating = 4,
                                   .label = "<'&\">",
                                   .title = "]]>",
                                   .notes = "one\ntwo",
                                   .tags = tags,
                                   .tag_count = 3};
    const vt_sidecar_change none = {.fields = all.fields};
    vt_sidecar_scan scan;
    vt_error error = VT_ERROR_INIT;
    const char *text = (const char *)bytes;
    check_saying(text, size);
    vt_str utf8 = VT_STR_INIT;
    if (!vt_sidecar_to_utf8(&text, &size, &utf8, &error) ||
        !vt_sidecar_scan_text(text, size, &scan, &error)) {
        require(error.code == VT_ERROR_CORRUPT || error.code == VT_ERROR_EMPTY ||
                error.code == VT_ERROR_LIMIT || error.code == VT_ERROR_UNSUPPORTED);
        vt_str_free(&utf8);
        return 0;
    }
    check_values(&scan);
    vt_sidecar_scan_free(&scan);
    check_change(text, size, &all);
    check_change(text, size, &none);
    vt_str_free(&utf8);
    return 0;
}
