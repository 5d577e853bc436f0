#include "app/ui/palette/fuzzy.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

enum {
    FITS = 16,       /* each letter found */
    WORD = 24,       /* at the beginning of a word */
    FIRST = 8,       /* of the first word, above that */
    BESIDE = 20,     /* right behind the letter before */
    SKIPPED = 1,     /* for each letter of the text in between, ... */
    SKIPPED_MAX = 12 /* ... up to this */
};

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool begins_word(const char *text, size_t at)
{
    return at == 0 || strchr(" -/.:(", text[at - 1]) != NULL;
}

static int worth(const char *text, size_t at)
{
    return FITS + (begins_word(text, at) ? WORD : 0) + (at == 0 ? FIRST : 0);
}

/* What a letter at `at` earns behind one at `before`. */
static int step(const char *text, size_t before, size_t at)
{
    size_t between = at - before - 1;
    int lost = between > SKIPPED_MAX ? SKIPPED_MAX : (int)between;
    return worth(text, at) + (between == 0 ? BESIDE : -lost * SKIPPED);
}

/* best[i] is the most that the letters so far earn with the last of them at i, or -1: the best way is found,
   not the first one, in the time of a table. */
static int best_of(const char *typed, size_t letters, const char *text, size_t length)
{
    int best[VT_FUZZY_TEXT_MAX], next[VT_FUZZY_TEXT_MAX];
    for (size_t i = 0; i < length; i++) {
        best[i] = lower(text[i]) == typed[0] ? worth(text, i) : -1;
    }
    for (size_t letter = 1; letter < letters; letter++) {
        for (size_t i = 0; i < length; i++) {
            next[i] = -1;
            for (size_t before = 0; lower(text[i]) == typed[letter] && before < i; before++) {
                int score = best[before] < 0 ? -1 : best[before] + step(text, before, i);
                next[i] = score > next[i] ? score : next[i];
            }
        }
        memcpy(best, next, length * sizeof *best);
    }
    int most = -1;
    for (size_t i = 0; i < length; i++) {
        most = best[i] > most ? best[i] : most;
    }
    return most;
}

int vt_fuzzy_score(const char *typed, const char *text)
{
    char letters[VT_FUZZY_TYPED_MAX];
    size_t count = 0;
    for (const char *at = typed; *at; at++) {
        if (*at == ' ') {
            continue;
        }
        if (count == sizeof letters) {
            return -1;
        }
        letters[count++] = lower(*at);
    }
    size_t length = strnlen(text, VT_FUZZY_TEXT_MAX);
    return count == 0 ? 0 : length == 0 ? -1 : best_of(letters, count, text, length);
}
