/* generator POLICY_DIR OUTPUT_DIR QT_VERSION -- compiler arguments... */
#include "emit.h"
#include "naming.h"
#include "parse.h"
#include "translate.h"
#include "vtable.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static FILE *open_or_exit(const char *path, const char *mode)
{
    FILE *file = fopen(path, mode);
    if (!file) {
        fprintf(stderr, "qt6c generator: cannot open %s: %s\n", path, strerror(errno));
        exit(1);
    }
    return file;
}

static void read_classes(gen_model *model, const char *path)
{
    FILE *file = open_or_exit(path, "r");
    char line[512];
    while (fgets(line, sizeof line, file)) {
        char name[128];
        char note[128] = "";
        if (line[0] == '#' || sscanf(line, "%127s %127s", name, note) < 1) {
            continue;
        }
        gen_class *cls = calloc(1, sizeof *cls);
        cls->name = gen_text("%s", name);
        cls->note = *note ? gen_text("%s", note) : NULL;
        model->classes = gen_grow(model->classes, model->class_count, sizeof *model->classes);
        model->classes[model->class_count++] = cls;
    }
    fclose(file);
}

static void read_pins(gen_pins *pins, const char *path)
{
    FILE *file = open_or_exit(path, "r");
    char line[512];
    while (fgets(line, sizeof line, file)) {
        char *end = strchr(line, ')');
        char name[128];
        if (line[0] == '#' || !end || sscanf(end + 1, "%127s", name) != 1) {
            continue;
        }
        pins->pins = gen_grow(pins->pins, pins->count, sizeof *pins->pins);
        pins->pins[pins->count].signature = gen_text("%.*s", (int)(end + 1 - line), line);
        pins->pins[pins->count++].name = gen_text("%s", name);
    }
    fclose(file);
}

/* exclusions.txt: "Class::method reason in words", or "method reason" for every class. */
static void read_exclusions(gen_model *model, const char *path)
{
    FILE *file = open_or_exit(path, "r");
    char line[512];
    while (fgets(line, sizeof line, file)) {
        char name[200];
        int reason_at = 0;
        if (line[0] == '#' || sscanf(line, "%199s %n", name, &reason_at) != 1) {
            continue;
        }
        line[strcspn(line, "\n")] = '\0';
        gen_exclude(model, name, gen_text("policy: %s", line + reason_at));
    }
    fclose(file);
}

/* A pin that names nothing is a slip, or a sign that this Qt differs. */
static void report_unused(const gen_pins *pins)
{
    for (size_t i = 0; i < pins->count; i++) {
        if (!pins->pins[i].used) {
            fprintf(stderr, "qt6c generator: policy/names.txt: no overload %s in this Qt\n",
                    pins->pins[i].signature);
        }
    }
}

static bool all_defined(const gen_model *model)
{
    bool all = true;
    for (size_t i = 0; i < model->class_count; i++) {
        if (!model->classes[i]->defined) {
            fprintf(stderr, "qt6c generator: class %s of the policy is not in Qt's headers\n",
                    model->classes[i]->name);
            all = false;
        }
    }
    return all;
}

static void emit_all(gen_model *model, const char *folder)
{
    mkdir(gen_text("%s/include", folder), 0755);
    mkdir(gen_text("%s/include/qt6c", folder), 0755);
    FILE *file = open_or_exit(gen_text("%s/include/qt6c/types.h", folder), "w");
    gen_emit_types(model, file);
    fclose(file);
    FILE *umbrella = open_or_exit(gen_text("%s/include/qt6c/qt6c.h", folder), "w");
    fprintf(umbrella, "/* Generated: all bound classes. */\n#ifndef QT6C_QT6C_H\n#define QT6C_QT6C_H\n");
    for (size_t i = 0; i < model->class_count; i++) {
        const char *header = gen_text("q%s.h", gen_class_prefix(model->classes[i]));
        file = open_or_exit(gen_text("%s/include/qt6c/%s", folder, header), "w");
        gen_emit_class(model, model->classes[i], file);
        fclose(file);
        fprintf(umbrella, "#include <qt6c/%s>\n", header);
    }
    fprintf(umbrella, "#endif\n");
    fclose(umbrella);
    file = open_or_exit(gen_text("%s/classes.c", folder), "w");
    gen_emit_class_objects(model, file);
    fclose(file);
    file = open_or_exit(gen_text("%s/abi_table.c", folder), "w");
    gen_emit_abi_table(model, file);
    fclose(file);
    file = open_or_exit(gen_text("%s/layout_checks.cpp", folder), "w");
    gen_emit_layout_checks(model, file);
    fclose(file);
    file = open_or_exit(gen_text("%s/coverage.txt", folder), "w");
    gen_emit_coverage(model, file);
    fclose(file);
}

int main(int argc, char **argv)
{
    if (argc < 5) {
        fprintf(stderr,
                "usage: generator POLICY_DIR OUTPUT_DIR QT_VERSION UMBRELLA [compiler arguments...]\n");
        return 2;
    }
    static const char *const libraries[] = {"libQt6Core.so.6", "libQt6Gui.so.6", "libQt6Widgets.so.6"};
    gen_model model = {0};
    gen_pins pins = {0};
    model.qt_version = argv[3];
    read_classes(&model, gen_text("%s/classes.txt", argv[1]));
    read_pins(&pins, gen_text("%s/names.txt", argv[1]));
    gen_parse_input input = {argv[4], (const char *const *)argv + 5, argc - 5};
    if (!gen_parse(&model, &input) || !all_defined(&model)) {
        return 1;
    }
    read_exclusions(&model, gen_text("%s/exclusions.txt", argv[1]));
    gen_settle_enums(&model);
    gen_order_classes(&model);
    gen_classify_classes(&model);
    gen_build_vtables(&model);
    if (!gen_find_symbols(&model, libraries, 3)) {
        return 1;
    }
    gen_translate_bodies(&model);
    gen_name_methods(&model, &pins);
    report_unused(&pins);
    gen_resolve_bodies(&model);
    emit_all(&model, argv[2]);
    gen_emit_summary(&model, stdout);
    return 0;
}
