#include "core/sidecar/sidecar_parse.h"

#include "core/decode/xmp.h"
#include "core/sidecar/sidecar_edit.h"
#include "core/sidecar/sidecar_tags_read.h"

#include <stdlib.h>
#include <string.h>

static const vt_sidecar_property properties[VT_SIDECAR_SINGLES] = {
    [VT_SIDECAR_SINGLE_LABEL] = VT_SIDECAR_PROPERTY_LABEL,
    [VT_SIDECAR_SINGLE_TITLE] = VT_SIDECAR_PROPERTY_TITLE,
    [VT_SIDECAR_SINGLE_NOTES] = VT_SIDECAR_PROPERTY_NOTES,
    [VT_SIDECAR_SINGLE_EXTENSION] = VT_SIDECAR_PROPERTY_EXTENSION,
};

static bool out_of_memory(vt_error *error)
{
    return vt_error_set(error, VT_ERROR_MEMORY, "cannot be read: out of memory");
}

static bool take_singles(const vt_sidecar_scan *scan, vt_sidecar_said *said, vt_error *error)
{
    for (int i = 0; i < VT_SIDECAR_SINGLES; i++) {
        const char *text = vt_sidecar_scan_single(scan, properties[i], NULL, NULL);
        said->single[i] = text ? strdup(text) : NULL;
        if (text && !said->single[i]) {
            return out_of_memory(error);
        }
    }
    return true;
}

static bool parse_utf8(const char *text, size_t count, vt_sidecar_said *said, vt_error *error)
{
    vt_sidecar_scan scan;
    if (!vt_sidecar_scan_text(text, count, &scan, error)) {
        return false;
    }
    bool done = take_singles(&scan, said, error) && vt_sidecar_tags_add_paths(&said->paths, &scan, error) &&
                vt_sidecar_tags_add_words(&said->words, &said->paths, &scan, error) &&
                /* What the scan takes this takes: it looks at the same text by the same rules. */
                (vt_xmp_read(text, count, &said->metadata) || out_of_memory(error));
    said->kept = scan.kept;
    vt_sidecar_scan_free(&scan);
    return done;
}

bool vt_sidecar_parse(const char *text, size_t count, vt_sidecar_said *said, vt_error *error)
{
    vt_str utf8 = VT_STR_INIT;
    memset(said, 0, sizeof *said);
    bool done = vt_sidecar_to_utf8(&text, &count, &utf8, error) && parse_utf8(text, count, said, error);
    vt_str_free(&utf8);
    if (!done) {
        vt_sidecar_said_free(said);
    }
    return done;
}

static bool serve_said(const void *bytes, size_t count, vt_str *answer, vt_error *error)
{
    vt_sidecar_said said;
    if (!vt_sidecar_parse(bytes, count, &said, error)) {
        return false;
    }
    vt_sidecar_said_pack(&said, answer);
    vt_sidecar_said_free(&said);
    return !answer->failed || out_of_memory(error);
}

static bool serve_changed(bool make, const void *bytes, size_t count, vt_str *answer, vt_error *error)
{
    vt_sidecar_change change;
    const char **tags;
    const char *text;
    size_t text_count;
    if (!vt_sidecar_change_unpack(bytes, count, &change, &tags, &text, &text_count, error)) {
        return false;
    }
    if (make) {
        text = vt_sidecar_change_empty();
        text_count = strlen(text);
    }
    bool done = vt_sidecar_edit(text, text_count, &change, answer, error);
    free(tags);
    return done;
}

bool vt_sidecar_serve(vt_sidecar_question question, const void *bytes, size_t count, vt_str *answer,
                      vt_error *error)
{
    return question == VT_SIDECAR_SAYS_WHAT
               ? serve_said(bytes, count, answer, error)
               : serve_changed(question == VT_SIDECAR_MADE, bytes, count, answer, error);
}

static bool ask_here(void *user, vt_sidecar_question question, const vt_str *bytes, size_t text_begin,
                     vt_str *answer, bool *answered, vt_error *error)
{
    (void)user;
    (void)text_begin;
    *answered = true;
    return vt_sidecar_serve(question, bytes->data, bytes->length, answer, error);
}

vt_sidecar_asking vt_sidecar_asking_here(void)
{
    return (vt_sidecar_asking){.ask = ask_here};
}
