#include "core/index/vocabulary.h"

#include <stdlib.h>
#include <string.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

static vt_vocabulary_block *block_of(const vt_vocabulary *vocabulary, uint32_t number)
{
    return vocabulary->blocks[number >> VT_VOCABULARY_SHIFT];
}

/* The slot of a text: the one it stands in, or the free one where it would. */
static uint32_t find_slot(const vt_vocabulary *vocabulary, uint32_t hash, const char *text, size_t length)
{
    uint32_t slot = hash & (vocabulary->slot_count - 1);
    for (; vocabulary->slots[slot]; slot = (slot + 1) & (vocabulary->slot_count - 1)) {
        uint32_t number = vocabulary->slots[slot];
        const vt_vocabulary_block *block = block_of(vocabulary, number);
        uint32_t at = number & VT_VOCABULARY_MASK;
        if (block->hash[at] == hash && block->length[at] == length &&
            memcmp(block->text[at], text, length) == 0) {
            break;
        }
    }
    return slot;
}

/* Keeps the slots at most half full. */
static bool make_slots(vt_vocabulary *vocabulary)
{
    if (vocabulary->count < vocabulary->slot_count / 2) {
        return true;
    }
    uint32_t slot_count = vocabulary->slot_count ? vocabulary->slot_count * 2 : 256;
    uint32_t *slots = calloc(slot_count, sizeof *slots);
    if (!slots) {
        return false;
    }
    for (uint32_t number = 1; number < vocabulary->count; number++) {
        uint32_t slot = block_of(vocabulary, number)->hash[number & VT_VOCABULARY_MASK] & (slot_count - 1);
        while (slots[slot]) {
            slot = (slot + 1) & (slot_count - 1);
        }
        slots[slot] = number;
    }
    free(vocabulary->slots);
    vocabulary->slots = slots;
    vocabulary->slot_count = slot_count;
    return true;
}

static bool append(vt_vocabulary *vocabulary, uint32_t hash, const char *text, size_t length)
{
    uint32_t number = vocabulary->count;
    if (number == VT_VOCABULARY_MAX) {
        return false;
    }
    vt_vocabulary_block **block = &vocabulary->blocks[number >> VT_VOCABULARY_SHIFT];
    if (!*block && !(*block = malloc(sizeof **block))) {
        return false;
    }
    const char *copy = vt_names_add(&vocabulary->names, text, length);
    if (!copy) {
        return false;
    }
    uint32_t at = number & VT_VOCABULARY_MASK;
    (*block)->text[at] = copy;
    (*block)->length[at] = (uint16_t)length;
    (*block)->hash[at] = hash;
    vocabulary->count++;
    return true;
}

bool vt_vocabulary_add(vt_vocabulary *vocabulary, const char *text, size_t length, uint32_t *number)
{
    *number = 0;
    if (length == 0) {
        return true;
    }
    if (!make_slots(vocabulary) || (vocabulary->count == 0 && !append(vocabulary, 0, "", 0))) {
        return false;
    }
    uint32_t hash = (uint32_t)XXH3_64bits(text, length);
    uint32_t slot = find_slot(vocabulary, hash, text, length);
    if (!vocabulary->slots[slot]) {
        if (!append(vocabulary, hash, text, length)) {
            return false;
        }
        vocabulary->slots[slot] = vocabulary->count - 1;
    }
    *number = vocabulary->slots[slot];
    return true;
}

size_t vt_vocabulary_bytes(const vt_vocabulary *vocabulary)
{
    size_t blocks = (vocabulary->count + VT_VOCABULARY_MASK) >> VT_VOCABULARY_SHIFT;
    return blocks * sizeof(vt_vocabulary_block) + vocabulary->slot_count * sizeof *vocabulary->slots;
}

size_t vt_vocabulary_text_bytes(const vt_vocabulary *vocabulary)
{
    return vt_names_bytes(&vocabulary->names);
}

void vt_vocabulary_free(vt_vocabulary *vocabulary)
{
    for (uint32_t i = 0; i < VT_VOCABULARY_BLOCKS; i++) {
        free(vocabulary->blocks[i]);
    }
    free(vocabulary->slots);
    vt_names_free(&vocabulary->names);
}
