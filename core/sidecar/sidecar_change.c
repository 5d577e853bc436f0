#include "core/sidecar/sidecar_change.h"

#include "core/sidecar/sidecar_pack.h"

#include <stdlib.h>

#define VERSION      1
#define HEAD         ('S' | (uint64_t)'C' << 8 | (uint64_t)VERSION << 16)
#define HEAD_BYTES   3
#define NUMBER_BYTES 4
/* A text that is there has at least its length and its end. */
#define TEXT_BYTES_MIN 5

const char *vt_sidecar_change_empty(void)
{
    return "<?xpacket begin=\"\xef\xbb\xbf\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
           "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\" x:xmptk=\"Vitrine\">\n"
           " <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
           "  <rdf:Description rdf:about=\"\"\n"
           "    xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\"\n"
           "    xmlns:dc=\"http://purl.org/dc/elements/1.1/\"\n"
           "    xmlns:digiKam=\"http://www.digikam.org/ns/1.0/\"\n"
           "    xmlns:lr=\"http://ns.adobe.com/lightroom/1.0/\">\n"
           "  </rdf:Description>\n"
           " </rdf:RDF>\n"
           "</x:xmpmeta>\n"
           "<?xpacket end=\"w\"?>\n";
}

void vt_sidecar_change_pack(const vt_sidecar_change *change, const void *text, size_t count, vt_str *to)
{
    vt_sidecar_put_number(to, HEAD, HEAD_BYTES);
    vt_sidecar_put_number(to, change->fields, NUMBER_BYTES);
    vt_sidecar_put_number(to, (uint32_t)change->rating, NUMBER_BYTES);
    vt_sidecar_put_text(to, change->label ? change->label : "");
    vt_sidecar_put_text(to, change->title ? change->title : "");
    vt_sidecar_put_text(to, change->notes ? change->notes : "");
    vt_sidecar_put_number(to, change->tag_count, NUMBER_BYTES);
    for (size_t i = 0; i < change->tag_count; i++) {
        vt_sidecar_put_text(to, change->tags[i]);
    }
    vt_str_append(to, text, count);
}

static bool refuse(vt_error *error)
{
    return vt_error_set(error, VT_ERROR_USAGE, "cannot be changed: what is wanted of it is no change");
}

bool vt_sidecar_change_unpack(const void *bytes, size_t count, vt_sidecar_change *change, const char ***tags,
                              const char **text, size_t *text_count, vt_error *error)
{
    vt_sidecar_unpacker from = {bytes, count, false};
    *tags = NULL;
    if (vt_sidecar_get_number(&from, HEAD_BYTES) != HEAD) {
        return refuse(error);
    }
    *change = (vt_sidecar_change){.fields = (uint32_t)vt_sidecar_get_number(&from, NUMBER_BYTES)};
    change->rating = (int32_t)vt_sidecar_get_number(&from, NUMBER_BYTES);
    change->label = vt_sidecar_get_text(&from);
    change->title = vt_sidecar_get_text(&from);
    change->notes = vt_sidecar_get_text(&from);
    change->tag_count = (size_t)vt_sidecar_get_number(&from, NUMBER_BYTES);
    if (from.failed || change->tag_count > from.left / TEXT_BYTES_MIN) {
        return refuse(error);
    }
    const char **list = malloc((change->tag_count + 1) * sizeof *list);
    if (!list) {
        return vt_error_set(error, VT_ERROR_MEMORY, "cannot be changed: out of memory");
    }
    for (size_t i = 0; i < change->tag_count; i++) {
        list[i] = vt_sidecar_get_text(&from);
    }
    if (from.failed) {
        free(list);
        return refuse(error);
    }
    change->tags = *tags = list;
    *text = from.at;
    *text_count = from.left;
    return true;
}
