#include "naming.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *gen_snake(const char *name)
{
    char *text = gen_text("%*s", (int)strlen(name) * 2 + 2, "");
    char *out = text;
    for (const char *at = name; *at; at++) {
        bool upper = isupper((unsigned char)*at);
        bool after_lower = at > name && !isupper((unsigned char)at[-1]) && at[-1] != '_';
        bool before_lower = at > name && at[1] && islower((unsigned char)at[1]) && at[-1] != '_';
        if (upper && (after_lower || before_lower)) {
            *out++ = '_';
        }
        *out++ = (char)tolower((unsigned char)*at);
    }
    *out = '\0';
    return text;
}

const char *gen_class_prefix(const gen_class *cls)
{
    const char *name = cls->name[0] == 'Q' ? cls->name + 1 : cls->name;
    char *text = gen_text("%s", name);
    for (char *at = text; *at; at++) {
        *at = (char)tolower((unsigned char)*at);
    }
    return text;
}

static const char *short_type(const gen_type *type)
{
    switch (type->kind) {
    case GEN_CLASS:
        return type->cls->name;
    case GEN_VOID:
        return "void";
    default:
        return type->c;
    }
}

const char *gen_signature(const gen_method *method)
{
    char *text = gen_text("%s::%s(", method->cls->name, method->name);
    for (size_t i = 0; i < method->param_count; i++) {
        text = gen_text("%s%s%s", text, i ? "," : "", short_type(&method->params[i].type));
    }
    return gen_text("%s)", text);
}

static const char *type_word(const gen_type *type)
{
    const char *text = short_type(type);
    const char *underscore = strrchr(text, '_');
    const char *word = underscore ? underscore + 1 : text;
    if (word[0] == 'Q' && isupper((unsigned char)word[1])) {
        word++;
    }
    char *lower = gen_text("%s", word);
    for (char *at = lower; *at; at++) {
        *at = isalnum((unsigned char)*at) ? (char)tolower((unsigned char)*at) : '_';
    }
    return lower;
}

/* How many parameters from `first` on are plain numbers of one type: coordinates. */
static size_t numbers_from(const gen_method *method, size_t first)
{
    size_t count = 0;
    const char *word = first < method->param_count ? type_word(&method->params[first].type) : "";
    bool number = strcmp(word, "int") == 0 || strcmp(word, "double") == 0;
    while (number && first + count < method->param_count &&
           strcmp(type_word(&method->params[first + count].type), word) == 0) {
        count++;
    }
    return count;
}

/* The parameters' types as words; four numbers in a row are a place and a size, two a place. */
const char *gen_suffix(const gen_method *method)
{
    char *text = gen_text("%s", "");
    for (size_t i = 0; i < method->param_count;) {
        size_t numbers = numbers_from(method, i);
        bool place = i == 0 && (numbers == 2 || numbers == 4 || numbers == 5);
        const char *word = !place ? type_word(&method->params[i].type) : numbers == 2 ? "xy" : "xywh";
        text = gen_text("%s%s%s", text, i ? "_" : "", word);
        i += !place ? 1 : numbers == 2 ? 2 : 4;
    }
    return *text ? text : "void";
}

static const char *pinned(gen_pins *pins, const gen_method *method)
{
    const char *signature = gen_signature(method);
    for (size_t i = 0; i < pins->count; i++) {
        if (strcmp(pins->pins[i].signature, signature) == 0) {
            pins->pins[i].used = true;
            return pins->pins[i].name;
        }
    }
    return NULL;
}

static bool unsupported(const gen_type *type)
{
    if (type->kind == GEN_UNSUPPORTED || type->rvalue) {
        return true;
    }
    if (type->kind == GEN_CLASS || type->kind == GEN_LIST) {
        return type->pointers > 1;
    }
    return type->pointers > 2;
}

/* Operators that C gets as functions. */
static const struct {
    const char *qt, *c;
} operators[] = {
    {"operator==", "equals"},     {"operator!=", "differs"},         {"operator<", "is_less"},
    {"operator+=", "add"},        {"operator-=", "subtract"},        {"operator*=", "multiply"},
    {"operator/=", "divide"},     {"operator|=", "unite"},           {"operator&=", "intersect"},
    {"operator|", "united_with"}, {"operator&", "intersected_with"}, {"operator QVariant", "to_variant"},
    {"operator=", "assign"}};

static const char *operator_name(const char *qt)
{
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++) {
        if (strcmp(operators[i].qt, qt) == 0) {
            return operators[i].c;
        }
    }
    return NULL;
}

