#include "app/cli/config.h"

#include "app/cli/output.h"
#include "core/base/path.h"
#include "core/settings/settings_file.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

vt_settings vt_cli_settings(const vt_arguments *arguments)
{
    vt_settings settings;
    vt_error error = VT_ERROR_INIT;
    if (!vt_settings_load(NULL, &settings, &error)) {
        vt_cli_remark(arguments, "vitrine: %s", error.message);
    }
    return settings;
}

static void print_value(vt_setting which, int64_t value, vt_json_writer *json)
{
    const vt_setting_info *info = vt_setting_get(which);
    if (info->type == VT_SETTING_SWITCH) {
        vt_json_bool(json, value != 0);
    } else if (info->type == VT_SETTING_CHOICE) {
        vt_json_string(json, info->words[value]);
    } else {
        vt_json_int(json, value);
    }
}

static void print_words(const char *const *words, vt_json_writer *json)
{
    vt_json_key(json, "choices");
    vt_json_array_begin(json);
    for (; *words; words++) {
        vt_json_string(json, *words);
    }
    vt_json_array_end(json);
}

static void print_setting(vt_setting which, int64_t value, vt_json_writer *json)
{
    const vt_setting_info *info = vt_setting_get(which);
    const struct {
        const char *key, *text;
    } texts[] = {{"name", info->name}, {"group", info->group}, {"unit", info->unit}, {"help", info->help}};
    vt_json_object_begin(json);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        vt_json_key(json, texts[i].key);
        vt_json_string(json, texts[i].text);
    }
    vt_json_key(json, "value");
    print_value(which, value, json);
    vt_json_key(json, "default");
    print_value(which, info->standard, json);
    if (info->type == VT_SETTING_NUMBER) {
        vt_json_key(json, "least");
        vt_json_int(json, info->least);
        vt_json_key(json, "most");
        vt_json_int(json, info->most);
    } else if (info->type == VT_SETTING_CHOICE) {
        print_words(info->words, json);
    }
    vt_json_object_end(json);
}

static bool list_json(const vt_settings *settings, const char *path, vt_error *error)
{
    vt_json_writer json;
    vt_json_begin(&json, vt_json_to_file, stdout, VT_JSON_INDENTED);
    vt_json_object_begin(&json);
    vt_json_key(&json, "file");
    vt_json_string(&json, path);
    vt_json_key(&json, "settings");
    vt_json_array_begin(&json);
    for (int i = 0; i < VT_SETTING_COUNT; i++) {
        print_setting((vt_setting)i, settings->values[i], &json);
    }
    vt_json_array_end(&json);
    vt_json_object_end(&json);
    return vt_json_end(&json, error) && vt_cli_flush(error);
}

static void list_setting(vt_setting which, int64_t value)
{
    const vt_setting_info *info = vt_setting_get(which);
    char now[VT_SETTING_TEXT_SIZE], standard[VT_SETTING_TEXT_SIZE];
    vt_setting_format(which, value, now);
    vt_setting_format(which, info->standard, standard);
    printf("%s = %s%s%s\n    %s: %s\n    default %s", info->name, now, *info->unit ? " " : "", info->unit,
           info->title, info->help, standard);
    if (info->type == VT_SETTING_NUMBER) {
        printf(", from %" PRId64 " to %" PRId64, info->least, info->most);
    }
    for (size_t i = 0; info->words && info->words[i]; i++) {
        printf("%s%s", i == 0 ? "; choices: " : ", ", info->words[i]);
    }
    printf("%s%s\n", info->zero ? "; 0: " : "", info->zero ? info->zero : "");
}

static bool list(const vt_arguments *arguments, vt_error *error)
{
    const vt_settings settings = vt_cli_settings(arguments);
    char *path = vt_settings_default_path(error);
    if (!path) {
        return false;
    }
    if (arguments->json) {
        bool done = list_json(&settings, path, error);
        free(path);
        return done;
    }
    char *shown = vt_path_display(path);
    printf("file %s\n", shown ? shown : "");
    free(shown);
    free(path);
    const char *group = "";
    for (int i = 0; i < VT_SETTING_COUNT; i++) {
        const vt_setting_info *info = vt_setting_get((vt_setting)i);
        if (strcmp(group, info->group) != 0) {
            group = info->group;
            printf("\n%s\n\n", group);
        }
        list_setting((vt_setting)i, settings.values[i]);
    }
    return vt_cli_flush(error);
}

static bool get(const vt_arguments *arguments, vt_error *error)
{
    vt_setting which;
    if (!vt_setting_find(arguments->words[1], &which, error)) {
        return false;
    }
    const vt_settings settings = vt_cli_settings(arguments);
    if (arguments->json) {
        vt_json_writer json;
        vt_json_begin(&json, vt_json_to_file, stdout, VT_JSON_INDENTED);
        print_setting(which, settings.values[which], &json);
        return vt_json_end(&json, error) && vt_cli_flush(error);
    }
    char text[VT_SETTING_TEXT_SIZE];
    vt_setting_format(which, settings.values[which], text);
    puts(text);
    return vt_cli_flush(error);
}

static bool change(const vt_arguments *arguments, vt_error *error)
{
    vt_settings_change wanted = {.reset = strcmp(arguments->words[0], "reset") == 0};
    vt_settings settings;
    return vt_setting_find(arguments->words[1], &wanted.which, error) &&
           (wanted.reset || vt_setting_parse(wanted.which, arguments->words[2], &wanted.value, error)) &&
           vt_settings_save(NULL, &wanted, 1, &settings, error);
}

int vt_cli_config(const vt_arguments *arguments)
{
    static const struct {
        const char *name;
        size_t words; /* itself included */
        bool (*run)(const vt_arguments *arguments, vt_error *error);
    } actions[] = {{"list", 1, list}, {"get", 2, get}, {"set", 3, change}, {"reset", 2, change}};
    vt_error error = VT_ERROR_INIT;
    for (size_t i = 0; i < sizeof actions / sizeof *actions; i++) {
        if (strcmp(arguments->words[0], actions[i].name) != 0) {
            continue;
        }
        if (arguments->word_count != actions[i].words) {
            vt_error_set(&error, VT_ERROR_USAGE, "config %s takes %zu more words, not %zu", actions[i].name,
                         actions[i].words - 1, arguments->word_count - 1);
            return vt_cli_wrong_usage(arguments->command, &error);
        }
        return actions[i].run(arguments, &error) ? VT_EXIT_DONE : vt_cli_fail(&error);
    }
    vt_error_set(&error, VT_ERROR_USAGE, "config has list, get, set and reset, not '%.64s'",
                 arguments->words[0]);
    return vt_cli_wrong_usage(arguments->command, &error);
}
