#include "app/ui/viewer/failure_words.h"

#include "app/ui/parts/translate.h"

#include <stdio.h>
#include <string.h>

#define TEXT(text) VT_TR_NOOP("viewer", text)

static const struct {
    vt_error_code code;
    vt_failure_words words;
} table[] = {
    {VT_ERROR_NOT_FOUND,
     {TEXT("This file is gone"),
      TEXT("If it was moved, \"Find missing files\" in the menu File looks for it.")}},
    {VT_ERROR_PERMISSION,
     {TEXT("This file may not be read"), TEXT("Ask its owner, or change its permissions.")}},
    {VT_ERROR_TRUNCATED,
     {TEXT("This file is damaged"), TEXT("It ends early: copy it again from where it came from.")}},
    {VT_ERROR_CORRUPT, {TEXT("This file is damaged"), TEXT("Copy it again from where it came from.")}},
    {VT_ERROR_EMPTY, {TEXT("This file is empty"), TEXT("Copy it again from where it came from.")}},
    {VT_ERROR_UNSUPPORTED, {TEXT("This file cannot be shown here"), TEXT("Another program may know it.")}},
    {VT_ERROR_LIMIT, {TEXT("This file is too large"), TEXT("The limits are in the settings.")}},
    {VT_ERROR_TIMEOUT, {TEXT("This file takes too long"), TEXT("The limit is in the settings.")}},
    {VT_ERROR_MEMORY,
     {TEXT("There is not enough memory for this file"), TEXT("Close other programs and open it again.")}},
    {VT_ERROR_CHANGED, {TEXT("This file has changed"), TEXT("Open it again.")}},
    {VT_ERROR_CRASHED,
     {TEXT("This file cannot be shown"), TEXT("It may be damaged; nothing else was harmed.")}},
    {VT_ERROR_BUSY, {TEXT("This file cannot be shown now"), TEXT("Open it again in a while.")}},
    {VT_ERROR_IO,
     {TEXT("This file cannot be read"), TEXT("Look at its disk or network, and open it again.")}},
};

static const vt_failure_words other = {TEXT("This file cannot be shown"),
                                       TEXT("Go on with another one and come back later.")};

const vt_failure_words *vt_failure_words_of(vt_error_code code)
{
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        if (table[i].code == code) {
            return &table[i].words;
        }
    }
    return &other;
}

char *vt_failure_detail(char *text, size_t size, const vt_error *error)
{
    /* A message that names a setting says already what to do. */
    bool says_all = strstr(error->message, "raise the setting") || strstr(error->message, "open it again");
    snprintf(text, size, "%s%s%s", error->message, says_all ? "" : "\n",
             says_all ? "" : vt_tr("viewer", vt_failure_words_of(error->code)->advice));
    return text;
}