static void exclude_unsupported(gen_method *method)
{
    if (method->left_out) {
        return;
    }
    if (method->is_operator && !operator_name(method->name)) {
        method->left_out = "operator";
    } else if (unsupported(&method->result)) {
        method->left_out = gen_text("result type %s", method->result.c ? method->result.c : "(rvalue)");
    }
    for (size_t i = 0; i < method->param_count && !method->left_out; i++) {
        const gen_type *type = &method->params[i].type;
        if (unsupported(type)) {
            method->left_out = gen_text("parameter type %s", type->c ? type->c : "(rvalue)");
        }
    }
}

bool gen_is_supported(const gen_method *method)
{
    gen_method copy = *method;
    copy.left_out = NULL;
    exclude_unsupported(&copy);
    return !copy.left_out;
}

static bool same_params(const gen_method *a, const gen_method *b)
{
    return strcmp(gen_signature(a), gen_signature(b)) == 0;
}

/* The overload that gets the bare name: the one with the fewest parameters, then the first declared. */
static gen_method *simplest(gen_method **group, size_t count)
{
    gen_method *best = NULL;
    for (size_t i = 0; i < count; i++) {
        if (!group[i]->c_name && (!best || group[i]->param_count < best->param_count)) {
            best = group[i];
        }
    }
    return best;
}

static void name_group(gen_method **group, size_t count, const char *bare, gen_pins *pins)
{
    bool bare_taken = false;
    for (size_t i = 0; i < count; i++) {
        group[i]->c_name = pinned(pins, group[i]);
        bare_taken |= group[i]->c_name && strcmp(group[i]->c_name, bare) == 0;
    }
    if (!bare_taken) {
        gen_method *best = simplest(group, count);
        if (best) {
            best->c_name = bare;
        }
    }
    for (size_t i = 0; i < count; i++) {
        if (!group[i]->c_name) {
            group[i]->c_name = gen_text("%s_%s", bare, gen_suffix(group[i]));
        }
        for (size_t j = 0; j < i; j++) {
            if (strcmp(group[i]->c_name, group[j]->c_name) == 0 && !group[i]->left_out) {
                group[i]->left_out = gen_text("same name as another overload: %s", group[i]->c_name);
            }
        }
    }
}

static void drop_twins(gen_class *cls)
{
    for (size_t i = 0; i < cls->method_count; i++) {
        for (size_t j = 0; j < cls->method_count; j++) {
            gen_method *a = &cls->methods[i];
            gen_method *b = &cls->methods[j];
            if (i != j && !a->left_out && !b->left_out && a->role == b->role && same_params(a, b) &&
                (b->is_const > a->is_const || (b->is_const == a->is_const && j < i))) {
                a->left_out = "twin of another overload";
            }
        }
    }
}

static const char *bare_name(const gen_method *method)
{
    if (method->is_operator && operator_name(method->name)) {
        return operator_name(method->name);
    }
    return method->role == GEN_CONSTRUCTOR ? "init" : gen_snake(method->name);
}

void gen_name_methods(gen_model *model, gen_pins *pins)
{
    for (size_t c = 0; c < model->class_count; c++) {
        gen_class *cls = model->classes[c];
        for (size_t i = 0; i < cls->method_count; i++) {
            exclude_unsupported(&cls->methods[i]);
        }
        drop_twins(cls);
        gen_method **group = calloc(cls->method_count + 1, sizeof(gen_method *));
        for (size_t i = 0; i < cls->method_count; i++) {
            gen_method *first = &cls->methods[i];
            if (first->c_name || first->left_out || first->role == GEN_DESTRUCTOR) {
                continue;
            }
            const char *bare = bare_name(first);
            size_t count = 0;
            for (size_t j = i; j < cls->method_count; j++) {
                gen_method *other = &cls->methods[j];
                if (!other->left_out && other->role == first->role && strcmp(bare_name(other), bare) == 0) {
                    group[count++] = other;
                }
            }
            name_group(group, count, bare, pins);
        }
        free(group);
    }
}

const char *gen_slot_name(const gen_class *cls, size_t slot)
{
    const gen_method *method = cls->slots[slot].introduced;
    if (cls->slots[slot].destructor) {
        return cls->slots[slot].destructor == 1 ? "reserved_destroy" : "reserved_delete";
    }
    const char *bare = bare_name(method);
    for (size_t i = 0; i < slot; i++) {
        if (!cls->slots[i].destructor && strcmp(cls->slots[i].introduced->name, method->name) == 0) {
            return gen_text("%s_%s", bare, gen_suffix(method));
        }
    }
    return bare;
}
