#include "app/cli/marks_output.h"

#include "core/base/str.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

bool vt_cli_marks_read(vt_catalog_reader *reader, int64_t item_id, vt_shared_marks *marks, vt_error *error)
{
    *marks = (vt_shared_marks){0};
    vt_marks_survey *survey = vt_marks_survey_begin(reader, error);
    bool done = survey && vt_marks_survey_add(survey, &item_id, 1, error) &&
                vt_marks_survey_end(survey, marks, error);
    vt_marks_survey_free(survey);
    return done;
}

static void text_member(vt_json_writer *json, const char *key, const char *text)
{
    if (text && *text) {
        vt_json_key(json, key);
        vt_json_string(json, text);
    }
}

void vt_cli_marks_members(vt_json_writer *json, const vt_shared_marks *marks)
{
    if (marks->label > 0) {
        vt_json_key(json, "label");
        vt_json_int(json, marks->label);
    }
    text_member(json, "title", marks->title);
    text_member(json, "note", marks->note);
    if (marks->tag_count) {
        vt_json_key(json, "tags");
        vt_json_array_begin(json);
        for (size_t i = 0; i < marks->tag_count; i++) {
            vt_json_string(json, marks->tags[i].path);
        }
        vt_json_array_end(json);
    }
}

static void line(const char *key, const char *text)
{
    vt_str shown = VT_STR_INIT;
    vt_str_append_display(&shown, text, strlen(text));
    printf("%-11s %s\n", key, shown.data);
    vt_str_free(&shown);
}

void vt_cli_marks_lines(const vt_shared_marks *marks)
{
    if (marks->label > 0) {
        printf("label       %d\n", marks->label);
    }
    if (marks->title && *marks->title) {
        line("title", marks->title);
    }
    for (size_t i = 0; i < marks->tag_count; i++) {
        line(i == 0 ? "tags" : "", marks->tags[i].path);
    }
    if (marks->note && *marks->note) {
        line("note", marks->note);
    }
}
