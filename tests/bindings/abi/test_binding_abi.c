/*
 * What the generator took from the headers against the installed libraries: every slot of every virtual
 * table, the parts of each table group, object sizes, and the symbols that the runtime itself uses.
 */
#include "tests/support/check.h"

#include "bindings/generator/abi_table.h"
#include "tests/bindings/application.h"
#include "unexported.h"

#include <dlfcn.h>
#include <elf.h>
#include <link.h>
#include <stdlib.h>
#include <string.h>

static const char *table_symbol(char *name, size_t size, const char *prefix, const abi_class *cls)
{
    snprintf(name, size, "%s%zu%s", prefix, strlen(cls->name), cls->name);
    return name;
}

static void *const *table_of(const abi_class *cls)
{
    char name[128];
    return dlsym(RTLD_DEFAULT, table_symbol(name, sizeof name, "_ZTV", cls));
}

static bool is_listed(const char *const *list, size_t count, const char *symbol)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(list[i], symbol) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_destructor(const char *symbol)
{
    size_t length = strlen(symbol);
    return length > 4 &&
           (strcmp(symbol + length - 4, "D1Ev") == 0 || strcmp(symbol + length - 4, "D0Ev") == 0);
}

typedef struct tally {
    size_t compared, pure, abstract_destructors, unexported, wrong;
} tally;

static void complain(tally *count, const abi_class *cls, size_t part, size_t slot, const void *held,
                     const char *symbol)
{
    Dl_info info = {0};
    dladdr(held, &info);
    print_error("%s part %zu slot %zu: expected %s, found %s\n", cls->name, part, slot, symbol,
                info.dli_sname ? info.dli_sname : "an unnamed function");
    count->wrong++;
}

/* A function without a symbol is at least the same one in every table of one library. */
static bool is_the_only_one(const char *symbol, const void *held)
{
    static struct {
        const char *symbol;
        const void *library, *held;
    } seen[64];
    Dl_info info = {0};
    if (!dladdr(held, &info)) {
        return false;
    }
    size_t i = 0;
    while (seen[i].symbol && (strcmp(seen[i].symbol, symbol) != 0 || seen[i].library != info.dli_fbase)) {
        i++;
        assert_true(i < sizeof seen / sizeof *seen);
    }
    if (!seen[i].symbol) {
        seen[i].symbol = symbol;
        seen[i].library = info.dli_fbase;
        seen[i].held = held;
    }
    return seen[i].held == held;
}

static void compare_slot(tally *count, const abi_class *cls, size_t part, size_t slot, const void *held)
{
    const char *symbol = cls->parts[part].symbols[slot];
    if (!symbol) {
        count->pure++;
        if (held != dlsym(RTLD_DEFAULT, "__cxa_pure_virtual")) {
            complain(count, cls, part, slot, held, "__cxa_pure_virtual");
        }
        return;
    }
    if (!held) { /* the compiler leaves them out where no object of just this class can be */
        count->abstract_destructors++;
        if (!cls->is_abstract || !is_destructor(symbol)) {
            complain(count, cls, part, slot, held, symbol);
        }
        return;
    }
    const void *expected = dlsym(RTLD_DEFAULT, symbol);
    if (!expected) {
        count->unexported++;
        if (!is_listed(unexported_functions, UNEXPORTED_FUNCTION_COUNT, symbol) ||
            !is_the_only_one(symbol, held)) {
            complain(count, cls, part, slot, held, symbol);
        }
        return;
    }
    count->compared++;
    if (held != expected) {
        complain(count, cls, part, slot, held, symbol);
    }
}

static void every_slot_holds_the_final_overrider(void **state)
{
    (void)state;
    tally count = {0};
    size_t classes = 0;
    for (size_t c = 0; c < abi_class_count; c++) {
        const abi_class *cls = &abi_classes[c];
        void *const *table = cls->is_polymorphic ? table_of(cls) : NULL;
        classes += table != NULL;
        for (size_t p = 0; table && p < cls->part_count; p++) {
            for (size_t s = 0; s < cls->parts[p].slot_count; s++) {
                compare_slot(&count, cls, p, s, table[cls->parts[p].address_point + s]);
            }
        }
    }
    print_message(
        "%zu classes: %zu slots equal their symbol, %zu pure virtual, %zu null destructors of abstract "
        "classes, %zu not exported\n",
        classes, count.compared, count.pure, count.abstract_destructors, count.unexported);
    assert_int_equal(count.wrong, 0);
    assert_true(classes > 150);
    assert_true(count.compared > 5000);
}

/* Each of the lists has no more than what is really missing: a stale entry would hide a fault. */
static void the_lists_of_exceptions_are_true(void **state)
{
    (void)state;
    for (size_t i = 0; i < UNEXPORTED_FUNCTION_COUNT; i++) {
        if (dlsym(RTLD_DEFAULT, unexported_functions[i])) {
            fail_msg("%s is exported after all", unexported_functions[i]);
        }
    }
    size_t without_table = 0;
    for (size_t c = 0; c < abi_class_count; c++) {
        const abi_class *cls = &abi_classes[c];
        if (!cls->is_polymorphic || table_of(cls)) {
            continue;
        }
        without_table++;
        if (!is_listed(classes_without_table, CLASS_WITHOUT_TABLE_COUNT, cls->name)) {
            fail_msg("the virtual table of %s is not exported", cls->name);
        }
    }
    assert_int_equal(without_table, CLASS_WITHOUT_TABLE_COUNT);
}

