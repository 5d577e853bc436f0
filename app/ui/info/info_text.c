#include "app/ui/info/info_text.h"

#include "app/ui/parts/translate.h"
#include "app/ui/parts/wording.h"

#include <stdlib.h>
#include <string.h>

void vt_info_write_count(size_t count, vt_str *text)
{
    vt_tr_append_count(text, "info", "%n item", "%n items", (int64_t)count);
}

void vt_info_build_facts(const vt_fact_source *source, vt_fact_list *list)
{
    size_t kept = 0;
    vt_facts_build(source, list);
    for (size_t i = 0; i < list->count; i++) {
        if (strcmp(list->facts[i].label, vt_tr("facts", "Name")) == 0) { /* it is the heading */
            free(list->facts[i].text);
        } else {
            list->facts[kept++] = list->facts[i];
        }
    }
    list->count = kept;
}

static void add(vt_fact_list *list, const char *label, const char *text)
{
    char *owned = list->count < VT_FACTS_MAX ? strdup(text) : NULL;
    if (owned) {
        list->facts[list->count++] = (vt_fact){label, owned};
    }
}

void vt_info_build_sum(int64_t bytes, vt_fact_list *list)
{
    char words[32];
    add(list, vt_tr("facts", "Size"), vt_wording_size(words, sizeof words, bytes));
}

void vt_info_build_error(const char *message, vt_fact_list *list)
{
    add(list, "", message);
}
