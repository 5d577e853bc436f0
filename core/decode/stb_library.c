#include <stdlib.h>
#include <string.h>

/* realloc() that also clears what was added; the library knows the old size. */
static void *grow_cleared(void *memory, size_t old_size, size_t new_size)
{
    char *grown = realloc(memory, new_size);
    if (grown && new_size > old_size) {
        memset(grown + old_size, 0, new_size - old_size);
    }
    return grown;
}

#define STBI_MALLOC(size)                              calloc(1, size)
#define STBI_REALLOC_SIZED(memory, old_size, new_size) grow_cleared(memory, old_size, new_size)
#define STBI_FREE(memory)                              free(memory)
#define STB_IMAGE_IMPLEMENTATION
#include "core/decode/stb_library.h"