static void parts_agree_with_the_tables(void **state)
{
    (void)state;
    size_t parts = 0;
    for (size_t c = 0; c < abi_class_count; c++) {
        const abi_class *cls = &abi_classes[c];
        void *const *table = cls->is_polymorphic ? table_of(cls) : NULL;
        if (!table) {
            continue;
        }
        Dl_info info;
        const ElfW(Sym) *symbol = NULL;
        assert_true(dladdr1(table, &info, (void **)&symbol, RTLD_DL_SYMENT));
        if (symbol->st_size != cls->words * sizeof(void *)) {
            fail_msg("%s: the table group has %zu words, not %zu", cls->name,
                     (size_t)symbol->st_size / sizeof(void *), cls->words);
        }
        char name[128];
        const void *type = dlsym(RTLD_DEFAULT, table_symbol(name, sizeof name, "_ZTI", cls));
        for (size_t p = 0; p < cls->part_count; p++, parts++) {
            void *const *point = table + cls->parts[p].address_point;
            if ((intptr_t)point[-2] != -cls->parts[p].offset || (type && point[-1] != type)) {
                fail_msg("%s part %zu: offset to top %td, expected %lld", cls->name, p, (ptrdiff_t)point[-2],
                         -cls->parts[p].offset);
            }
        }
    }
    print_message("%zu parts have their offset to top and type information\n", parts);
    assert_true(parts > 200);
}

/* The start of QtPrivate::QMetaTypeInterface (qmetatype.h). */
typedef struct meta_type {
    unsigned short revision, align;
    unsigned size, flags;
    int id;
    void *meta_object;
    const char *name;
    void *construct, *copy, *move, *destroy; /* destroy: NULL if there is nothing to do */
} meta_type;

/* What the meta-type system was compiled with knows each value type: its size, and whether it is trivial. */
static void sizes_agree_with_the_meta_types(void **state)
{
    (void)state;
    size_t compared = 0;
    for (size_t c = 0; c < abi_class_count; c++) {
        const abi_class *cls = &abi_classes[c];
        char name[128];
        snprintf(name, sizeof name, "%s", cls->name);
        QMetaType type = q_metatype_from_name((QByteArrayView){(long long)strlen(name), name});
        if (!q_metatype_is_valid(&type)) {
            continue;
        }
        compared++;
        const meta_type *known = type.d_ptr;
        if (known->size != cls->size || known->align != cls->align) {
            fail_msg("%s: the generator has %lld bytes aligned to %lld, Qt %u aligned to %u", cls->name,
                     cls->size, cls->align, known->size, known->align);
        }
        /* A trivial class goes through registers, any other through memory: a mistake here is a crash. */
        if (cls->is_trivial != !known->destroy) {
            fail_msg("%s is %strivial, says the generator", cls->name, cls->is_trivial ? "" : "not ");
        }
    }
    print_message("%zu sizes and alignments equal QMetaType's\n", compared);
    assert_true(compared >= 30);
}

static void fields_lie_inside_in_order(void **state)
{
    (void)state;
    size_t fields = 0;
    for (size_t c = 0; c < abi_class_count; c++) {
        const abi_class *cls = &abi_classes[c];
        long long end = 0;
        for (size_t f = 0; f < cls->field_count; f++, fields++) {
            const abi_field *field = &cls->fields[f];
            bool inside = field->bits || field->offset + field->size <= cls->size;
            if (field->offset < (field->bits ? 0 : end) || field->size <= 0 || !inside) {
                fail_msg("%s.%s: offset %lld, size %lld", cls->name, field->name, field->offset, field->size);
            }
            end = field->bits ? end : field->offset + field->size;
        }
    }
    print_message("%zu fields\n", fields);
    assert_true(fields > 150);
}

/* The declarations in symbols.h are compiled into the runtime; here each is asked for by its name. */
static void the_runtimes_symbols_exist(void **state)
{
    (void)state;
    FILE *file = fopen(SYMBOLS_HEADER, "r");
    assert_non_null(file);
    static char text[65536];
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    size_t found = 0;
    for (char *at = strstr(text, "QT6C_SYMBOL(\""); at; at = strstr(at, "QT6C_SYMBOL(\"")) {
        char name[256] = "";
        at = strchr(at, '"');
        while (*at == '"') { /* adjacent literals are one */
            char *end = strchr(at + 1, '"');
            strncat(name, at + 1, (size_t)(end - at - 1));
            at = end + 1 + strspn(end + 1, " \n");
        }
        if (!dlsym(RTLD_DEFAULT, name)) {
            fail_msg("no library has %s", name);
        }
        found++;
    }
    assert_true(found >= 15);
}

/* The application registers QtGui's and QtWidgets' meta types. */
int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_slot_holds_the_final_overrider),
        cmocka_unit_test(the_lists_of_exceptions_are_true),
        cmocka_unit_test(parts_agree_with_the_tables),
        cmocka_unit_test(sizes_agree_with_the_meta_types),
        cmocka_unit_test(fields_lie_inside_in_order),
        cmocka_unit_test(the_runtimes_symbols_exist),
    };
    return cmocka_run_group_tests(tests, start_application, NULL);
}
