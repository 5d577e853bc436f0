#include "app/ui/info/info_text.h"

#include "app/ui/parts/facts.h"
#include "app/ui/parts/theme.h"
#include "app/ui/parts/translate.h"
#include "app/ui/parts/wording.h"

#include <string.h>

/* No text of a file becomes markup. */
static void append_escaped(vt_str *text, const char *plain)
{
    for (const char *at = plain; *at; at++) {
        switch (*at) {
        case '<':
            vt_str_append_cstr(text, "&lt;");
            break;
        case '&':
            vt_str_append_cstr(text, "&amp;");
            break;
        case '\n':
            vt_str_append_cstr(text, "<br>");
            break;
        default:
            vt_str_append_char(text, *at);
        }
    }
}

static void append_row(vt_str *text, const char *label, const char *value)
{
    vt_str_appendf(text,
                   "<tr><td style='color: #%06x; padding: 2px 10px 2px 0'>%s</td><td style='padding: 2px 0'>",
                   vt_theme_current()->muted, label);
    append_escaped(text, value);
    vt_str_append_cstr(text, "</td></tr>");
}

void vt_info_write_count(size_t count, vt_str *text)
{
    vt_tr_append_count(text, "info", "%n item", "%n items", (int64_t)count);
}

void vt_info_write_facts(const vt_item_brief *item, const char *path, size_t path_length,
                         const vt_metadata *metadata, const vt_media_info *media, vt_str *text)
{
    vt_fact_list list = {0};
    const vt_fact_source source = {
        .item = item, .path = path, .path_length = path_length, .metadata = metadata, .media = media};
    vt_facts_build(&source, &list);
    vt_str_append_cstr(text, "<table cellspacing='0'>");
    for (size_t i = 0; i < list.count; i++) {
        if (strcmp(list.facts[i].label, vt_tr("facts", "Name")) != 0) { /* it is the heading */
            append_row(text, list.facts[i].label, list.facts[i].text);
        }
    }
    vt_str_append_cstr(text, "</table>");
    vt_facts_clear(&list);
}

void vt_info_write_sum(int64_t bytes, vt_str *text)
{
    char words[32];
    vt_str_append_cstr(text, "<table cellspacing='0'>");
    append_row(text, vt_tr("facts", "Size"), vt_wording_size(words, sizeof words, bytes));
    vt_str_append_cstr(text, "</table>");
}

void vt_info_write_error(const char *message, vt_str *text)
{
    vt_str_appendf(text, "<span style='color: #%06x'>", vt_theme_current()->danger);
    append_escaped(text, message);
    vt_str_append_cstr(text, "</span>");
}
