#include "app/ui/files/file_mime.h"

#include "core/base/uri.h"

#include <qt6c/class.h>
#include <qt6c/list.h>
#include <qt6c/string.h>
#include <qt6c/variant.h>

#include <stdlib.h>
#include <string.h>

typedef struct file_mime {
    QMimeData mime; /* first */
    vt_mime_files files;
} file_mime;

typedef struct file_format {
    const char *name, *before; /* the first URI */
    const char *between;       /* them, and behind each where `ends` */
    bool ends;
} file_format;

static const file_format formats[] = {
    {"text/uri-list", "", "\r\n", true},
    {"x-special/gnome-copied-files", "copy\n", "\n", false},
};
enum { FORMAT_COUNT = sizeof formats / sizeof *formats };

static const file_format *find(const QString *name)
{
    char *text = qt_string_to_utf8(name);
    const file_format *found = NULL;
    for (size_t i = 0; text && i < FORMAT_COUNT; i++) {
        found = strcmp(text, formats[i].name) == 0 ? &formats[i] : found;
    }
    free(text);
    return found;
}

static bool has_format(const QMimeData *self, const QString *name)
{
    (void)self;
    return find(name) != NULL;
}

static QList list_formats(const QMimeData *self)
{
    (void)self;
    const char *names[FORMAT_COUNT];
    for (size_t i = 0; i < FORMAT_COUNT; i++) {
        names[i] = formats[i].name;
    }
    return qt_string_list_from(names, FORMAT_COUNT);
}

static void add_files(const vt_mime_files *files, const file_format *format, vt_str *text)
{
    vt_str path = VT_STR_INIT;
    bool first = true;
    for (size_t i = 0; i < files->count; i++) {
        vt_str_clear(&path);
        files->path(files->user, i, &path);
        if (!path.length) {
            continue;
        }
        if (!first && !format->ends) {
            vt_str_append_cstr(text, format->between);
        }
        vt_uri_from_path(path.data, path.length, text);
        if (format->ends) {
            vt_str_append_cstr(text, format->between);
        }
        first = false;
    }
    vt_str_free(&path);
}

static QVariant retrieve_data(const QMimeData *self, const QString *name, QMetaType type)
{
    (void)type;
    const file_mime *mime = (const file_mime *)self;
    const file_format *format = find(name);
    if (!format) {
        return qt_variant_null();
    }
    vt_str text = VT_STR_INIT;
    vt_str_append_cstr(&text, format->before);
    add_files(&mime->files, format, &text);
    QByteArray bytes = qt_bytearray_from_bytes(text.data, text.length);
    QVariant variant = qt_variant_of(QT_TYPE_BYTES, &bytes);
    qt_bytearray_release(&bytes);
    vt_str_free(&text);
    return variant;
}

static void mime_finish(void *self)
{
    file_mime *mime = self;
    if (mime->files.release) {
        mime->files.release(mime->files.user);
    }
}

static const QMimeDataVirtuals virtuals = {
    .has_format = has_format, .formats = list_formats, .retrieve_data = retrieve_data};
static qt_subclass mime_class = {.base = &qt_class_QMimeData,
                                 .virtuals = &virtuals,
                                 .instance_size = sizeof(file_mime),
                                 .finish = mime_finish};

QMimeData *vt_file_mime_create(const vt_mime_files *files)
{
    file_mime *mime = qt_subclass_allocate(&mime_class);
    q_mimedata_init(&mime->mime);
    qt_subclass_install(&mime_class, mime);
    mime->files = *files;
    return &mime->mime;
}
