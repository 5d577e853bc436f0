#include "app/ui/parts/qt_texts.h"

#include "core/base/translatable.h"

/* A line is found by scripts/texts like any other text of the window. */
#define KEY(text)    "QShortcut", VT_TR_NOOP("QShortcut", text)
#define BUTTON(text) "QPlatformTheme", VT_TR_NOOP("QPlatformTheme", text)
#define LINE(text)   "QLineEdit", VT_TR_NOOP("QLineEdit", text)
#define TEXT(text)   "QWidgetTextControl", VT_TR_NOOP("QWidgetTextControl", text)
#define NUMBER(text) "QAbstractSpinBox", VT_TR_NOOP("QAbstractSpinBox", text)
#define BAR(text)    "QScrollBar", VT_TR_NOOP("QScrollBar", text)
#define FILES(text)  "QFileDialog", VT_TR_NOOP("QFileDialog", text)
#define DISK(text)   "QFileSystemModel", VT_TR_NOOP("QFileSystemModel", text)

static const vt_qt_text texts[] = {
    {KEY("Ctrl")},
    {KEY("Shift")},
    {KEY("Alt")},
    {KEY("Meta")},
    {KEY("Num")},
    {KEY("Space")},
    {KEY("Esc")},
    {KEY("Tab")},
    {KEY("Backtab")},
    {KEY("Backspace")},
    {KEY("Return")},
    {KEY("Enter")},
    {KEY("Ins")},
    {KEY("Del")},
    {KEY("Pause")},
    {KEY("Print")},
    {KEY("Home")},
    {KEY("End")},
    {KEY("Left")},
    {KEY("Up")},
    {KEY("Right")},
    {KEY("Down")},
    {KEY("PgUp")},
    {KEY("PgDown")},
    {KEY("Menu")},
    {KEY("Help")},

    {BUTTON("OK")},
    {BUTTON("Save")},
    {BUTTON("Save All")},
    {BUTTON("Open")},
    {BUTTON("&Yes")},
    {BUTTON("Yes to &All")},
    {BUTTON("&No")},
    {BUTTON("N&o to All")},
    {BUTTON("Abort")},
    {BUTTON("Retry")},
    {BUTTON("Ignore")},
    {BUTTON("Close")},
    {BUTTON("Cancel")},
    {BUTTON("Discard")},
    {BUTTON("Help")},
    {BUTTON("Apply")},
    {BUTTON("Reset")},
    {BUTTON("Restore Defaults")},

    {LINE("&Undo")},
    {LINE("&Redo")},
    {LINE("Cu&t")},
    {LINE("&Copy")},
    {LINE("&Paste")},
    {LINE("Delete")},
    {LINE("Select All")},

    {TEXT("&Undo")},
    {TEXT("&Redo")},
    {TEXT("Cu&t")},
    {TEXT("&Copy")},
    {TEXT("Copy &Link Location")},
    {TEXT("&Paste")},
    {TEXT("Delete")},
    {TEXT("Select All")},

    {NUMBER("&Select All")},
    {NUMBER("&Step up")},
    {NUMBER("Step &down")},

    {BAR("Scroll here")},
    {BAR("Left edge")},
    {BAR("Top")},
    {BAR("Right edge")},
    {BAR("Bottom")},
    {BAR("Page left")},
    {BAR("Page up")},
    {BAR("Page right")},
    {BAR("Page down")},
    {BAR("Scroll left")},
    {BAR("Scroll up")},
    {BAR("Scroll right")},
    {BAR("Scroll down")},

    {FILES("Look in:")},
    {FILES("Directory:")},
    {FILES("File &name:")},
    {FILES("Files of type:")},
    {FILES("&Choose")},
    {FILES("&Open")},
    {FILES("&Save")},
    {FILES("Back")},
    {FILES("Go back")},
    {FILES("Forward")},
    {FILES("Go forward")},
    {FILES("Parent Directory")},
    {FILES("Go to the parent directory")},
    {FILES("Create New Folder")},
    {FILES("Create a New Folder")},
    {FILES("List View")},
    {FILES("Change to list view mode")},
    {FILES("Detail View")},
    {FILES("Change to detail view mode")},
    {FILES("All Files (*)")},
    {FILES("Show &hidden files")},
    {FILES("&New Folder")},
    {FILES("New Folder")},
    {FILES("&Rename")},
    {FILES("&Delete")},
    {FILES("Delete")},
    {FILES("%1 already exists.\nDo you want to replace it?")},
    {FILES("%1\nDirectory not found.\nPlease verify the correct directory name was given.")},
    {FILES("%1\nFile not found.\nPlease verify the correct file name was given.")},

    {DISK("Name")},
    {DISK("Size")},
    {DISK("Type")},
    {DISK("Date Modified")},
    {DISK("Computer")},

    {"QKeySequenceEdit", VT_TR_NOOP("QKeySequenceEdit", "Press shortcut")},
};

enum { COUNT = sizeof texts / sizeof *texts };

size_t vt_qt_text_count(void)
{
    return COUNT;
}

const vt_qt_text *vt_qt_text_get(size_t index)
{
    return &texts[index];
}
