/* vitrine report: what the last run of the window measured. */
#include "core/perf/report.h"
#include "app/cli/output.h"
#include "core/base/file.h"
#include "core/base/replaceable.h"
#include "core/perf/last_run.h"

#include <stdio.h>
#include <string.h>

static bool write_out(const char *path, const vt_str *text, vt_error *error)
{
    enum { MODE = 0644 };
    if (path && strcmp(path, "-") != 0) {
        return vt_file_is_replaceable(path, &vt_report_html_kind, error) &&
               vt_file_replace(path, text->data, text->length, MODE, error);
    }
    fwrite(text->data, 1, text->length, stdout);
    return vt_cli_flush(error);
}

int vt_cli_report(const vt_arguments *arguments)
{
    vt_error error = VT_ERROR_INIT;
    vt_str text = VT_STR_INIT;
    const char *html = vt_arguments_value(arguments, "html");
    vt_last_run_form form = html ? VT_LAST_RUN_HTML : arguments->json ? VT_LAST_RUN_JSON : VT_LAST_RUN_TEXT;
    bool done = vt_last_run_read(form, &text, &error) && write_out(html, &text, &error);
    if (done && html && strcmp(html, "-") != 0) {
        vt_cli_remark(arguments, "written to %s", html);
    }
    vt_str_free(&text);
    return done ? VT_EXIT_DONE : vt_cli_fail(&error);
}
