#include "app/ui/activity/failure_list.h"

#include <stdlib.h>
#include <string.h>

_Static_assert(VT_FAILURE_LIST_MAX <= UINT16_MAX, "places fit");

bool vt_failure_list_add(vt_failure_list *list, const vt_failure *failure)
{
    if (list->count == VT_FAILURE_LIST_MAX) {
        return false;
    }
    if (list->count == list->capacity) {
        size_t capacity = list->capacity ? list->capacity * 2 : 64;
        vt_failed_file *files = realloc(list->files, capacity * sizeof *files);
        if (!files) {
            return false;
        }
        list->files = files;
        list->capacity = capacity;
    }
    vt_failed_file file = {strndup(failure->path, failure->path_length), strdup(failure->message)};
    if (!file.path || !file.reason) {
        free(file.path);
        free(file.reason);
        return false;
    }
    list->shown[list->shown_count++] = (uint16_t)list->count;
    list->files[list->count++] = file;
    return true;
}

void vt_failure_list_clear(vt_failure_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        free(list->files[i].path);
        free(list->files[i].reason);
    }
    free(list->files);
    list->files = NULL;
    list->count = list->capacity = list->shown_count = 0;
}

enum { WORDS_MAX = 8, WORD_SIZE = 64 };

/* The words of a text, each as a string; what is beyond counts not. */
static size_t split(const char *text, char words[WORDS_MAX][WORD_SIZE])
{
    size_t count = 0;
    for (text += strspn(text, " "); *text && count < WORDS_MAX; text += strspn(text, " ")) {
        size_t length = strcspn(text, " ");
        size_t kept = length < WORD_SIZE - 1 ? length : WORD_SIZE - 1;
        memcpy(words[count], text, kept);
        words[count++][kept] = '\0';
        text += length;
    }
    return count;
}

static bool lets_through(const vt_failed_file *file, char words[WORDS_MAX][WORD_SIZE], size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!strcasestr(file->path, words[i]) && !strcasestr(file->reason, words[i])) {
            return false;
        }
    }
    return true;
}

void vt_failure_list_filter(vt_failure_list *list, const char *text)
{
    char words[WORDS_MAX][WORD_SIZE];
    size_t count = split(text, words);
    list->shown_count = 0;
    for (size_t i = 0; i < list->count; i++) {
        if (lets_through(&list->files[i], words, count)) {
            list->shown[list->shown_count++] = (uint16_t)i;
        }
    }
}

const vt_failed_file *vt_failure_list_at(const vt_failure_list *list, size_t row)
{
    return &list->files[list->shown[row]];
}
