#include "app/cli/metadata_output.h"

#include "app/cli/output.h"
#include "core/base/clock.h"
#include "core/base/str.h"
#include "core/decode/exposure.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    vt_metadata_text field;
    const char *key;
} texts[] = {
    {VT_METADATA_CAMERA, "camera"},   {VT_METADATA_LENS, "lens"},
    {VT_METADATA_TITLE, "title"},     {VT_METADATA_DESCRIPTION, "description"},
    {VT_METADATA_CREATOR, "creator"}, {VT_METADATA_COPYRIGHT, "copyright"},
    {VT_METADATA_LABEL, "label"},
};

#define TEXT_COUNT (sizeof texts / sizeof *texts)

void vt_cli_taken(const vt_metadata *metadata, char text[VT_CLI_TAKEN_SIZE])
{
    char time[VT_ITEM_TIME_SIZE];
    int64_t fraction = metadata->taken_ns % VT_NS_PER_S;
    fraction += fraction < 0 ? VT_NS_PER_S : 0;
    vt_item_time(metadata->taken_ns, time);
    time[strcspn(time, "Z")] = '\0';
    int length = snprintf(text, VT_CLI_TAKEN_SIZE, "%s", time);
    if (fraction > 0) {
        length += snprintf(text + length, VT_CLI_TAKEN_SIZE - (size_t)length, ".%09" PRId64, fraction);
        while (text[length - 1] == '0') {
            text[--length] = '\0';
        }
    }
    if (metadata->known & VT_METADATA_OFFSET) {
        int minutes = abs(metadata->offset_minutes);
        snprintf(text + length, VT_CLI_TAKEN_SIZE - (size_t)length, "%c%02d:%02d",
                 metadata->offset_minutes < 0 ? '-' : '+', minutes / 60, minutes % 60);
    }
}

static void number_member(vt_json_writer *json, const vt_metadata *metadata, vt_metadata_fact fact,
                          const char *key, double value)
{
    if (metadata->known & (uint32_t)fact) {
        vt_json_key(json, key);
        vt_json_double(json, value);
    }
}

static void integer_member(vt_json_writer *json, const vt_metadata *metadata, vt_metadata_fact fact,
                           const char *key, int64_t value)
{
    if (metadata->known & (uint32_t)fact) {
        vt_json_key(json, key);
        vt_json_int(json, value);
    }
}

static void keywords_member(vt_json_writer *json, const char *keywords)
{
    if (!keywords[0]) {
        return;
    }
    vt_json_key(json, "keywords");
    vt_json_array_begin(json);
    for (const char *at = keywords; *at; at += *at == '\n') {
        size_t length = strcspn(at, "\n");
        vt_json_bytes(json, at, length);
        at += length;
    }
    vt_json_array_end(json);
}

void vt_cli_metadata_member(vt_json_writer *json, const vt_metadata *metadata)
{
    const vt_metadata *m = metadata;
    if (vt_metadata_is_empty(m)) {
        return;
    }
    vt_json_key(json, "metadata");
    vt_json_object_begin(json);
    if (m->known & VT_METADATA_TAKEN) {
        char taken[VT_CLI_TAKEN_SIZE];
        vt_cli_taken(m, taken);
        vt_json_key(json, "taken");
        vt_json_string(json, taken);
    }
    number_member(json, m, VT_METADATA_EXPOSURE, "exposure", m->exposure);
    number_member(json, m, VT_METADATA_F_NUMBER, "f_number", m->f_number);
    integer_member(json, m, VT_METADATA_ISO, "iso", m->iso);
    number_member(json, m, VT_METADATA_FOCAL, "focal_mm", m->focal_mm);
    number_member(json, m, VT_METADATA_POSITION, "latitude", m->latitude);
    number_member(json, m, VT_METADATA_POSITION, "longitude", m->longitude);
    number_member(json, m, VT_METADATA_ALTITUDE, "altitude", m->altitude);
    integer_member(json, m, VT_METADATA_RATING, "rating", m->rating);
    for (size_t i = 0; i < TEXT_COUNT; i++) {
        const char *text = vt_metadata_get(m, texts[i].field);
        if (text[0]) {
            vt_json_key(json, texts[i].key);
            vt_json_string(json, text);
        }
    }
    keywords_member(json, vt_metadata_get(m, VT_METADATA_KEYWORDS));
    vt_json_object_end(json);
}

/* As the window says it. */
static void exposure_line(const vt_metadata *m)
{
    vt_str text = VT_STR_INIT;
    vt_exposure_append(&text, m);
    if (text.length > 0 && !text.failed) {
        printf("exposure    %s\n", text.data);
    }
    vt_str_free(&text);
}

/* Lines of the text come one after the other, with `separator` between them. */
static void text_line(const char *key, const char *text, const char *separator)
{
    vt_str shown = VT_STR_INIT;
    for (const char *at = text; *at; at += *at == '\n') {
        size_t length = strcspn(at, "\n");
        vt_str_append_cstr(&shown, at > text ? separator : "");
        vt_str_append_display(&shown, at, length);
        at += length;
    }
    printf("%-11s %s\n", key, shown.data);
    vt_str_free(&shown);
}

void vt_cli_metadata_lines(const vt_metadata *metadata)
{
    const vt_metadata *m = metadata;
    if (m->known & VT_METADATA_TAKEN) {
        char taken[VT_CLI_TAKEN_SIZE];
        vt_cli_taken(m, taken);
        printf("taken       %s\n", taken);
    }
    exposure_line(m);
    if (m->known & VT_METADATA_POSITION) {
        printf("position    %.6f, %.6f\n", m->latitude, m->longitude);
    }
    if (m->known & VT_METADATA_ALTITUDE) {
        printf("altitude    %g m\n", m->altitude);
    }
    if (m->known & VT_METADATA_RATING) {
        printf("rated       %d by the file\n", (int)m->rating);
    }
    for (size_t i = 0; i < TEXT_COUNT; i++) {
        const char *text = vt_metadata_get(m, texts[i].field);
        if (text[0]) {
            text_line(texts[i].key, text, " / ");
        }
    }
    if (vt_metadata_get(m, VT_METADATA_KEYWORDS)[0]) {
        text_line("keywords", vt_metadata_get(m, VT_METADATA_KEYWORDS), ", ");
    }
}
