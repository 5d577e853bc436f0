<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>QAbstractSpinBox</name>
    <message>
        <source>&amp;Select All</source>
        <translation>Alles au&amp;swählen</translation>
    </message>
    <message>
        <source>&amp;Step up</source>
        <translation>&amp;Größer</translation>
    </message>
    <message>
        <source>Step &amp;down</source>
        <translation>&amp;Kleiner</translation>
    </message>
</context>
<context>
    <name>QFileDialog</name>
    <message>
        <source>%1 already exists.&#xa;Do you want to replace it?</source>
        <translation>%1 gibt es schon.&#xa;Soll es ersetzt werden?</translation>
    </message>
    <message>
        <source>%1&#xa;Directory not found.&#xa;Please verify the correct directory name was given.</source>
        <translation>%1&#xa;Den Ordner gibt es nicht.&#xa;Bitte prüfen Sie seinen Namen.</translation>
    </message>
    <message>
        <source>%1&#xa;File not found.&#xa;Please verify the correct file name was given.</source>
        <translation>%1&#xa;Die Datei gibt es nicht.&#xa;Bitte prüfen Sie ihren Namen.</translation>
    </message>
    <message>
        <source>&amp;Choose</source>
        <translation>&amp;Auswählen</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>&amp;Löschen</translation>
    </message>
    <message>
        <source>&amp;New Folder</source>
        <translation>&amp;Neuer Ordner</translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>Ö&amp;ffnen</translation>
    </message>
    <message>
        <source>&amp;Rename</source>
        <translation>&amp;Umbenennen</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>&amp;Speichern</translation>
    </message>
    <message>
        <source>All Files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Change to detail view mode</source>
        <translation>Mit Einzelheiten zeigen</translation>
    </message>
    <message>
        <source>Change to list view mode</source>
        <translation>Als Liste zeigen</translation>
    </message>
    <message>
        <source>Create New Folder</source>
        <translation>Neuer Ordner</translation>
    </message>
    <message>
        <source>Create a New Folder</source>
        <translation>Einen neuen Ordner anlegen</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Detail View</source>
        <translation>Einzelheiten</translation>
    </message>
    <message>
        <source>Directory:</source>
        <translation>Ordner:</translation>
    </message>
    <message>
        <source>File &amp;name:</source>
        <translation>Datei&amp;name:</translation>
    </message>
    <message>
        <source>Files of type:</source>
        <translation>Dateien der Art:</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>Vor</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Go forward</source>
        <translation>Vor</translation>
    </message>
    <message>
        <source>Go to the parent directory</source>
        <translation>Zum übergeordneten Ordner</translation>
    </message>
    <message>
        <source>List View</source>
        <translation>Liste</translation>
    </message>
    <message>
        <source>Look in:</source>
        <translation>Suchen in:</translation>
    </message>
    <message>
        <source>New Folder</source>
        <translation>Neuer Ordner</translation>
    </message>
    <message>
        <source>Parent Directory</source>
        <translation>Übergeordneter Ordner</translation>
    </message>
    <message>
        <source>Show &amp;hidden files</source>
        <translation>&amp;Versteckte Dateien zeigen</translation>
    </message>
</context>
<context>
    <name>QFileSystemModel</name>
    <message>
        <source>Computer</source>
        <translation>Rechner</translation>
    </message>
    <message>
        <source>Date Modified</source>
        <translation>Geändert</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Art</translation>
    </message>
</context>
<context>
    <name>QKeySequenceEdit</name>
    <message>
        <source>Press shortcut</source>
        <translation>Tasten drücken</translation>
    </message>
</context>
<context>
    <name>QLineEdit</name>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>&amp;Einfügen</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>Wieder&amp;holen</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation>&amp;Ausschneiden</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Select All</source>
        <translation>Alles auswählen</translation>
    </message>
</context>
<context>
    <name>QPlatformTheme</name>
    <message>
        <source>&amp;No</source>
        <translation>&amp;Nein</translation>
    </message>
    <message>
        <source>&amp;Yes</source>
        <translation>&amp;Ja</translation>
    </message>
    <message>
        <source>Abort</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Anwenden</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>Ignore</source>
        <translation>Ignorieren</translation>
    </message>
    <message>
        <source>N&amp;o to All</source>
        <translation>N&amp;ein, keine</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>OK</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>Restore Defaults</source>
        <translation>Voreinstellungen</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Save All</source>
        <translation>Alles speichern</translation>
    </message>
    <message>
        <source>Yes to &amp;All</source>
        <translation>Ja, &amp;alle</translation>
    </message>
</context>
<context>
    <name>QScrollBar</name>
    <message>
        <source>Bottom</source>
        <translation>Ende</translation>
    </message>
    <message>
        <source>Left edge</source>
        <translation>Ganz nach links</translation>
    </message>
    <message>
        <source>Page down</source>
        <translation>Eine Seite hinab</translation>
    </message>
    <message>
        <source>Page left</source>
        <translation>Eine Seite nach links</translation>
    </message>
    <message>
        <source>Page right</source>
        <translation>Eine Seite nach rechts</translation>
    </message>
    <message>
        <source>Page up</source>
        <translation>Eine Seite hinauf</translation>
    </message>
    <message>
        <source>Right edge</source>
        <translation>Ganz nach rechts</translation>
    </message>
    <message>
        <source>Scroll down</source>
        <translation>Hinab</translation>
    </message>
    <message>
        <source>Scroll here</source>
        <translation>Hierher</translation>
    </message>
    <message>
        <source>Scroll left</source>
        <translation>Nach links</translation>
    </message>
    <message>
        <source>Scroll right</source>
        <translation>Nach rechts</translation>
    </message>
    <message>
        <source>Scroll up</source>
        <translation>Hinauf</translation>
    </message>
    <message>
        <source>Top</source>
        <translation>Anfang</translation>
    </message>
</context>
<context>
    <name>QShortcut</name>
    <message>
        <source>Alt</source>
        <translation>Alt</translation>
    </message>
    <message>
        <source>Backspace</source>
        <translation>Rücktaste</translation>
    </message>
    <message>
        <source>Backtab</source>
        <translation>Rück-Tab</translation>
    </message>
    <message>
        <source>Ctrl</source>
        <translation>Strg</translation>
    </message>
    <message>
        <source>Del</source>
        <translation>Entf</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>Runter</translation>
    </message>
    <message>
        <source>End</source>
        <translation>Ende</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>Home</source>
        <translation>Pos1</translation>
    </message>
    <message>
        <source>Ins</source>
        <translation>Einfg</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>Links</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>Menü</translation>
    </message>
    <message>
        <source>Meta</source>
        <translation>Meta</translation>
    </message>
    <message>
        <source>Num</source>
        <translation>Num</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>PgDown</source>
        <translation>Bild ab</translation>
    </message>
    <message>
        <source>PgUp</source>
        <translation>Bild auf</translation>
    </message>
    <message>
        <source>Print</source>
        <translation>Druck</translation>
    </message>
    <message>
        <source>Return</source>
        <translation>Eingabe</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>Rechts</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>Umschalt</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Leertaste</translation>
    </message>
    <message>
        <source>Tab</source>
        <translation>Tab</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>Hoch</translation>
    </message>
</context>
<context>
    <name>QWidgetTextControl</name>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>&amp;Einfügen</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>Wieder&amp;holen</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>Copy &amp;Link Location</source>
        <translation>Adresse des Ver&amp;weises kopieren</translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation>&amp;Ausschneiden</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Select All</source>
        <translation>Alles auswählen</translation>
    </message>
</context>
<context>
    <name>activity</name>
    <message numerus="yes">
        <source> %n of them match the filter.</source>
        <translation><numerusform> %n davon passt zum Filter.</numerusform><numerusform> %n davon passen zum Filter.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source> and %n more</source>
        <translation><numerusform> und %n weiterer</numerusform><numerusform> und %n weiteren</numerusform></translation>
    </message>
    <message>
        <source>%1 failed</source>
        <translation>%1 fehlgeschlagen</translation>
    </message>
    <message>
        <source>%1 imported</source>
        <translation>%1 importiert</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>noch %1</translation>
    </message>
    <message>
        <source>%1 left out</source>
        <translation>%1 ausgelassen</translation>
    </message>
    <message>
        <source>%1 links</source>
        <translation>%1 Verknüpfungen</translation>
    </message>
    <message>
        <source>%1 missing</source>
        <translation>%1 fehlen</translation>
    </message>
    <message>
        <source>%1 moved</source>
        <translation>%1 verschoben</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>%1 of %2 files</source>
        <translation>%1 von %2 Dateien</translation>
    </message>
    <message>
        <source>%1 offline</source>
        <translation>%1 offline</translation>
    </message>
    <message>
        <source>%1 other files</source>
        <translation>%1 andere Dateien</translation>
    </message>
    <message>
        <source>%1 unchanged</source>
        <translation>%1 unverändert</translation>
    </message>
    <message>
        <source>%1 updated</source>
        <translation>%1 aktualisiert</translation>
    </message>
    <message numerus="yes">
        <source>%n files are next</source>
        <translation><numerusform>%n Datei als Nächstes</numerusform><numerusform>%n Dateien als Nächstes</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n files could not be taken in. They are tried again when they change.</source>
        <translation><numerusform>%n Datei konnte nicht aufgenommen werden. Sie wird erneut versucht, wenn sie sich ändert.</numerusform><numerusform>%n Dateien konnten nicht aufgenommen werden. Sie werden erneut versucht, wenn sie sich ändern.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n folders and files</source>
        <translation><numerusform>%n Ordner oder Datei</numerusform><numerusform>%n Ordner und Dateien</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n imports</source>
        <translation><numerusform>%n Import</numerusform><numerusform>%n Importe</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n imports at work</source>
        <translation><numerusform>%n Import läuft</numerusform><numerusform>%n Importe laufen</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n more than are shown here</source>
        <translation><numerusform>%n mehr, als hier zu sehen ist</numerusform><numerusform>%n mehr, als hier zu sehen sind</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n nearby pictures wait</source>
        <translation><numerusform>%n Bild in der Nähe wartet</numerusform><numerusform>%n Bilder in der Nähe warten</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n visible pictures wait</source>
        <translation><numerusform>%n sichtbares Bild wartet</numerusform><numerusform>%n sichtbare Bilder warten</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>, and %n others</source>
        <translation><numerusform>, und %n weiterer</numerusform><numerusform>, und %n weitere</numerusform></translation>
    </message>
    <message>
        <source>. What it had imported is kept.</source>
        <translation>. Was schon importiert war, bleibt.</translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>Aktivität</translation>
    </message>
    <message>
        <source>All imports</source>
        <translation>Alle Importe</translation>
    </message>
    <message>
        <source>All imports of this session (Ctrl+J)</source>
        <translation>Alle Importe dieser Sitzung (Strg+J)</translation>
    </message>
    <message>
        <source>An import of %1 was interrupted</source>
        <translation>Ein Import von %1 wurde unterbrochen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Cancel %1</source>
        <translation>%1 abbrechen</translation>
    </message>
    <message>
        <source>Cancel all</source>
        <translation>Alle abbrechen</translation>
    </message>
    <message>
        <source>Cancel every import</source>
        <translation>Alle Importe abbrechen</translation>
    </message>
    <message>
        <source>Clear finished</source>
        <translation>Fertige entfernen</translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation>Diese Meldung schließen</translation>
    </message>
    <message>
        <source>Copy list</source>
        <translation>Liste kopieren</translation>
    </message>
    <message>
        <source>Decide later</source>
        <translation>Später entscheiden</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Einzelheiten</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Every file could be taken in.</source>
        <translation>Alle Dateien konnten aufgenommen werden.</translation>
    </message>
    <message>
        <source>Failed files</source>
        <translation>Fehlgeschlagene Dateien</translation>
    </message>
    <message>
        <source>Failures of %1</source>
        <translation>Fehlgeschlagenes von %1</translation>
    </message>
    <message>
        <source>Failures…</source>
        <translation>Fehler …</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Files that could not be imported</source>
        <translation>Dateien, die nicht importiert werden konnten</translation>
    </message>
    <message>
        <source>Filter failures</source>
        <translation>Fehlgeschlagene filtern</translation>
    </message>
    <message>
        <source>Filter: words of path or reason</source>
        <translation>Filter: Wörter aus Pfad oder Grund</translation>
    </message>
    <message>
        <source>Forget the interrupted import; what it had imported stays</source>
        <translation>Den unterbrochenen Import vergessen; was schon importiert war, bleibt</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Go on with %1</source>
        <translation>%1 fortsetzen</translation>
    </message>
    <message>
        <source>Go on with all</source>
        <translation>Alle fortsetzen</translation>
    </message>
    <message>
        <source>Importing %1:</source>
        <translation>Import von %1:</translation>
    </message>
    <message>
        <source>Imports</source>
        <translation>Importe</translation>
    </message>
    <message>
        <source>No import is at work</source>
        <translation>Es läuft kein Import</translation>
    </message>
    <message>
        <source>No import yet in this session. Add a folder to begin one.</source>
        <translation>In dieser Sitzung gab es noch keinen Import. Fügen Sie einen Ordner hinzu, um einen zu beginnen.</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Pause %1</source>
        <translation>%1 anhalten</translation>
    </message>
    <message>
        <source>Pause all</source>
        <translation>Alle anhalten</translation>
    </message>
    <message>
        <source>Paused %1:</source>
        <translation>Angehalten: %1:</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>Wird gelesen …</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Searching %1:</source>
        <translation>Suche in %1:</translation>
    </message>
    <message>
        <source>Show failures…</source>
        <translation>Fehler anzeigen …</translation>
    </message>
    <message>
        <source>Show in file manager</source>
        <translation>In der Dateiverwaltung zeigen</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Wird beendet …</translation>
    </message>
    <message>
        <source>The list cannot be read: %1</source>
        <translation>Die Liste kann nicht gelesen werden: %1</translation>
    </message>
    <message>
        <source>The list has been copied</source>
        <translation>Die Liste wurde kopiert</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Try again now; it is tried by itself once there is room</source>
        <translation>Jetzt erneut versuchen; sobald Platz ist, geschieht es von selbst</translation>
    </message>
    <message>
        <source>Try selected again</source>
        <translation>Ausgewählte erneut versuchen</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>abgebrochen</translation>
    </message>
    <message>
        <source>memory critical</source>
        <translation>Speicher kritisch</translation>
    </message>
    <message>
        <source>memory elevated</source>
        <translation>Speicher erhöht</translation>
    </message>
    <message>
        <source>memory high</source>
        <translation>Speicher hoch</translation>
    </message>
    <message>
        <source>memory normal</source>
        <translation>Speicher normal</translation>
    </message>
    <message>
        <source>not read until the next start: %1 (one after the other crashed the decoder)</source>
        <translation>bis zum nächsten Start nicht gelesen: %1 (eine nach der anderen ließ den Decoder abstürzen)</translation>
    </message>
    <message>
        <source>nothing to import there</source>
        <translation>dort gibt es nichts zu importieren</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>reading</source>
        <translation>wird gelesen</translation>
    </message>
    <message numerus="yes">
        <source>reading %n files, at most %1 at once</source>
        <translation><numerusform>%n Datei wird gelesen, höchstens %1 zugleich</numerusform><numerusform>%n Dateien werden gelesen, höchstens %1 zugleich</numerusform></translation>
    </message>
    <message>
        <source>searching</source>
        <translation>wird gesucht</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>abgebrochen</translation>
    </message>
    <message>
        <source>stopping</source>
        <translation>wird beendet</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>wartet</translation>
    </message>
</context>
<context>
    <name>albums</name>
    <message>
        <source>Add to an album</source>
        <translation>Zu einem Album hinzufügen</translation>
    </message>
    <message>
        <source>Album</source>
        <translation>Album</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message numerus="yes">
        <source>Name of the album, which gets %n items</source>
        <translation><numerusform>Name des Albums, das %n Element bekommt</numerusform><numerusform>Name des Albums, das %n Elemente bekommt</numerusform></translation>
    </message>
    <message>
        <source>New album</source>
        <translation>Neues Album</translation>
    </message>
    <message>
        <source>Remove from an album</source>
        <translation>Aus einem Album entfernen</translation>
    </message>
    <message>
        <source>Rename the album</source>
        <translation>Album umbenennen</translation>
    </message>
    <message>
        <source>The chosen item is in no album</source>
        <translation>Das gewählte Element ist in keinem Album</translation>
    </message>
</context>
<context>
    <name>captions</name>
    <message>
        <source>&amp;Dimensions</source>
        <translation>&amp;Abmessungen</translation>
    </message>
    <message>
        <source>&amp;Folder</source>
        <translation>&amp;Ordner</translation>
    </message>
    <message>
        <source>&amp;Label</source>
        <translation>&amp;Farbmarkierung</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
    <message>
        <source>&amp;Rating</source>
        <translation>&amp;Bewertung</translation>
    </message>
    <message>
        <source>D&amp;ate changed</source>
        <translation>Än&amp;derungsdatum</translation>
    </message>
    <message>
        <source>Date &amp;taken</source>
        <translation>A&amp;ufnahmedatum</translation>
    </message>
    <message>
        <source>File &amp;size</source>
        <translation>Datei&amp;größe</translation>
    </message>
</context>
<context>
    <name>cards</name>
    <message numerus="yes">
        <source>%n items</source>
        <translation><numerusform>%n Element</numerusform><numerusform>%n Elemente</numerusform></translation>
    </message>
    <message>
        <source>Group</source>
        <translation>Gruppe</translation>
    </message>
    <message>
        <source>Group %1</source>
        <translation>Gruppe %1</translation>
    </message>
    <message>
        <source>Items</source>
        <translation>Elemente</translation>
    </message>
    <message>
        <source>Jump to</source>
        <translation>Springen zu</translation>
    </message>
    <message>
        <source>cannot be read</source>
        <translation>nicht lesbar</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>fehlt</translation>
    </message>
    <message>
        <source>offline</source>
        <translation>nicht erreichbar</translation>
    </message>
</context>
<context>
    <name>column</name>
    <message numerus="yes">
        <source>%1 of %n</source>
        <translation><numerusform>%1 von %n</numerusform><numerusform>%1 von %n</numerusform></translation>
    </message>
    <message>
        <source>%1 rows are too many for the clipboard: save them as a file</source>
        <translation>%1 Zeilen sind zu viele für die Zwischenablage: als Datei speichern</translation>
    </message>
    <message numerus="yes">
        <source>%n rows have been copied as CSV</source>
        <translation><numerusform>%n Zeile wurde als CSV kopiert</numerusform><numerusform>%n Zeilen wurden als CSV kopiert</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n rows have been written to %1</source>
        <translation><numerusform>%n Zeile wurde nach %1 geschrieben</numerusform><numerusform>%n Zeilen wurden nach %1 geschrieben</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n stars</source>
        <translation><numerusform>%n Stern</numerusform><numerusform>%n Sterne</numerusform></translation>
    </message>
    <message>
        <source>, then %1</source>
        <translation>, dann %1</translation>
    </message>
    <message>
        <source>Albums</source>
        <translation>Alben</translation>
    </message>
    <message>
        <source>Arrival</source>
        <translation>Eingang</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Geändert</translation>
    </message>
    <message>
        <source>Click: sort by it. Shift and click: then by it, too.</source>
        <translation>Klick: danach ordnen. Umschalt und Klick: zusätzlich danach ordnen.</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Spalten</translation>
    </message>
    <message>
        <source>Columns as at first</source>
        <translation>Spalten wie am Anfang</translation>
    </message>
    <message>
        <source>Columns of the table</source>
        <translation>Spalten der Tabelle</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Datum</translation>
    </message>
    <message>
        <source>Dimensions</source>
        <translation>Abmessungen</translation>
    </message>
    <message>
        <source>Do not sort by %1</source>
        <translation>Nicht nach „%1“ ordnen</translation>
    </message>
    <message>
        <source>Edit %1</source>
        <translation>%1 bearbeiten</translation>
    </message>
    <message>
        <source>Fit widths</source>
        <translation>Breiten anpassen</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>Frames</source>
        <translation>Einzelbilder</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>Höhe</translation>
    </message>
    <message>
        <source>Hide %1</source>
        <translation>„%1“ ausblenden</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Items as a table</source>
        <translation>Elemente als Tabelle</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>Farbe</translation>
    </message>
    <message>
        <source>Megapixels</source>
        <translation>Megapixel</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>No</source>
        <translation>Nein</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>Pfad</translation>
    </message>
    <message>
        <source>Pixels</source>
        <translation>Pixel</translation>
    </message>
    <message>
        <source>Place in the album</source>
        <translation>Platz im Album</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>Bewertung</translation>
    </message>
    <message>
        <source>Rows are being copied already</source>
        <translation>Es werden schon Zeilen kopiert</translation>
    </message>
    <message>
        <source>Sequence</source>
        <translation>Sequenz</translation>
    </message>
    <message>
        <source>Show all columns</source>
        <translation>Alle Spalten anzeigen</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Sort by %1</source>
        <translation>Nach „%1“ ordnen</translation>
    </message>
    <message>
        <source>Sorted by %1</source>
        <translation>Geordnet nach %1</translation>
    </message>
    <message>
        <source>Stack</source>
        <translation>Stapel</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>Tabellen (*.csv)</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Schlagwörter</translation>
    </message>
    <message>
        <source>Taken</source>
        <translation>Aufgenommen</translation>
    </message>
    <message>
        <source>The library is open for reading only: nothing can be edited</source>
        <translation>Die Bibliothek ist nur zum Lesen geöffnet: nichts kann bearbeitet werden</translation>
    </message>
    <message>
        <source>Then sort by %1</source>
        <translation>Dann nach „%1“ ordnen</translation>
    </message>
    <message>
        <source>There are no rows to be copied</source>
        <translation>Es gibt keine Zeilen zum Kopieren</translation>
    </message>
    <message>
        <source>There is no memory left for that</source>
        <translation>Dafür ist kein Speicher mehr frei</translation>
    </message>
    <message>
        <source>These are too many tags for one line</source>
        <translation>Das sind zu viele Schlagwörter für eine Zeile</translation>
    </message>
    <message>
        <source>These tags do not fit into one line: edit them in the item panel</source>
        <translation>Diese Schlagwörter passen nicht in eine Zeile: bearbeiten Sie sie in der Elementleiste</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>Triangles</source>
        <translation>Dreiecke</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>Unbekannt</translation>
    </message>
    <message>
        <source>Watertight</source>
        <translation>Wasserdicht</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>Breite</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>Ja</translation>
    </message>
    <message>
        <source>cannot be read</source>
        <translation>nicht lesbar</translation>
    </message>
    <message numerus="yes">
        <source>cover of %n</source>
        <translation><numerusform>Titel von %n</numerusform><numerusform>Titel von %n</numerusform></translation>
    </message>
    <message>
        <source>in the trash</source>
        <translation>im Papierkorb</translation>
    </message>
    <message>
        <source>items.csv</source>
        <translation>elemente.csv</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>fehlt</translation>
    </message>
    <message>
        <source>not read yet</source>
        <translation>noch nicht gelesen</translation>
    </message>
    <message>
        <source>offline</source>
        <translation>nicht verbunden</translation>
    </message>
</context>
<context>
    <name>duplicates</name>
    <message>
        <source>%1 to gain</source>
        <translation>%1 zu gewinnen</translation>
    </message>
    <message numerus="yes">
        <source>%n copies, %1 each</source>
        <translation><numerusform>%n Exemplar, %1</numerusform><numerusform>%n Exemplare, je %1</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n duplicates are selected; the best of each group is not</source>
        <translation><numerusform>%n Duplikat ist ausgewählt, das beste jeder Gruppe nicht</numerusform><numerusform>%n Duplikate sind ausgewählt, das beste jeder Gruppe nicht</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n files could not be compared</source>
        <translation><numerusform>%n Datei konnte nicht verglichen werden</numerusform><numerusform>%n Dateien konnten nicht verglichen werden</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n groups</source>
        <translation><numerusform>%n Gruppe</numerusform><numerusform>%n Gruppen</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n images have no thumbnail yet</source>
        <translation><numerusform>%n Bild hat noch kein Vorschaubild</numerusform><numerusform>%n Bilder haben noch kein Vorschaubild</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n images look alike</source>
        <translation><numerusform>%n Bild sieht ähnlich aus</numerusform><numerusform>%n Bilder sehen ähnlich aus</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n items are there with the same content</source>
        <translation><numerusform>%n Element ist mit gleichem Inhalt vorhanden</numerusform><numerusform>%n Elemente sind mit gleichem Inhalt vorhanden</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n items have come since</source>
        <translation><numerusform>seitdem ist %n Element hinzugekommen</numerusform><numerusform>seitdem sind %n Elemente hinzugekommen</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n look alike, the best %1</source>
        <translation><numerusform>%n sieht ähnlich aus, %1</numerusform><numerusform>%n sehen ähnlich aus, das beste %1</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n names of one file, %1</source>
        <translation><numerusform>%n Name einer Datei, %1</numerusform><numerusform>%n Namen einer Datei, %1</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n of them are hard links: the same files</source>
        <translation><numerusform>davon %n harter Link: dieselbe Datei</numerusform><numerusform>davon %n harte Links: dieselben Dateien</numerusform></translation>
    </message>
    <message>
        <source>As of %1</source>
        <translation>Stand %1</translation>
    </message>
    <message>
        <source>As of %1.</source>
        <translation>Stand %1.</translation>
    </message>
    <message>
        <source>Comparing files</source>
        <translation>Vergleiche Dateien</translation>
    </message>
    <message>
        <source>Comparing looks</source>
        <translation>Vergleiche Aussehen</translation>
    </message>
    <message>
        <source>Files of equal size are compared byte for byte, images by how they look. Everything is only read: nothing is changed or deleted. You can go on working meanwhile.</source>
        <translation>Gleich große Dateien werden Byte für Byte verglichen, Bilder nach ihrem Aussehen. Alles wird nur gelesen, nichts geändert oder gelöscht. Sie können währenddessen weiterarbeiten.</translation>
    </message>
    <message>
        <source>Files of the same content, byte for byte</source>
        <translation>Dateien mit gleichem Inhalt, Byte für Byte</translation>
    </message>
    <message>
        <source>Find duplicates</source>
        <translation>Duplikate suchen</translation>
    </message>
    <message>
        <source>Images that look alike, whatever their size</source>
        <translation>Bilder, die ähnlich aussehen, gleich in welcher Größe</translation>
    </message>
    <message>
        <source>Look alike</source>
        <translation>Sehen ähnlich aus</translation>
    </message>
    <message>
        <source>Look alike: &amp;loose</source>
        <translation>Ähnlichkeit: &amp;locker</translation>
    </message>
    <message>
        <source>Look alike: &amp;normal</source>
        <translation>Ähnlichkeit: &amp;normal</translation>
    </message>
    <message>
        <source>Look alike: s&amp;trict</source>
        <translation>Ähnlichkeit: s&amp;treng</translation>
    </message>
    <message>
        <source>Looking at pictures</source>
        <translation>Betrachte Bilder</translation>
    </message>
    <message>
        <source>Looking for duplicates…</source>
        <translation>Duplikate werden gesucht …</translation>
    </message>
    <message>
        <source>No duplicates</source>
        <translation>Keine Duplikate</translation>
    </message>
    <message>
        <source>No two files have the same content.</source>
        <translation>Keine zwei Dateien haben den gleichen Inhalt.</translation>
    </message>
    <message>
        <source>No two images look alike.</source>
        <translation>Keine zwei Bilder sehen ähnlich aus.</translation>
    </message>
    <message>
        <source>Nobody has looked for them yet</source>
        <translation>Danach wurde noch nicht gesucht</translation>
    </message>
    <message>
        <source>Nothing that is shown is there twice: choose Duplicates in the sidebar first</source>
        <translation>Nichts davon ist doppelt vorhanden: Wählen Sie zuerst Duplikate in der Seitenleiste</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Reads files and pictures; nothing is changed or deleted. The right button has more.</source>
        <translation>Liest Dateien und Bilder; nichts wird geändert oder gelöscht. Die rechte Maustaste bietet mehr.</translation>
    </message>
    <message>
        <source>Same content</source>
        <translation>Gleicher Inhalt</translation>
    </message>
    <message>
        <source>Search again</source>
        <translation>Erneut suchen</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>The chosen item has no duplicates that could be selected</source>
        <translation>Das gewählte Element hat keine Duplikate, die ausgewählt werden könnten</translation>
    </message>
    <message>
        <source>The chosen items have no duplicates</source>
        <translation>Die gewählten Elemente haben keine Duplikate</translation>
    </message>
    <message>
        <source>The kept ones have all ratings and tags already</source>
        <translation>Die behaltenen haben schon alle Bewertungen und Schlagwörter</translation>
    </message>
    <message>
        <source>The search for duplicates was stopped; what was known of them stays</source>
        <translation>Die Suche nach Duplikaten wurde abgebrochen; was bekannt war, bleibt</translation>
    </message>
    <message>
        <source>nothing to gain</source>
        <translation>nichts zu gewinnen</translation>
    </message>
</context>
<context>
    <name>export</name>
    <message numerus="yes">
        <source>%n chosen items</source>
        <translation><numerusform>%n gewähltes Element</numerusform><numerusform>%n gewählte Elemente</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n files</source>
        <translation><numerusform>%n Datei</numerusform><numerusform>%n Dateien</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n files are not there</source>
        <translation><numerusform>%n Datei ist nicht da</numerusform><numerusform>%n Dateien sind nicht da</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n names are taken and get a number</source>
        <translation><numerusform>%n Name ist vergeben und bekommt eine Nummer</numerusform><numerusform>%n Namen sind vergeben und bekommen eine Nummer</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n pages</source>
        <translation><numerusform>%n Seite</numerusform><numerusform>%n Seiten</numerusform></translation>
    </message>
    <message>
        <source>200 dots an inch, one file a page.</source>
        <translation>200 Punkte je Zoll, eine Datei je Seite.</translation>
    </message>
    <message numerus="yes">
        <source>A list of %n items</source>
        <translation><numerusform>Eine Liste mit %n Element</numerusform><numerusform>Eine Liste mit %n Elementen</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>All %n items that are shown</source>
        <translation><numerusform>%n gezeigtes Element</numerusform><numerusform>Alle %n gezeigten Elemente</numerusform></translation>
    </message>
    <message>
        <source>All frames</source>
        <translation>Alle Einzelbilder</translation>
    </message>
    <message>
        <source>As</source>
        <translation>Als</translation>
    </message>
    <message>
        <source>As it is</source>
        <translation>Wie sie ist</translation>
    </message>
    <message>
        <source>Below the pictures</source>
        <translation>Unter den Bildern</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Choose a folder to export to</source>
        <translation>Einen Zielordner wählen</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen …</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Spalten</translation>
    </message>
    <message>
        <source>Contact sheet as PDF</source>
        <translation>Kontaktabzug als PDF</translation>
    </message>
    <message>
        <source>Contact sheet as PNG</source>
        <translation>Kontaktabzug als PNG</translation>
    </message>
    <message>
        <source>Copies of the files</source>
        <translation>Kopien der Dateien</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Datum</translation>
    </message>
    <message>
        <source>Date, camera, title, stars and tags go along; never the place</source>
        <translation>Datum, Kamera, Titel, Sterne und Schlagwörter gehen mit; nie der Ort</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Export to a folder</source>
        <translation>In einen Ordner exportieren</translation>
    </message>
    <message>
        <source>Export to the folder</source>
        <translation>In den Ordner exportieren</translation>
    </message>
    <message>
        <source>In sRGB, without loss; large files.</source>
        <translation>In sRGB, ohne Verlust; große Dateien.</translation>
    </message>
    <message>
        <source>In sRGB. Smaller than JPEG, and keeps transparency.</source>
        <translation>In sRGB. Kleiner als JPEG, und Durchsichtiges bleibt.</translation>
    </message>
    <message>
        <source>In sRGB. Transparent parts become white.</source>
        <translation>In sRGB. Durchsichtiges wird weiß.</translation>
    </message>
    <message>
        <source>Kind of export</source>
        <translation>Art des Exports</translation>
    </message>
    <message>
        <source>Landscape</source>
        <translation>Querformat</translation>
    </message>
    <message>
        <source>List as CSV</source>
        <translation>Liste als CSV</translation>
    </message>
    <message>
        <source>List as JSON</source>
        <translation>Liste als JSON</translation>
    </message>
    <message>
        <source>Longest side, pixels</source>
        <translation>Längste Seite, Pixel</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>Wird nachgesehen …</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Of sequences</source>
        <translation>Von Sequenzen</translation>
    </message>
    <message>
        <source>One file with all pages.</source>
        <translation>Eine Datei mit allen Seiten.</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>Papier</translation>
    </message>
    <message>
        <source>Pictures as JPEG</source>
        <translation>Bilder als JPEG</translation>
    </message>
    <message>
        <source>Pictures as PNG</source>
        <translation>Bilder als PNG</translation>
    </message>
    <message>
        <source>Pictures as WebP</source>
        <translation>Bilder als WebP</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>Qualität</translation>
    </message>
    <message>
        <source>Side-cars and all frames of sequences included; times are kept.</source>
        <translation>Mit Filialdateien und allen Einzelbildern von Sequenzen; die Zeiten bleiben.</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Stars</source>
        <translation>Sterne</translation>
    </message>
    <message>
        <source>The picture that stands for it</source>
        <translation>Das Bild, das für sie steht</translation>
    </message>
    <message>
        <source>There is no such folder</source>
        <translation>Diesen Ordner gibt es nicht</translation>
    </message>
    <message>
        <source>This folder cannot be written to: choose another one</source>
        <translation>In diesen Ordner kann nicht geschrieben werden: einen anderen wählen</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>To the folder</source>
        <translation>In den Ordner</translation>
    </message>
    <message>
        <source>What is known of each item, for programs; as 'vitrine list --json'.</source>
        <translation>Was von jedem Element bekannt ist, für Programme; wie „vitrine list --json“.</translation>
    </message>
    <message>
        <source>What is known of each item, for spreadsheets: path, size, date, stars, tags and all else.</source>
        <translation>Was von jedem Element bekannt ist, für Tabellen: Pfad, Größe, Datum, Sterne, Schlagwörter und alles Übrige.</translation>
    </message>
    <message>
        <source>Which items</source>
        <translation>Welche Elemente</translation>
    </message>
    <message>
        <source>about %1</source>
        <translation>etwa %1</translation>
    </message>
    <message>
        <source>only %1 are free there</source>
        <translation>nur %1 sind dort frei</translation>
    </message>
</context>
<context>
    <name>facts</name>
    <message>
        <source>%1 cubic units</source>
        <translation>%1 Kubikeinheiten</translation>
    </message>
    <message>
        <source>%1 m above the sea</source>
        <translation>%1 m über dem Meer</translation>
    </message>
    <message>
        <source>%1 m below the sea</source>
        <translation>%1 m unter dem Meer</translation>
    </message>
    <message>
        <source>%1 megapixels</source>
        <translation>%1 Megapixel</translation>
    </message>
    <message>
        <source>%1 square units</source>
        <translation>%1 Quadrateinheiten</translation>
    </message>
    <message>
        <source>%1 units</source>
        <translation>%1 Einheiten</translation>
    </message>
    <message numerus="yes">
        <source>%n frames</source>
        <translation><numerusform>%n Einzelbild</numerusform><numerusform>%n Einzelbilder</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n triangles</source>
        <translation><numerusform>%n Dreieck</numerusform><numerusform>%n Dreiecke</numerusform></translation>
    </message>
    <message>
        <source>Altitude</source>
        <translation>Höhe</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Geändert</translation>
    </message>
    <message>
        <source>Copyright</source>
        <translation>Urheberrecht</translation>
    </message>
    <message>
        <source>Creator</source>
        <translation>Urheber</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Beschreibung</translation>
    </message>
    <message>
        <source>E</source>
        <translation>O</translation>
    </message>
    <message>
        <source>Exposure</source>
        <translation>Belichtung</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>Keywords</source>
        <translation>Stichwörter</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>Ausgelassen</translation>
    </message>
    <message>
        <source>Lens</source>
        <translation>Objektiv</translation>
    </message>
    <message>
        <source>N</source>
        <translation>N</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Orientation</source>
        <translation>Ausrichtung</translation>
    </message>
    <message>
        <source>Pixels</source>
        <translation>Pixel</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>Ort</translation>
    </message>
    <message>
        <source>S</source>
        <translation>S</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Surface</source>
        <translation>Oberfläche</translation>
    </message>
    <message>
        <source>Taken</source>
        <translation>Aufgenommen</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>Triangles</source>
        <translation>Dreiecke</translation>
    </message>
    <message>
        <source>Vertices</source>
        <translation>Eckpunkte</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>Volumen</translation>
    </message>
    <message>
        <source>W</source>
        <translation>W</translation>
    </message>
    <message>
        <source>Watertight</source>
        <translation>Wasserdicht</translation>
    </message>
    <message>
        <source>X × Y × Z</source>
        <translation>X × Y × Z</translation>
    </message>
    <message>
        <source>colour, %1 bits a channel</source>
        <translation>Farbe, %1 Bit je Kanal</translation>
    </message>
    <message>
        <source>colour, four channels, %1 bits a channel</source>
        <translation>Farbe, vier Kanäle, %1 Bit je Kanal</translation>
    </message>
    <message>
        <source>grey with transparency, %1 bits a channel</source>
        <translation>Grau mit Transparenz, %1 Bit je Kanal</translation>
    </message>
    <message>
        <source>grey, %1 bits a channel</source>
        <translation>Grau, %1 Bit je Kanal</translation>
    </message>
    <message>
        <source>mirrored left and right</source>
        <translation>links und rechts vertauscht</translation>
    </message>
    <message>
        <source>mirrored top and bottom</source>
        <translation>oben und unten vertauscht</translation>
    </message>
    <message>
        <source>mirrored, and turned left by 90°</source>
        <translation>gespiegelt und um 90° nach links gedreht</translation>
    </message>
    <message>
        <source>mirrored, and turned right by 90°</source>
        <translation>gespiegelt und um 90° nach rechts gedreht</translation>
    </message>
    <message>
        <source>no: it encloses no volume</source>
        <translation>nein: es umschließt kein Volumen</translation>
    </message>
    <message>
        <source>not turned</source>
        <translation>nicht gedreht</translation>
    </message>
    <message>
        <source>turned by 180°</source>
        <translation>um 180° gedreht</translation>
    </message>
    <message>
        <source>turned left by 90°</source>
        <translation>um 90° nach links gedreht</translation>
    </message>
    <message>
        <source>turned right by 90°</source>
        <translation>um 90° nach rechts gedreht</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
</context>
<context>
    <name>files</name>
    <message>
        <source>%1 could not be.</source>
        <translation>Bei %1 gelang es nicht.</translation>
    </message>
    <message>
        <source>%1 exported.</source>
        <translation>%1 exportiert.</translation>
    </message>
    <message>
        <source>%1, side-cars and ratings, tags and notes included. This cannot be undone.</source>
        <translation>%1, mitsamt Filialdateien, Bewertungen, Schlagwörtern und Notizen. Das kann nicht rückgängig gemacht werden.</translation>
    </message>
    <message>
        <source>%1. Side-cars go along. Undo puts everything back; once Vitrine is closed, the desktop's trash does.</source>
        <translation>%1. Filialdateien gehen mit. „Rückgängig“ bringt alles zurück; ist Vitrine beendet, der Papierkorb der Arbeitsumgebung.</translation>
    </message>
    <message numerus="yes">
        <source>%n closed stacks are among them, with all that they show when they are opened.</source>
        <translation><numerusform>Darunter ist %n geschlossener Stapel mit allem, was er geöffnet zeigt.</numerusform><numerusform>Darunter sind %n geschlossene Stapel mit allem, was sie geöffnet zeigen.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n files could not be.</source>
        <translation><numerusform>Bei %n Datei gelang es nicht.</numerusform><numerusform>Bei %n Dateien gelang es nicht.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n files deleted.</source>
        <translation><numerusform>%n Datei gelöscht.</numerusform><numerusform>%n Dateien gelöscht.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n files failed.</source>
        <translation><numerusform>Bei %n Datei misslang es.</numerusform><numerusform>Bei %n Dateien misslang es.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n files given back their old names.</source>
        <translation><numerusform>%n Datei hat wieder ihren alten Namen.</numerusform><numerusform>%n Dateien haben wieder ihre alten Namen.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n files moved to the trash.</source>
        <translation><numerusform>%n Datei in den Papierkorb gelegt.</numerusform><numerusform>%n Dateien in den Papierkorb gelegt.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n files put back from the trash.</source>
        <translation><numerusform>%n Datei aus dem Papierkorb zurückgeholt.</numerusform><numerusform>%n Dateien aus dem Papierkorb zurückgeholt.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n files renamed.</source>
        <translation><numerusform>%n Datei umbenannt.</numerusform><numerusform>%n Dateien umbenannt.</numerusform></translation>
    </message>
    <message>
        <source>. All others have their old names again.</source>
        <translation>. Alle anderen haben wieder ihre alten Namen.</translation>
    </message>
    <message>
        <source>: %1 of %2 files</source>
        <translation>: %1 von %2 Dateien</translation>
    </message>
    <message>
        <source>: all files have their old names.</source>
        <translation>: Alle Dateien haben ihre alten Namen.</translation>
    </message>
    <message>
        <source>: all files keep their new names.</source>
        <translation>: Alle Dateien behalten ihre neuen Namen.</translation>
    </message>
    <message>
        <source>: taking back what was done…</source>
        <translation>: Getanes wird zurückgenommen …</translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation>Diese Meldung schließen</translation>
    </message>
    <message>
        <source>Close this message about files</source>
        <translation>Diese Meldung über Dateien schließen</translation>
    </message>
    <message numerus="yes">
        <source>Delete %n items for ever?</source>
        <translation><numerusform>%n Element endgültig löschen?</numerusform><numerusform>%n Elemente endgültig löschen?</numerusform></translation>
    </message>
    <message>
        <source>Delete for ever</source>
        <translation>Endgültig löschen</translation>
    </message>
    <message>
        <source>Delete “%1” for ever?</source>
        <translation>„%1“ endgültig löschen?</translation>
    </message>
    <message>
        <source>Deleting</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Deleting was stopped</source>
        <translation>Das Löschen wurde angehalten</translation>
    </message>
    <message>
        <source>Do not ask again</source>
        <translation>Nicht mehr fragen</translation>
    </message>
    <message>
        <source>Exporting: %1 of %2</source>
        <translation>Export: %1 von %2</translation>
    </message>
    <message>
        <source>Exporting…</source>
        <translation>Export …</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message numerus="yes">
        <source>Move %n items to the trash?</source>
        <translation><numerusform>%n Element in den Papierkorb legen?</numerusform><numerusform>%n Elemente in den Papierkorb legen?</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Move to the trash: %n items</source>
        <translation><numerusform>In den Papierkorb: %n Element</numerusform><numerusform>In den Papierkorb: %n Elemente</numerusform></translation>
    </message>
    <message>
        <source>Move to trash</source>
        <translation>In den Papierkorb</translation>
    </message>
    <message>
        <source>Move “%1” to the trash?</source>
        <translation>„%1“ in den Papierkorb legen?</translation>
    </message>
    <message>
        <source>Moving to the trash</source>
        <translation>In den Papierkorb legen</translation>
    </message>
    <message>
        <source>Moving to the trash was stopped</source>
        <translation>Das Legen in den Papierkorb wurde angehalten</translation>
    </message>
    <message>
        <source>Nothing was renamed: </source>
        <translation>Nichts wurde umbenannt: </translation>
    </message>
    <message>
        <source>Nothing was to be done.</source>
        <translation>Es gab nichts zu tun.</translation>
    </message>
    <message numerus="yes">
        <source>Of %n closed stacks only the covers; what is inside stays.</source>
        <translation><numerusform>Von %n geschlossenen Stapel nur das Titelbild; was darin ist, bleibt.</numerusform><numerusform>Von %n geschlossenen Stapeln nur die Titelbilder; was darin ist, bleibt.</numerusform></translation>
    </message>
    <message>
        <source>Putting back from the trash</source>
        <translation>Aus dem Papierkorb zurückholen</translation>
    </message>
    <message>
        <source>Putting back from the trash was stopped</source>
        <translation>Das Zurückholen aus dem Papierkorb wurde angehalten</translation>
    </message>
    <message numerus="yes">
        <source>Rename: %n items</source>
        <translation><numerusform>Umbenennen: %n Element</numerusform><numerusform>Umbenennen: %n Elemente</numerusform></translation>
    </message>
    <message>
        <source>Renaming</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Renaming was stopped</source>
        <translation>Das Umbenennen wurde angehalten</translation>
    </message>
    <message>
        <source>Show what failed…</source>
        <translation>Zeigen, was misslang …</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Taking back names</source>
        <translation>Alte Namen zurückgeben</translation>
    </message>
    <message>
        <source>Taking back names was stopped</source>
        <translation>Das Zurückgeben der alten Namen wurde angehalten</translation>
    </message>
    <message>
        <source>The export was stopped.</source>
        <translation>Der Export wurde angehalten.</translation>
    </message>
    <message>
        <source>There is no memory left for that</source>
        <translation>Dafür ist kein Speicher mehr frei</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>What failed</source>
        <translation>Was misslang</translation>
    </message>
</context>
<context>
    <name>filter</name>
    <message>
        <source>Suggestions</source>
        <translation>Vorschläge</translation>
    </message>
    <message>
        <source>album</source>
        <translation>Album</translation>
    </message>
    <message>
        <source>camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>saved filter</source>
        <translation>gespeicherter Filter</translation>
    </message>
    <message>
        <source>tag</source>
        <translation>Schlagwort</translation>
    </message>
    <message>
        <source>used before</source>
        <translation>zuletzt benutzt</translation>
    </message>
</context>
<context>
    <name>group</name>
    <message>
        <source>%1 copies</source>
        <translation>%1 Kopien</translation>
    </message>
    <message>
        <source>%1 look alike</source>
        <translation>%1 sehen sich ähnlich</translation>
    </message>
    <message>
        <source>%w, %d %m %y</source>
        <translation>%w, %d. %m %y</translation>
    </message>
    <message>
        <source>1 GB and more</source>
        <translation>1 GB und mehr</translation>
    </message>
    <message>
        <source>1 to 10 MB</source>
        <translation>1 bis 10 MB</translation>
    </message>
    <message>
        <source>10 to 100 MB</source>
        <translation>10 bis 100 MB</translation>
    </message>
    <message>
        <source>100 MB to 1 GB</source>
        <translation>100 MB bis 1 GB</translation>
    </message>
    <message>
        <source>100 kB to 1 MB</source>
        <translation>100 kB bis 1 MB</translation>
    </message>
    <message>
        <source>April</source>
        <translation>April</translation>
    </message>
    <message>
        <source>August</source>
        <translation>August</translation>
    </message>
    <message>
        <source>Below 100 kB</source>
        <translation>Unter 100 kB</translation>
    </message>
    <message>
        <source>December</source>
        <translation>Dezember</translation>
    </message>
    <message>
        <source>Empty</source>
        <translation>Leer</translation>
    </message>
    <message>
        <source>February</source>
        <translation>Februar</translation>
    </message>
    <message>
        <source>Friday</source>
        <translation>Freitag</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>January</source>
        <translation>Januar</translation>
    </message>
    <message>
        <source>July</source>
        <translation>Juli</translation>
    </message>
    <message>
        <source>June</source>
        <translation>Juni</translation>
    </message>
    <message>
        <source>Label %1</source>
        <translation>Markierung %1</translation>
    </message>
    <message>
        <source>March</source>
        <translation>März</translation>
    </message>
    <message>
        <source>May</source>
        <translation>Mai</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Monday</source>
        <translation>Montag</translation>
    </message>
    <message>
        <source>No camera</source>
        <translation>Keine Kamera</translation>
    </message>
    <message>
        <source>No duplicates</source>
        <translation>Keine Duplikate</translation>
    </message>
    <message>
        <source>No label</source>
        <translation>Keine Markierung</translation>
    </message>
    <message>
        <source>Not rated</source>
        <translation>Unbewertet</translation>
    </message>
    <message>
        <source>Not read</source>
        <translation>Nicht gelesen</translation>
    </message>
    <message>
        <source>November</source>
        <translation>November</translation>
    </message>
    <message>
        <source>October</source>
        <translation>Oktober</translation>
    </message>
    <message>
        <source>Saturday</source>
        <translation>Samstag</translation>
    </message>
    <message>
        <source>September</source>
        <translation>September</translation>
    </message>
    <message>
        <source>Sequences</source>
        <translation>Sequenzen</translation>
    </message>
    <message>
        <source>Sunday</source>
        <translation>Sonntag</translation>
    </message>
    <message>
        <source>Thursday</source>
        <translation>Donnerstag</translation>
    </message>
    <message>
        <source>Tuesday</source>
        <translation>Dienstag</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>Unbekannt</translation>
    </message>
    <message>
        <source>Wednesday</source>
        <translation>Mittwoch</translation>
    </message>
</context>
<context>
    <name>info</name>
    <message>
        <source>%1 of %2 items have it. Click: all get it. Delete: none keeps it.</source>
        <translation>%1 von %2 Elementen haben es. Klick: alle bekommen es. Entf: keines behält es.</translation>
    </message>
    <message numerus="yes">
        <source>%n items</source>
        <translation><numerusform>%n Element</numerusform><numerusform>%n Elemente</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n of 5 stars</source>
        <translation><numerusform>%n von 5 Sternen</numerusform><numerusform>%n von 5 Sternen</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n rarer tags are not shown</source>
        <translation><numerusform>%n selteneres Schlagwort ist nicht gezeigt</numerusform><numerusform>%n seltenere Schlagwörter sind nicht gezeigt</numerusform></translation>
    </message>
    <message>
        <source>Add a tag</source>
        <translation>Schlagwort hinzufügen</translation>
    </message>
    <message>
        <source>Add a tag, as place/italy</source>
        <translation>Schlagwort, etwa Ort/Italien</translation>
    </message>
    <message>
        <source>Choose an item to see what is known of it.</source>
        <translation>Ein Element wählen, um zu sehen, was über es bekannt ist.</translation>
    </message>
    <message>
        <source>Close the item panel</source>
        <translation>Elementleiste schließen</translation>
    </message>
    <message>
        <source>Close the item panel (Ctrl+I)</source>
        <translation>Elementleiste schließen (Strg+I)</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy everything</source>
        <translation>Alles kopieren</translation>
    </message>
    <message>
        <source>Give tag %1 to all</source>
        <translation>Schlagwort %1 allen geben</translation>
    </message>
    <message>
        <source>Item</source>
        <translation>Element</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>Farbmarkierung</translation>
    </message>
    <message>
        <source>No note</source>
        <translation>Keine Notiz</translation>
    </message>
    <message>
        <source>No title</source>
        <translation>Kein Titel</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>Bewertung</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Schlagwörter</translation>
    </message>
    <message>
        <source>Take tag %1 away</source>
        <translation>Schlagwort %1 entfernen</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>Various notes</source>
        <translation>Verschiedene Notizen</translation>
    </message>
    <message>
        <source>Various titles</source>
        <translation>Verschiedene Titel</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>various</source>
        <translation>verschieden</translation>
    </message>
</context>
<context>
    <name>intake</name>
    <message>
        <source>  ·  left out: </source>
        <translation>  ·  ausgelassen: </translation>
    </message>
    <message>
        <source> MB</source>
        <translation> MB</translation>
    </message>
    <message>
        <source> files</source>
        <translation> Dateien</translation>
    </message>
    <message>
        <source> rows</source>
        <translation> Zeilen</translation>
    </message>
    <message>
        <source>%1 already in the library</source>
        <translation>%1 schon in der Bibliothek</translation>
    </message>
    <message>
        <source>%1 beyond the largest number</source>
        <translation>%1 über der größten Anzahl</translation>
    </message>
    <message>
        <source>%1 by name</source>
        <translation>%1 nach dem Namen</translation>
    </message>
    <message>
        <source>%1 cannot be looked at</source>
        <translation>%1 nicht einsehbar</translation>
    </message>
    <message>
        <source>%1 changed</source>
        <translation>%1 geändert</translation>
    </message>
    <message>
        <source>%1 failed before</source>
        <translation>%1 früher fehlgeschlagen</translation>
    </message>
    <message>
        <source>%1 moved here</source>
        <translation>%1 hierher verschoben</translation>
    </message>
    <message>
        <source>%1 new</source>
        <translation>%1 neu</translation>
    </message>
    <message>
        <source>%1 of other kinds</source>
        <translation>%1 anderer Art</translation>
    </message>
    <message>
        <source>%1 still to be read</source>
        <translation>%1 noch zu lesen</translation>
    </message>
    <message>
        <source>%1 too large</source>
        <translation>%1 zu groß</translation>
    </message>
    <message>
        <source>%1 too old</source>
        <translation>%1 zu alt</translation>
    </message>
    <message>
        <source>%1 too small</source>
        <translation>%1 zu klein</translation>
    </message>
    <message numerus="yes">
        <source>%n files</source>
        <translation><numerusform>%n Datei</numerusform><numerusform>%n Dateien</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n folders</source>
        <translation><numerusform>%n Ordner</numerusform><numerusform>%n Ordner</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n images</source>
        <translation><numerusform>%n Bild</numerusform><numerusform>%n Bilder</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n models</source>
        <translation><numerusform>%n Modell</numerusform><numerusform>%n Modelle</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n sequences</source>
        <translation><numerusform>%n Sequenz</numerusform><numerusform>%n Sequenzen</numerusform></translation>
    </message>
    <message>
        <source>64 MB are the least an import can do with</source>
        <translation>Ein Import braucht mindestens 64 MB</translation>
    </message>
    <message>
        <source>Add a folder</source>
        <translation>Ordner hinzufügen</translation>
    </message>
    <message>
        <source>Advanced</source>
        <translation>Erweitert</translation>
    </message>
    <message>
        <source>Afterwards</source>
        <translation>Danach</translation>
    </message>
    <message>
        <source>All formats</source>
        <translation>Alle Formate</translation>
    </message>
    <message>
        <source>All names, kinds and sizes; nothing limited</source>
        <translation>Alle Namen, Arten und Größen; nichts begrenzt</translation>
    </message>
    <message>
        <source>All names; or for example: *.stl; scan*; !draft</source>
        <translation>Alle Namen; oder etwa: *.stl; scan*; !entwurf</translation>
    </message>
    <message>
        <source>Any day; or for example: 2024-05-17</source>
        <translation>Jeder Tag; oder etwa: 2024-05-17</translation>
    </message>
    <message>
        <source>Batch size</source>
        <translation>Bündelgröße</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Changed since</source>
        <translation>Geändert seit</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>Ordner wählen …</translation>
    </message>
    <message>
        <source>Choose one kind at least</source>
        <translation>Mindestens eine Art wählen</translation>
    </message>
    <message>
        <source>Chunk size</source>
        <translation>Blockgröße</translation>
    </message>
    <message>
        <source>Drop folders here, or add one.</source>
        <translation>Ordner hierher ziehen oder einen hinzufügen.</translation>
    </message>
    <message>
        <source>Each is an item of its own</source>
        <translation>Jedes ist ein eigenes Element</translation>
    </message>
    <message>
        <source>Files and folders</source>
        <translation>Dateien und Ordner</translation>
    </message>
    <message>
        <source>Files of it that are read at once</source>
        <translation>Dateien davon, die zugleich gelesen werden</translation>
    </message>
    <message>
        <source>Files that are taken on at a time</source>
        <translation>Dateien, die auf einmal vorgenommen werden</translation>
    </message>
    <message>
        <source>Folders of these names, or with a / in them of these paths, are passed over.</source>
        <translation>Ordner mit diesen Namen oder, mit einem / darin, diesen Pfaden werden übergangen.</translation>
    </message>
    <message>
        <source>Folders to import</source>
        <translation>Zu importierende Ordner</translation>
    </message>
    <message>
        <source>Hidden ones, too</source>
        <translation>Auch verborgene</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Importieren</translation>
    </message>
    <message>
        <source>Import folders</source>
        <translation>Ordner importieren</translation>
    </message>
    <message>
        <source>Kinds</source>
        <translation>Arten</translation>
    </message>
    <message>
        <source>Largest number of items</source>
        <translation>Größte Anzahl</translation>
    </message>
    <message>
        <source>Largest size</source>
        <translation>Größtes Maß</translation>
    </message>
    <message>
        <source>Leave out folders</source>
        <translation>Ordner auslassen</translation>
    </message>
    <message>
        <source>Left out: </source>
        <translation>Ausgelassen: </translation>
    </message>
    <message>
        <source>Look through it at every start</source>
        <translation>Bei jedem Start durchsehen</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>Wird nachgesehen …</translation>
    </message>
    <message>
        <source>Memory limit</source>
        <translation>Speichergrenze</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>Namen</translation>
    </message>
    <message>
        <source>New ones; what is known does not count</source>
        <translation>Neue; was bekannt ist, zählt nicht</translation>
    </message>
    <message>
        <source>No folder is chosen yet</source>
        <translation>Noch ist kein Ordner gewählt</translation>
    </message>
    <message>
        <source>None; or for example: cache; raw/old</source>
        <translation>Keine; oder etwa: cache; raw/alt</translation>
    </message>
    <message>
        <source>Nothing to import there</source>
        <translation>Dort gibt es nichts zu importieren</translation>
    </message>
    <message>
        <source>Numbered images</source>
        <translation>Nummerierte Bilder</translation>
    </message>
    <message>
        <source>One item, where that is certain</source>
        <translation>Ein Element, wo das sicher ist</translation>
    </message>
    <message>
        <source>One item, wherever names are numbered alike</source>
        <translation>Ein Element, wo immer Namen gleich nummeriert sind</translation>
    </message>
    <message>
        <source>Patterns with semicolons between them. * stands for any text, ? for one character, ! leaves out; a word alone is looked for anywhere in the name.</source>
        <translation>Muster, durch Semikolons getrennt. * steht für beliebigen Text, ? für ein Zeichen, ! lässt aus; ein einzelnes Wort wird überall im Namen gesucht.</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>Zuletzt</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Rows that are written at a time</source>
        <translation>Zeilen, die auf einmal geschrieben werden</translation>
    </message>
    <message>
        <source>Sequences</source>
        <translation>Sequenzen</translation>
    </message>
    <message>
        <source>Size of a file</source>
        <translation>Größe einer Datei</translation>
    </message>
    <message>
        <source>Smallest size</source>
        <translation>Kleinstes Maß</translation>
    </message>
    <message>
        <source>Take everything</source>
        <translation>Alles nehmen</translation>
    </message>
    <message>
        <source>Take up changes from now on</source>
        <translation>Änderungen künftig aufnehmen</translation>
    </message>
    <message>
        <source>The smallest size is above the largest</source>
        <translation>Die kleinste Größe liegt über der größten</translation>
    </message>
    <message>
        <source>These are too many folders at once</source>
        <translation>Das sind zu viele Ordner auf einmal</translation>
    </message>
    <message>
        <source>What would be imported</source>
        <translation>Was importiert würde</translation>
    </message>
    <message>
        <source>While the import runs</source>
        <translation>Solange der Import läuft</translation>
    </message>
    <message>
        <source>Workers</source>
        <translation>Arbeiter</translation>
    </message>
    <message>
        <source>Write a day like 2024-05-17</source>
        <translation>Einen Tag schreiben wie 2024-05-17</translation>
    </message>
    <message>
        <source>Year, month and day</source>
        <translation>Jahr, Monat und Tag</translation>
    </message>
    <message>
        <source>any</source>
        <translation>beliebig</translation>
    </message>
    <message>
        <source>as in the settings</source>
        <translation>wie eingestellt</translation>
    </message>
    <message>
        <source>automatic</source>
        <translation>automatisch</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>unbegrenzt</translation>
    </message>
    <message>
        <source>to</source>
        <translation>bis</translation>
    </message>
</context>
<context>
    <name>keys</name>
    <message>
        <source> or </source>
        <translation> oder </translation>
    </message>
    <message>
        <source>%1 is free here</source>
        <translation>%1 ist hier frei</translation>
    </message>
    <message>
        <source>%1 is the key of: </source>
        <translation>%1 ist die Taste für: </translation>
    </message>
    <message>
        <source>Actual size</source>
        <translation>Originalgröße</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>All keys standard</source>
        <translation>Alle Tasten zurücksetzen</translation>
    </message>
    <message>
        <source>All of the screen</source>
        <translation>Ganzer Bildschirm</translation>
    </message>
    <message>
        <source>Among the cards</source>
        <translation>Bei den Karten</translation>
    </message>
    <message>
        <source>Another background</source>
        <translation>Anderer Hintergrund</translation>
    </message>
    <message>
        <source>Axes</source>
        <translation>Achsen</translation>
    </message>
    <message>
        <source>Back to the library</source>
        <translation>Zurück zur Bibliothek</translation>
    </message>
    <message>
        <source>Box with measures</source>
        <translation>Rahmen mit Maßen</translation>
    </message>
    <message>
        <source>Choose a line to give it other keys</source>
        <translation>Eine Zeile wählen, um ihr andere Tasten zu geben</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Commands and their keys</source>
        <translation>Befehle und ihre Tasten</translation>
    </message>
    <message>
        <source>Edges, wireframe, shaded</source>
        <translation>Kanten, Drahtgitter, schattiert</translation>
    </message>
    <message>
        <source>First frame</source>
        <translation>Erstes Einzelbild</translation>
    </message>
    <message>
        <source>Fit to the width</source>
        <translation>An die Breite anpassen</translation>
    </message>
    <message>
        <source>Fit to the window</source>
        <translation>Ins Fenster einpassen</translation>
    </message>
    <message>
        <source>Histogram</source>
        <translation>Histogramm</translation>
    </message>
    <message>
        <source>Histogram of what is shown</source>
        <translation>Histogramm des sichtbaren Teils</translation>
    </message>
    <message>
        <source>In some places</source>
        <translation>An manchen Stellen</translation>
    </message>
    <message>
        <source>In the library</source>
        <translation>In der Bibliothek</translation>
    </message>
    <message>
        <source>In the viewer</source>
        <translation>Im Betrachter</translation>
    </message>
    <message>
        <source>In the viewer: images and models</source>
        <translation>Im Betrachter: Bilder und Modelle</translation>
    </message>
    <message>
        <source>In the viewer: sequences</source>
        <translation>Im Betrachter: Sequenzen</translation>
    </message>
    <message>
        <source>In the workspace</source>
        <translation>Auf der Arbeitsfläche</translation>
    </message>
    <message>
        <source>Kept.</source>
        <translation>Gespeichert.</translation>
    </message>
    <message>
        <source>Keyboard</source>
        <translation>Tastatur</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Last frame</source>
        <translation>Letztes Einzelbild</translation>
    </message>
    <message>
        <source>Menu %1</source>
        <translation>Menü %1</translation>
    </message>
    <message>
        <source>Mirror left and right</source>
        <translation>Links und rechts spiegeln</translation>
    </message>
    <message>
        <source>Mirror top and bottom</source>
        <translation>Oben und unten spiegeln</translation>
    </message>
    <message>
        <source>Neighbours along the foot</source>
        <translation>Nachbarn am unteren Rand</translation>
    </message>
    <message>
        <source>New key</source>
        <translation>Neue Taste</translation>
    </message>
    <message>
        <source>Next item</source>
        <translation>Nächstes Element</translation>
    </message>
    <message>
        <source>No keys</source>
        <translation>Keine Tasten</translation>
    </message>
    <message>
        <source>Nothing fits: search for a word of a command, or a key like Ctrl+F</source>
        <translation>Nichts passt: nach einem Wort eines Befehls suchen oder nach einer Taste wie Ctrl+F</translation>
    </message>
    <message>
        <source>One frame back</source>
        <translation>Ein Einzelbild zurück</translation>
    </message>
    <message>
        <source>One frame forward</source>
        <translation>Ein Einzelbild vor</translation>
    </message>
    <message>
        <source>One page down</source>
        <translation>Eine Seite nach unten</translation>
    </message>
    <message>
        <source>One page up</source>
        <translation>Eine Seite nach oben</translation>
    </message>
    <message>
        <source>One row down</source>
        <translation>Eine Zeile nach unten</translation>
    </message>
    <message>
        <source>One row up</source>
        <translation>Eine Zeile nach oben</translation>
    </message>
    <message>
        <source>One to the left</source>
        <translation>Eins nach links</translation>
    </message>
    <message>
        <source>One to the right</source>
        <translation>Eins nach rechts</translation>
    </message>
    <message>
        <source>Open what is chosen</source>
        <translation>Das Gewählte öffnen</translation>
    </message>
    <message>
        <source>Play and pause</source>
        <translation>Abspielen und anhalten</translation>
    </message>
    <message>
        <source>Press the key that shall be added</source>
        <translation>Die Taste drücken, die hinzukommen soll</translation>
    </message>
    <message>
        <source>Previous item</source>
        <translation>Voriges Element</translation>
    </message>
    <message>
        <source>Search for a command or a key</source>
        <translation>Nach einem Befehl oder einer Taste suchen</translation>
    </message>
    <message>
        <source>Search keys</source>
        <translation>Tasten suchen</translation>
    </message>
    <message>
        <source>Slide show</source>
        <translation>Diaschau</translation>
    </message>
    <message>
        <source>Standard keys</source>
        <translation>Standardtasten</translation>
    </message>
    <message>
        <source>Take over</source>
        <translation>Übernehmen</translation>
    </message>
    <message>
        <source>To the first item</source>
        <translation>Zum ersten Element</translation>
    </message>
    <message>
        <source>To the last item</source>
        <translation>Zum letzten Element</translation>
    </message>
    <message>
        <source>Turn to the left</source>
        <translation>Nach links drehen</translation>
    </message>
    <message>
        <source>Turn to the right</source>
        <translation>Nach rechts drehen</translation>
    </message>
    <message>
        <source>What comes at the end</source>
        <translation>Was am Ende kommt</translation>
    </message>
    <message>
        <source>What is known of it</source>
        <translation>Was darüber bekannt ist</translation>
    </message>
    <message>
        <source>What it does</source>
        <translation>Was sie bewirkt</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>Vergrößern</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>Verkleinern</translation>
    </message>
</context>
<context>
    <name>label</name>
    <message>
        <source>Blue</source>
        <translation>Blau</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>Grün</translation>
    </message>
    <message>
        <source>No label</source>
        <translation>Keine Markierung</translation>
    </message>
    <message>
        <source>Purple</source>
        <translation>Violett</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>Rot</translation>
    </message>
    <message>
        <source>Yellow</source>
        <translation>Gelb</translation>
    </message>
</context>
<context>
    <name>manual</name>
    <message>
        <source>en</source>
        <translation>de</translation>
    </message>
</context>
<context>
    <name>menu</name>
    <message>
        <source>&amp;1 star</source>
        <translation>&amp;1 Stern</translation>
    </message>
    <message>
        <source>&amp;2 stars</source>
        <translation>&amp;2 Sterne</translation>
    </message>
    <message>
        <source>&amp;3 stars</source>
        <translation>&amp;3 Sterne</translation>
    </message>
    <message>
        <source>&amp;4 stars</source>
        <translation>&amp;4 Sterne</translation>
    </message>
    <message>
        <source>&amp;5 stars</source>
        <translation>&amp;5 Sterne</translation>
    </message>
    <message>
        <source>&amp;About Vitrine</source>
        <translation>Über &amp;Vitrine</translation>
    </message>
    <message>
        <source>&amp;Activity</source>
        <translation>Akt&amp;ivität</translation>
    </message>
    <message>
        <source>&amp;Add to an album…</source>
        <translation>Zu einem Album &amp;hinzufügen …</translation>
    </message>
    <message>
        <source>&amp;Below the cards</source>
        <translation>&amp;Unter den Karten</translation>
    </message>
    <message>
        <source>&amp;Blue</source>
        <translation>&amp;Blau</translation>
    </message>
    <message>
        <source>&amp;Cancel all imports</source>
        <translation>Alle Importe &amp;abbrechen</translation>
    </message>
    <message>
        <source>&amp;Cards</source>
        <translation>&amp;Karten</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>S&amp;chließen</translation>
    </message>
    <message>
        <source>&amp;Copy path</source>
        <translation>Pf&amp;ad kopieren</translation>
    </message>
    <message>
        <source>&amp;Delete for ever…</source>
        <translation>Endgültig &amp;löschen …</translation>
    </message>
    <message>
        <source>&amp;Delete the album</source>
        <translation>Album &amp;löschen</translation>
    </message>
    <message>
        <source>&amp;Duplicate…</source>
        <translation>&amp;Duplizieren …</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;Even out</source>
        <translation>&amp;Gleich groß</translation>
    </message>
    <message>
        <source>&amp;Expand all groups</source>
        <translation>Alle Gruppen &amp;aufklappen</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Find</source>
        <translation>&amp;Suchen</translation>
    </message>
    <message>
        <source>&amp;Folders</source>
        <translation>&amp;Ordner</translation>
    </message>
    <message>
        <source>&amp;Give the kept one all ratings and tags</source>
        <translation>Dem behaltenen alle Bewertungen und Schlagwörter &amp;geben</translation>
    </message>
    <message>
        <source>&amp;Go to</source>
        <translation>&amp;Gehe zu</translation>
    </message>
    <message>
        <source>&amp;Green</source>
        <translation>&amp;Grün</translation>
    </message>
    <message>
        <source>&amp;Group</source>
        <translation>&amp;Gruppieren</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>&amp;High contrast</source>
        <translation>Hoher Kontrast</translation>
    </message>
    <message>
        <source>&amp;Higher</source>
        <translation>&amp;Höher</translation>
    </message>
    <message>
        <source>&amp;Invert the selection</source>
        <translation>Auswahl &amp;umkehren</translation>
    </message>
    <message>
        <source>&amp;Item</source>
        <translation>&amp;Element</translation>
    </message>
    <message>
        <source>&amp;Join files that are numbered alike</source>
        <translation>Gleich nummerierte Dateien &amp;verbinden</translation>
    </message>
    <message>
        <source>&amp;Keep this one, select the others</source>
        <translation>Dieses &amp;behalten, die anderen auswählen</translation>
    </message>
    <message>
        <source>&amp;Keyboard…</source>
        <translation>&amp;Tastatur …</translation>
    </message>
    <message>
        <source>&amp;Label</source>
        <translation>&amp;Farbmarkierung</translation>
    </message>
    <message>
        <source>&amp;Larger</source>
        <translation>&amp;Größer</translation>
    </message>
    <message>
        <source>&amp;Last group first</source>
        <translation>&amp;Letzte Gruppe zuerst</translation>
    </message>
    <message>
        <source>&amp;Look for changes</source>
        <translation>Na&amp;ch Änderungen suchen</translation>
    </message>
    <message>
        <source>&amp;Lower</source>
        <translation>N&amp;iedriger</translation>
    </message>
    <message>
        <source>&amp;Manual</source>
        <translation>&amp;Handbuch</translation>
    </message>
    <message>
        <source>&amp;Move</source>
        <translation>&amp;Verschieben</translation>
    </message>
    <message>
        <source>&amp;Narrower</source>
        <translation>&amp;Schmaler</translation>
    </message>
    <message>
        <source>&amp;New album…</source>
        <translation>&amp;Neues Album …</translation>
    </message>
    <message>
        <source>&amp;New workspace…</source>
        <translation>&amp;Neue Arbeitsfläche …</translation>
    </message>
    <message>
        <source>&amp;Next group</source>
        <translation>&amp;Nächste Gruppe</translation>
    </message>
    <message>
        <source>&amp;No label</source>
        <translation>&amp;Keine Markierung</translation>
    </message>
    <message>
        <source>&amp;No stars</source>
        <translation>&amp;Keine Sterne</translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>&amp;Öffnen</translation>
    </message>
    <message>
        <source>&amp;Open or close the stack</source>
        <translation>Stapel &amp;öffnen oder schließen</translation>
    </message>
    <message>
        <source>&amp;Other application…</source>
        <translation>&amp;Anderes Programm …</translation>
    </message>
    <message>
        <source>&amp;Panes</source>
        <translation>Bereic&amp;he</translation>
    </message>
    <message>
        <source>&amp;Pause the search for duplicates</source>
        <translation>Suche nach Duplikaten an&amp;halten</translation>
    </message>
    <message>
        <source>&amp;Performance</source>
        <translation>Lei&amp;stung</translation>
    </message>
    <message>
        <source>&amp;Purple</source>
        <translation>&amp;Violett</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>&amp;Rating</source>
        <translation>&amp;Bewertung</translation>
    </message>
    <message>
        <source>&amp;Red</source>
        <translation>&amp;Rot</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederholen</translation>
    </message>
    <message>
        <source>&amp;Remove from an album…</source>
        <translation>Aus einem Album &amp;entfernen …</translation>
    </message>
    <message>
        <source>&amp;Rename…</source>
        <translation>&amp;Umbenennen …</translation>
    </message>
    <message>
        <source>&amp;Run a command…</source>
        <translation>&amp;Befehl ausführen …</translation>
    </message>
    <message>
        <source>&amp;Save now</source>
        <translation>Jetzt &amp;sichern</translation>
    </message>
    <message>
        <source>&amp;Settings…</source>
        <translation>&amp;Einstellungen …</translation>
    </message>
    <message>
        <source>&amp;Show something else</source>
        <translation>&amp;Etwas anderes zeigen</translation>
    </message>
    <message>
        <source>&amp;Smaller</source>
        <translation>K&amp;leiner</translation>
    </message>
    <message>
        <source>&amp;Stack</source>
        <translation>&amp;Stapeln</translation>
    </message>
    <message>
        <source>&amp;Stop the search for duplicates</source>
        <translation>Suche nach Duplikaten abbre&amp;chen</translation>
    </message>
    <message>
        <source>&amp;Table</source>
        <translation>&amp;Tabelle</translation>
    </message>
    <message>
        <source>&amp;Take out of the stack</source>
        <translation>&amp;Aus dem Stapel nehmen</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Unstack</source>
        <translation>Stapel a&amp;uflösen</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Wider</source>
        <translation>&amp;Breiter</translation>
    </message>
    <message>
        <source>&amp;Workspace</source>
        <translation>A&amp;rbeitsfläche</translation>
    </message>
    <message>
        <source>&amp;Workspaces</source>
        <translation>A&amp;rbeitsflächen</translation>
    </message>
    <message>
        <source>&amp;Yellow</source>
        <translation>G&amp;elb</translation>
    </message>
    <message>
        <source>Add &amp;folder…</source>
        <translation>&amp;Ordner hinzufügen …</translation>
    </message>
    <message>
        <source>Add f&amp;iles…</source>
        <translation>&amp;Dateien hinzufügen …</translation>
    </message>
    <message>
        <source>Al&amp;bum</source>
        <translation>Al&amp;bum</translation>
    </message>
    <message>
        <source>By camera</source>
        <translation>Nach Kamera</translation>
    </message>
    <message>
        <source>By day</source>
        <translation>Nach Tag</translation>
    </message>
    <message>
        <source>By folder</source>
        <translation>Nach Ordner</translation>
    </message>
    <message>
        <source>By format</source>
        <translation>Nach Format</translation>
    </message>
    <message>
        <source>By kind</source>
        <translation>Nach Art</translation>
    </message>
    <message>
        <source>By label</source>
        <translation>Nach Farbmarkierung</translation>
    </message>
    <message>
        <source>By letter</source>
        <translation>Nach Anfangsbuchstabe</translation>
    </message>
    <message>
        <source>By month</source>
        <translation>Nach Monat</translation>
    </message>
    <message>
        <source>By rating</source>
        <translation>Nach Bewertung</translation>
    </message>
    <message>
        <source>By size</source>
        <translation>Nach Größe</translation>
    </message>
    <message>
        <source>By year</source>
        <translation>Nach Jahr</translation>
    </message>
    <message>
        <source>C&amp;lose all stacks</source>
        <translation>Alle Stapel s&amp;chließen</translation>
    </message>
    <message>
        <source>C&amp;ollapse all groups</source>
        <translation>All&amp;e Gruppen zuklappen</translation>
    </message>
    <message>
        <source>Change places with the &amp;next</source>
        <translation>Platz mit dem &amp;nächsten tauschen</translation>
    </message>
    <message>
        <source>Change places with the &amp;previous</source>
        <translation>Platz mit dem &amp;vorigen tauschen</translation>
    </message>
    <message>
        <source>Co&amp;mpare</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>Collapse or e&amp;xpand the group</source>
        <translation>Gruppe auf- oder &amp;zuklappen</translation>
    </message>
    <message>
        <source>Colours of the &amp;desktop</source>
        <translation>&amp;Farben des Desktops</translation>
    </message>
    <message>
        <source>Columns of the table…</source>
        <translation>Spalten der Tabelle …</translation>
    </message>
    <message>
        <source>Cop&amp;y</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>Copy as CS&amp;V</source>
        <translation>Als &amp;CSV kopieren</translation>
    </message>
    <message>
        <source>D&amp;elete…</source>
        <translation>&amp;Löschen …</translation>
    </message>
    <message>
        <source>Dar&amp;k</source>
        <translation>&amp;Dunkel</translation>
    </message>
    <message>
        <source>E&amp;xport…</source>
        <translation>E&amp;xportieren …</translation>
    </message>
    <message>
        <source>Edit &amp;in the table</source>
        <translation>In der Tabelle bea&amp;rbeiten</translation>
    </message>
    <message>
        <source>Edit &amp;tags</source>
        <translation>&amp;Schlagwörter bearbeiten</translation>
    </message>
    <message>
        <source>F&amp;ull screen</source>
        <translation>Vollbild</translation>
    </message>
    <message>
        <source>Files &amp;that failed…</source>
        <translation>&amp;Fehlgeschlagene Dateien …</translation>
    </message>
    <message>
        <source>Find &amp;duplicates</source>
        <translation>&amp;Duplikate suchen</translation>
    </message>
    <message>
        <source>Find &amp;missing files…</source>
        <translation>Fehlende Dateien &amp;suchen …</translation>
    </message>
    <message>
        <source>Fo&amp;rget the saved filter</source>
        <translation>Gespei&amp;cherten Filter vergessen</translation>
    </message>
    <message>
        <source>Folders as &amp;stacks</source>
        <translation>Ordner als &amp;Stapel</translation>
    </message>
    <message>
        <source>Imported f&amp;olders…</source>
        <translation>Importierte Ord&amp;ner …</translation>
    </message>
    <message>
        <source>In a &amp;window of its own</source>
        <translation>In einem eigenen &amp;Fenster</translation>
    </message>
    <message>
        <source>Item panel</source>
        <translation>Elementleiste</translation>
    </message>
    <message>
        <source>L&amp;ight</source>
        <translation>&amp;Hell</translation>
    </message>
    <message>
        <source>Look alike</source>
        <translation>Sehen ähnlich aus</translation>
    </message>
    <message>
        <source>Ma&amp;ximised</source>
        <translation>Ma&amp;ximiert</translation>
    </message>
    <message>
        <source>Make it the &amp;cover</source>
        <translation>Zum Titel&amp;bild machen</translation>
    </message>
    <message>
        <source>Move &amp;down</source>
        <translation>Nach &amp;unten</translation>
    </message>
    <message>
        <source>Move &amp;left</source>
        <translation>Nach &amp;links</translation>
    </message>
    <message>
        <source>Move &amp;right</source>
        <translation>Nach &amp;rechts</translation>
    </message>
    <message>
        <source>Move &amp;up</source>
        <translation>Nach &amp;oben</translation>
    </message>
    <message>
        <source>Move to tras&amp;h</source>
        <translation>In den &amp;Papierkorb</translation>
    </message>
    <message>
        <source>N&amp;one</source>
        <translation>&amp;Keine</translation>
    </message>
    <message>
        <source>New pane &amp;above</source>
        <translation>Neuer Bereich &amp;oben</translation>
    </message>
    <message>
        <source>New pane &amp;below</source>
        <translation>Neuer Bereich &amp;unten</translation>
    </message>
    <message>
        <source>New pane to the &amp;left</source>
        <translation>Neuer Bereich &amp;links</translation>
    </message>
    <message>
        <source>New pane to the &amp;right</source>
        <translation>Neuer Bereich &amp;rechts</translation>
    </message>
    <message>
        <source>No album is chosen in the sidebar</source>
        <translation>In der Seitenleiste ist kein Album gewählt</translation>
    </message>
    <message>
        <source>No duplicates are known: let them be found first</source>
        <translation>Es sind keine Duplikate bekannt: Lassen Sie sie zuerst suchen</translation>
    </message>
    <message>
        <source>No groups</source>
        <translation>Keine Gruppen</translation>
    </message>
    <message>
        <source>No import is at work</source>
        <translation>Es läuft kein Import</translation>
    </message>
    <message>
        <source>No item is chosen</source>
        <translation>Es ist kein Element gewählt</translation>
    </message>
    <message>
        <source>No saved filter is chosen in the sidebar</source>
        <translation>In der Seitenleiste ist kein gespeicherter Filter gewählt</translation>
    </message>
    <message>
        <source>No search for duplicates is at work</source>
        <translation>Es läuft keine Suche nach Duplikaten</translation>
    </message>
    <message>
        <source>Only among cards and in tables of the library</source>
        <translation>Nur unter den Karten und in Tabellen der Bibliothek</translation>
    </message>
    <message>
        <source>Only among the cards</source>
        <translation>Nur bei den Karten</translation>
    </message>
    <message>
        <source>Only among the cards and in the table</source>
        <translation>Nur bei den Karten und in der Tabelle</translation>
    </message>
    <message>
        <source>Only in the viewer</source>
        <translation>Nur im Betrachter</translation>
    </message>
    <message>
        <source>Only in the workspace</source>
        <translation>Nur auf der Arbeitsfläche</translation>
    </message>
    <message>
        <source>Only on the library's page and in tables</source>
        <translation>Nur auf der Seite der Bibliothek und in Tabellen</translation>
    </message>
    <message>
        <source>Only where items are chosen from several</source>
        <translation>Nur wo Elemente unter mehreren ausgewählt werden</translation>
    </message>
    <message>
        <source>Open &amp;all stacks</source>
        <translation>Alle Stapel ö&amp;ffnen</translation>
    </message>
    <message>
        <source>Open &amp;with</source>
        <translation>Ö&amp;ffnen mit</translation>
    </message>
    <message>
        <source>Pane &amp;above</source>
        <translation>Bereich &amp;oben</translation>
    </message>
    <message>
        <source>Pane &amp;below</source>
        <translation>Bereich &amp;unten</translation>
    </message>
    <message>
        <source>Pane to the &amp;left</source>
        <translation>Bereich &amp;links</translation>
    </message>
    <message>
        <source>Pane to the &amp;right</source>
        <translation>Bereich &amp;rechts</translation>
    </message>
    <message>
        <source>Previous group</source>
        <translation>&amp;Vorige Gruppe</translation>
    </message>
    <message>
        <source>R&amp;ename…</source>
        <translation>&amp;Umbenennen …</translation>
    </message>
    <message>
        <source>Read side-cars a&amp;gain</source>
        <translation>Filialdateien &amp;neu lesen</translation>
    </message>
    <message>
        <source>Rena&amp;me the album…</source>
        <translation>Album &amp;umbenennen …</translation>
    </message>
    <message>
        <source>S&amp;plit into single files</source>
        <translation>&amp;In einzelne Dateien zerlegen</translation>
    </message>
    <message>
        <source>Sa&amp;ve the filter…</source>
        <translation>Filter s&amp;peichern …</translation>
    </message>
    <message>
        <source>Same content</source>
        <translation>Gleicher Inhalt</translation>
    </message>
    <message>
        <source>Select &amp;all</source>
        <translation>&amp;Alles auswählen</translation>
    </message>
    <message>
        <source>Select &amp;nothing</source>
        <translation>&amp;Nichts auswählen</translation>
    </message>
    <message>
        <source>Select all &amp;but the best of each group</source>
        <translation>Alle außer dem b&amp;esten jeder Gruppe auswählen</translation>
    </message>
    <message>
        <source>Sho&amp;w missing items</source>
        <translation>Fehlende Elemente an&amp;zeigen</translation>
    </message>
    <message>
        <source>Show in file &amp;manager</source>
        <translation>In der Dateiverwaltung an&amp;zeigen</translation>
    </message>
    <message>
        <source>Show in the &amp;viewer</source>
        <translation>Im &amp;Betrachter zeigen</translation>
    </message>
    <message>
        <source>Si&amp;de-cars…</source>
        <translation>F&amp;ilialdateien …</translation>
    </message>
    <message>
        <source>Si&amp;ze</source>
        <translation>&amp;Größe</translation>
    </message>
    <message>
        <source>Stac&amp;k</source>
        <translation>S&amp;tapel</translation>
    </message>
    <message>
        <source>The cards are not grouped</source>
        <translation>Die Karten sind nicht gruppiert</translation>
    </message>
    <message>
        <source>The chosen item is no image</source>
        <translation>Das gewählte Element ist kein Bild</translation>
    </message>
    <message>
        <source>The chosen item is no sequence</source>
        <translation>Das gewählte Element ist keine Sequenz</translation>
    </message>
    <message>
        <source>The current item is in no stack</source>
        <translation>Das aktuelle Element ist in keinem Stapel</translation>
    </message>
    <message>
        <source>The library is open for reading only</source>
        <translation>Die Bibliothek ist nur zum Lesen geöffnet</translation>
    </message>
    <message>
        <source>Two to four images have to be selected on the library's page</source>
        <translation>Auf der Seite der Bibliothek müssen zwei bis vier Bilder ausgewählt sein</translation>
    </message>
    <message>
        <source>Write side-cars &amp;now</source>
        <translation>Filialdateien &amp;jetzt schreiben</translation>
    </message>
</context>
<context>
    <name>number</name>
    <message>
        <source>%1 at most: this is what will be taken</source>
        <translation>Höchstens %1: dieser Wert wird genommen</translation>
    </message>
    <message>
        <source>,</source>
        <translation>.</translation>
    </message>
    <message>
        <source>.</source>
        <translation>,</translation>
    </message>
</context>
<context>
    <name>order</name>
    <message>
        <source>Album</source>
        <translation>Album</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Datum</translation>
    </message>
    <message>
        <source>File size</source>
        <translation>Dateigröße</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Order of arrival</source>
        <translation>Reihenfolge des Eintreffens</translation>
    </message>
    <message>
        <source>Pixels</source>
        <translation>Pixel</translation>
    </message>
    <message>
        <source>Triangles</source>
        <translation>Dreiecke</translation>
    </message>
</context>
<context>
    <name>palette</name>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>Befehle</translation>
    </message>
    <message>
        <source>Go to the album</source>
        <translation>Zum Album</translation>
    </message>
    <message>
        <source>Go to the folder</source>
        <translation>Zum Ordner</translation>
    </message>
    <message>
        <source>Go to the tag</source>
        <translation>Zum Schlagwort</translation>
    </message>
    <message>
        <source>No command and no place fits</source>
        <translation>Kein Befehl und kein Ort passt</translation>
    </message>
    <message>
        <source>Type part of a command, a folder, #tag or @album</source>
        <translation>Teil eines Befehls, eines Ordners, #Schlagwort oder @Album</translation>
    </message>
</context>
<context>
    <name>panes</name>
    <message numerus="yes">
        <source>%n rows</source>
        <translation><numerusform>%n Zeile</numerusform><numerusform>%n Zeilen</numerusform></translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>Aktivität</translation>
    </message>
    <message>
        <source>As large as before</source>
        <translation>So groß wie zuvor</translation>
    </message>
    <message>
        <source>Asking…</source>
        <translation>Wird gefragt …</translation>
    </message>
    <message>
        <source>Backwards</source>
        <translation>Rückwärts</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Cards</source>
        <translation>Karten</translation>
    </message>
    <message>
        <source>Close pane %1</source>
        <translation>Bereich %1 schließen</translation>
    </message>
    <message>
        <source>Close the pane</source>
        <translation>Bereich schließen</translation>
    </message>
    <message>
        <source>Copy lines</source>
        <translation>Zeilen kopieren</translation>
    </message>
    <message>
        <source>Copy rows</source>
        <translation>Zeilen kopieren</translation>
    </message>
    <message>
        <source>Copy “%1”</source>
        <translation>„%1“ kopieren</translation>
    </message>
    <message>
        <source>Ctrl+Enter runs the query. The manual tells what can be asked.</source>
        <translation>Strg+Eingabe führt die Abfrage aus. Das Handbuch sagt, was gefragt werden kann.</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Filter of the pane</source>
        <translation>Filter des Bereichs</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>In a window of its own</source>
        <translation>In einem eigenen Fenster</translation>
    </message>
    <message>
        <source>Information</source>
        <translation>Information</translation>
    </message>
    <message>
        <source>Items of the pane</source>
        <translation>Elemente des Bereichs</translation>
    </message>
    <message>
        <source>Items of the pane as a table</source>
        <translation>Elemente des Bereichs als Tabelle</translation>
    </message>
    <message>
        <source>Kinds of panes</source>
        <translation>Arten von Bereichen</translation>
    </message>
    <message>
        <source>Line %u, column %u: </source>
        <translation>Zeile %u, Spalte %u: </translation>
    </message>
    <message>
        <source>Loading</source>
        <translation>Lädt</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>Lädt …</translation>
    </message>
    <message>
        <source>Manual</source>
        <translation>Handbuch</translation>
    </message>
    <message>
        <source>Maximise</source>
        <translation>Maximieren</translation>
    </message>
    <message>
        <source>Maximise pane %1</source>
        <translation>Bereich %1 maximieren</translation>
    </message>
    <message>
        <source>Menu of pane %1</source>
        <translation>Menü von Bereich %1</translation>
    </message>
    <message>
        <source>Menu of rows</source>
        <translation>Menü der Zeilen</translation>
    </message>
    <message>
        <source>Menu of the pane</source>
        <translation>Menü des Bereichs</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>New pane</source>
        <translation>Neuer Bereich</translation>
    </message>
    <message>
        <source>No column called item_id says which item this is.</source>
        <translation>Keine Spalte namens item_id sagt, welches Element das ist.</translation>
    </message>
    <message>
        <source>No item here matches the filter.</source>
        <translation>Kein Element hier passt zum Filter.</translation>
    </message>
    <message>
        <source>No items yet</source>
        <translation>Noch keine Elemente</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>Nothing here shows “%1”. A newer Vitrine may; the pane keeps it.</source>
        <translation>Nichts hier zeigt „%1“. Ein neueres Vitrine vielleicht; der Bereich behält es.</translation>
    </message>
    <message>
        <source>Nothing is imported in this window: look into the main window, at View, Activity.</source>
        <translation>In diesem Fenster wird nichts importiert: Das Hauptfenster zeigt es unter Ansicht, Aktivität.</translation>
    </message>
    <message>
        <source>Nothing matches</source>
        <translation>Nichts passt</translation>
    </message>
    <message>
        <source>Nothing more is needed</source>
        <translation>Mehr ist nicht nötig</translation>
    </message>
    <message>
        <source>Only a part of this file could be read</source>
        <translation>Nur ein Teil dieser Datei konnte gelesen werden</translation>
    </message>
    <message numerus="yes">
        <source>Only the first %n lines were copied: that is the most at once.</source>
        <translation><numerusform>Nur die erste Zeile wurde kopiert.</numerusform><numerusform>Nur die ersten %n Zeilen wurden kopiert: Mehr geht nicht auf einmal.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Only the first %n rows were copied: they are very long.</source>
        <translation><numerusform>Nur die erste Zeile wurde kopiert: Sie ist sehr lang.</numerusform><numerusform>Nur die ersten %n Zeilen wurden kopiert: Sie sind sehr lang.</numerusform></translation>
    </message>
    <message>
        <source>Order and groups</source>
        <translation>Reihenfolge und Gruppen</translation>
    </message>
    <message>
        <source>Page of the manual</source>
        <translation>Seite des Handbuchs</translation>
    </message>
    <message>
        <source>Pane %1</source>
        <translation>Bereich %1</translation>
    </message>
    <message>
        <source>Performance</source>
        <translation>Leistung</translation>
    </message>
    <message>
        <source>Picture of the pane</source>
        <translation>Bild des Bereichs</translation>
    </message>
    <message>
        <source>Query</source>
        <translation>Abfrage</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>Bewertung</translation>
    </message>
    <message>
        <source>Result of the query</source>
        <translation>Ergebnis der Abfrage</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Noch einmal</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Ausführen</translation>
    </message>
    <message>
        <source>Run the query (Ctrl+Enter)</source>
        <translation>Die Abfrage ausführen (Strg+Eingabe)</translation>
    </message>
    <message>
        <source>SELECT over the library</source>
        <translation>SELECT über die Bibliothek</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>Alles auswählen</translation>
    </message>
    <message>
        <source>Select an item in a pane that is linked with this one to see what is known of it.</source>
        <translation>Wählen Sie ein Element in einem Bereich, der mit diesem verbunden ist, um zu sehen, was darüber bekannt ist.</translation>
    </message>
    <message>
        <source>Sequence</source>
        <translation>Sequenz</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>Show all items</source>
        <translation>Alle Elemente zeigen</translation>
    </message>
    <message>
        <source>Show something else</source>
        <translation>Etwas anderes zeigen</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>Tabelle</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Text of the pane</source>
        <translation>Text des Bereichs</translation>
    </message>
    <message numerus="yes">
        <source>The file is too long to be shown whole: these are its first %n lines.</source>
        <translation><numerusform>Die Datei ist zu lang, um ganz gezeigt zu werden: Dies ist ihre erste Zeile.</numerusform><numerusform>Die Datei ist zu lang, um ganz gezeigt zu werden: Dies sind ihre ersten %n Zeilen.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>The first %n rows; there are more: narrow it with WHERE.</source>
        <translation><numerusform>Die erste Zeile; es gibt mehr.</numerusform><numerusform>Die ersten %n Zeilen; es gibt mehr: mit WHERE eingrenzen.</numerusform></translation>
    </message>
    <message>
        <source>The query was cancelled.</source>
        <translation>Die Abfrage wurde abgebrochen.</translation>
    </message>
    <message>
        <source>They appear here as they are imported.</source>
        <translation>Sie erscheinen hier, sobald sie importiert sind.</translation>
    </message>
    <message>
        <source>This file is empty.</source>
        <translation>Diese Datei ist leer.</translation>
    </message>
    <message>
        <source>This is the text as it was: %1</source>
        <translation>Dies ist der Text, wie er war: %1</translation>
    </message>
    <message>
        <source>This picture cannot be shown in all its pixels</source>
        <translation>Dieses Bild kann nicht in allen Pixeln gezeigt werden</translation>
    </message>
    <message>
        <source>This text is not UTF-8: it is shown as Latin-1.</source>
        <translation>Dieser Text ist kein UTF-8: er wird als Latin-1 gezeigt.</translation>
    </message>
    <message>
        <source>What is known of the item</source>
        <translation>Was über das Element bekannt ist</translation>
    </message>
    <message>
        <source>What of it</source>
        <translation>Was davon</translation>
    </message>
    <message>
        <source>What shall this pane show?</source>
        <translation>Was soll dieser Bereich zeigen?</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>Worte</translation>
    </message>
    <message>
        <source>filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>folder|filter</source>
        <translation>Ordner|Filter</translation>
    </message>
    <message>
        <source>item</source>
        <translation>Element</translation>
    </message>
    <message>
        <source>item, or nothing: of linked panes</source>
        <translation>Element, oder nichts: aus verbundenen Bereichen</translation>
    </message>
    <message>
        <source>page</source>
        <translation>Seite</translation>
    </message>
    <message>
        <source>path of a file</source>
        <translation>Pfad einer Datei</translation>
    </message>
</context>
<context>
    <name>performance</name>
    <message>
        <source>%1 min ago</source>
        <translation>vor %1 min</translation>
    </message>
    <message>
        <source>%1 of memory given back.</source>
        <translation>%1 Speicher zurückgegeben.</translation>
    </message>
    <message>
        <source>%1 s ago</source>
        <translation>vor %1 s</translation>
    </message>
    <message>
        <source>&amp;Budgets</source>
        <translation>&amp;Budgets</translation>
    </message>
    <message>
        <source>&amp;Control panel</source>
        <translation>&amp;Steuerung</translation>
    </message>
    <message>
        <source>&amp;Graphs</source>
        <translation>&amp;Kurven</translation>
    </message>
    <message>
        <source>&amp;Profiler</source>
        <translation>&amp;Profiler</translation>
    </message>
    <message>
        <source>99 % below</source>
        <translation>99 % unter</translation>
    </message>
    <message>
        <source>A frame of the window</source>
        <translation>Ein Bild des Fensters</translation>
    </message>
    <message>
        <source>All processes together hold %1 of the %2 allowed.</source>
        <translation>Alle Prozesse zusammen belegen %1 von %2 erlaubten.</translation>
    </message>
    <message>
        <source>Allow half as much again</source>
        <translation>Die Hälfte mehr erlauben</translation>
    </message>
    <message>
        <source>Answer to the user</source>
        <translation>Antwort auf eine Eingabe</translation>
    </message>
    <message>
        <source>Applied.</source>
        <translation>Übernommen.</translation>
    </message>
    <message>
        <source>Apply limits</source>
        <translation>Grenzen übernehmen</translation>
    </message>
    <message>
        <source>At most</source>
        <translation>Höchstens</translation>
    </message>
    <message>
        <source>Background work</source>
        <translation>Hintergrundarbeit</translation>
    </message>
    <message>
        <source>Background work goes on.</source>
        <translation>Die Hintergrundarbeit geht weiter.</translation>
    </message>
    <message>
        <source>Background work is paused.</source>
        <translation>Die Hintergrundarbeit ist angehalten.</translation>
    </message>
    <message>
        <source>Background work is paused: nothing is imported until it goes on.</source>
        <translation>Die Hintergrundarbeit ist angehalten: Bis sie weitergeht, wird nichts importiert.</translation>
    </message>
    <message>
        <source>Between two steps of progress</source>
        <translation>Zwischen zwei Fortschrittsanzeigen</translation>
    </message>
    <message>
        <source>Budget</source>
        <translation>Budget</translation>
    </message>
    <message>
        <source>Budgets</source>
        <translation>Budgets</translation>
    </message>
    <message>
        <source>Budgets exceeded</source>
        <translation>Überschrittene Budgets</translation>
    </message>
    <message>
        <source>Caches</source>
        <translation>Zwischenspeicher</translation>
    </message>
    <message>
        <source>Caches hold a good part of the memory that is allowed. They can be given back now.</source>
        <translation>Zwischenspeicher belegen einen guten Teil des erlaubten Speichers. Sie können jetzt zurückgegeben werden.</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Abgebrochen</translation>
    </message>
    <message>
        <source>Cancelling</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Clear this cache</source>
        <translation>Diesen Zwischenspeicher leeren</translation>
    </message>
    <message>
        <source>Commit</source>
        <translation>Schreibvorgang</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>Anzahl</translation>
    </message>
    <message>
        <source>Course of the session</source>
        <translation>Verlauf der Sitzung</translation>
    </message>
    <message>
        <source>Critical</source>
        <translation>Kritisch</translation>
    </message>
    <message>
        <source>Decoders</source>
        <translation>Decoder</translation>
    </message>
    <message>
        <source>Decoders die often</source>
        <translation>Decoder stürzen oft ab</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Erledigt</translation>
    </message>
    <message>
        <source>Exceeded</source>
        <translation>Überschritten</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Gescheitert</translation>
    </message>
    <message>
        <source>Fewer files at once</source>
        <translation>Weniger Dateien zugleich</translation>
    </message>
    <message>
        <source>Figures as JSON…</source>
        <translation>Zahlen als JSON…</translation>
    </message>
    <message>
        <source>Files read at once, and processors</source>
        <translation>Zugleich gelesene Dateien und Prozessoren</translation>
    </message>
    <message>
        <source>Files wait while processors are idle. More files at once import faster.</source>
        <translation>Dateien warten, während Prozessoren nichts zu tun haben. Mehr Dateien zugleich werden schneller importiert.</translation>
    </message>
    <message>
        <source>Filling a card</source>
        <translation>Füllen einer Karte</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>First screenful of cards</source>
        <translation>Erste Bildschirmseite Karten</translation>
    </message>
    <message>
        <source>Found in memory</source>
        <translation>Im Speicher gefunden</translation>
    </message>
    <message>
        <source>Frame</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Frame times</source>
        <translation>Bildzeiten</translation>
    </message>
    <message>
        <source>From disks</source>
        <translation>Von Datenträgern</translation>
    </message>
    <message>
        <source>Give back</source>
        <translation>Zurückgeben</translation>
    </message>
    <message>
        <source>Give back all caches</source>
        <translation>Alle Zwischenspeicher zurückgeben</translation>
    </message>
    <message>
        <source>Given back</source>
        <translation>Zurückgegeben</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Go on with background work</source>
        <translation>Hintergrundarbeit fortsetzen</translation>
    </message>
    <message>
        <source>Graphs</source>
        <translation>Kurven</translation>
    </message>
    <message>
        <source>Half below</source>
        <translation>Hälfte unter</translation>
    </message>
    <message>
        <source>Held by</source>
        <translation>Belegt von</translation>
    </message>
    <message>
        <source>Holds</source>
        <translation>Belegt</translation>
    </message>
    <message>
        <source>Idle work</source>
        <translation>Nebenbei</translation>
    </message>
    <message>
        <source>Imports</source>
        <translation>Importe</translation>
    </message>
    <message>
        <source>Imports are at work.</source>
        <translation>Importe laufen.</translation>
    </message>
    <message>
        <source>Imports are paused.</source>
        <translation>Importe sind angehalten.</translation>
    </message>
    <message>
        <source>Index</source>
        <translation>Index</translation>
    </message>
    <message>
        <source>Items</source>
        <translation>Elemente</translation>
    </message>
    <message>
        <source>Items imported</source>
        <translation>Importierte Elemente</translation>
    </message>
    <message>
        <source>JSON (*.json)</source>
        <translation>JSON (*.json)</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Larger cache</source>
        <translation>Größerer Zwischenspeicher</translation>
    </message>
    <message>
        <source>Less than half of the pictures were found in memory, and their cache has no room to grow. A larger one scrolls back without reading.</source>
        <translation>Weniger als die Hälfte der Bilder war noch im Speicher, und ihr Zwischenspeicher kann nicht wachsen. Mit einem größeren wird zurückgeblättert, ohne zu lesen.</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>Grenzen</translation>
    </message>
    <message>
        <source>Longest</source>
        <translation>Längste</translation>
    </message>
    <message>
        <source>Longest stall</source>
        <translation>Längste Stockung</translation>
    </message>
    <message>
        <source>Many files cannot be read</source>
        <translation>Viele Dateien sind nicht lesbar</translation>
    </message>
    <message>
        <source>Many files cannot be read. Their disk may be at fault, or they are damaged.</source>
        <translation>Viele Dateien sind nicht lesbar. Ihr Datenträger kann fehlerhaft sein, oder sie sind beschädigt.</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>Mittel</translation>
    </message>
    <message>
        <source>Measure anew</source>
        <translation>Neu messen</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>Memory and its limit</source>
        <translation>Speicher und seine Grenze</translation>
    </message>
    <message>
        <source>Memory is nearly at its limit, so less is kept ready. Allow more, if the machine has it.</source>
        <translation>Der Speicher ist fast an seiner Grenze, deshalb wird weniger bereitgehalten. Erlauben Sie mehr, wenn der Rechner es hat.</translation>
    </message>
    <message>
        <source>Memory is nearly used up</source>
        <translation>Der Speicher ist fast aufgebraucht</translation>
    </message>
    <message>
        <source>More files at once</source>
        <translation>Mehr Dateien zugleich</translation>
    </message>
    <message>
        <source>Nearby</source>
        <translation>In der Nähe</translation>
    </message>
    <message>
        <source>No budget was exceeded.</source>
        <translation>Kein Budget wurde überschritten.</translation>
    </message>
    <message>
        <source>No import is at work.</source>
        <translation>Kein Import läuft.</translation>
    </message>
    <message>
        <source>No trace was kept: there was no memory for it.</source>
        <translation>Es wurde kein Ablauf aufgezeichnet: Der Speicher reichte nicht.</translation>
    </message>
    <message>
        <source>Not written: there is no memory for it.</source>
        <translation>Nicht geschrieben: Der Speicher reicht dafür nicht.</translation>
    </message>
    <message>
        <source>Nothing is measured in this window: open the Performance centre of the main window, from the menu View.</source>
        <translation>In diesem Fenster wird nichts gemessen: Öffnen Sie die Leistungszentrale des Hauptfensters im Menü Ansicht.</translation>
    </message>
    <message>
        <source>Nothing needs to be done.</source>
        <translation>Es ist nichts zu tun.</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Jetzt</translation>
    </message>
    <message>
        <source>Operation</source>
        <translation>Vorgang</translation>
    </message>
    <message>
        <source>Operations</source>
        <translation>Vorgänge</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <source>Pause background work</source>
        <translation>Hintergrundarbeit anhalten</translation>
    </message>
    <message>
        <source>Performance</source>
        <translation>Leistung</translation>
    </message>
    <message>
        <source>Performance of Vitrine</source>
        <translation>Leistung von Vitrine</translation>
    </message>
    <message>
        <source>Pictures found in memory</source>
        <translation>Im Speicher gefundene Bilder</translation>
    </message>
    <message>
        <source>Pools</source>
        <translation>Vorräte</translation>
    </message>
    <message>
        <source>Processor</source>
        <translation>Prozessor</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Programm</translation>
    </message>
    <message>
        <source>Queued</source>
        <translation>Wartend</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>Lesen</translation>
    </message>
    <message>
        <source>Report…</source>
        <translation>Bericht …</translation>
    </message>
    <message>
        <source>Rest</source>
        <translation>Rest</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>Laufend</translation>
    </message>
    <message>
        <source>SQLite</source>
        <translation>SQLite</translation>
    </message>
    <message>
        <source>Show the folder</source>
        <translation>Ordner anzeigen</translation>
    </message>
    <message>
        <source>Show them</source>
        <translation>Anzeigen</translation>
    </message>
    <message>
        <source>Since this was opened</source>
        <translation>Seit dem Öffnen</translation>
    </message>
    <message>
        <source>Sorting</source>
        <translation>Sortieren</translation>
    </message>
    <message>
        <source>Stalls of the window</source>
        <translation>Stockungen des Fensters</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>T&amp;ime shown</source>
        <translation>&amp;Zeitraum</translation>
    </message>
    <message>
        <source>Taking in results</source>
        <translation>Übernahme von Ergebnissen</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>Ziel</translation>
    </message>
    <message>
        <source>Tasks</source>
        <translation>Aufgaben</translation>
    </message>
    <message>
        <source>Tasks that ended</source>
        <translation>Beendete Aufgaben</translation>
    </message>
    <message>
        <source>The disk is nearly full</source>
        <translation>Der Datenträger ist fast voll</translation>
    </message>
    <message>
        <source>The disk with the library is nearly full. Make room there: imports wait below 64 MB.</source>
        <translation>Der Datenträger mit der Bibliothek ist fast voll. Schaffen Sie dort Platz: Unter 64 MB warten Importe.</translation>
    </message>
    <message>
        <source>The last %1 spans of work are kept for a trace.</source>
        <translation>Die letzten %1 Arbeitsabschnitte sind für eine Aufzeichnung vorgehalten.</translation>
    </message>
    <message>
        <source>The last minute</source>
        <translation>Die letzte Minute</translation>
    </message>
    <message>
        <source>The last ten minutes</source>
        <translation>Die letzten zehn Minuten</translation>
    </message>
    <message>
        <source>The window stood still</source>
        <translation>Das Fenster stand still</translation>
    </message>
    <message>
        <source>The window stood still though little was to be done: another program, or a slow disk, may be why. The list of violations tells what ran then.</source>
        <translation>Das Fenster stand still, obwohl wenig zu tun war: Ein anderes Programm oder ein langsamer Datenträger kann der Grund sein. Die Liste der Überschreitungen sagt, was dann lief.</translation>
    </message>
    <message>
        <source>The window stood still while files were imported, though one at a time. Pausing that gives it all of the processor.</source>
        <translation>Das Fenster stand still, während Dateien importiert wurden, wenn auch einzeln. Eine Pause lässt ihm den ganzen Prozessor.</translation>
    </message>
    <message>
        <source>The window stood still while files were imported. Fewer files at once leave it more of the processor.</source>
        <translation>Das Fenster stand still, während Dateien importiert wurden. Weniger Dateien zugleich lassen ihm mehr vom Prozessor.</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Time shown</source>
        <translation>Zeitraum</translation>
    </message>
    <message>
        <source>Took</source>
        <translation>Dauerte</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>Summe</translation>
    </message>
    <message>
        <source>Traces (*.json)</source>
        <translation>Aufzeichnungen (*.json)</translation>
    </message>
    <message>
        <source>Trace…</source>
        <translation>Aufzeichnung …</translation>
    </message>
    <message>
        <source>Visible</source>
        <translation>Sichtbar</translation>
    </message>
    <message>
        <source>Waiting to be read</source>
        <translation>Warten aufs Lesen</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>Web pages (*.html)</source>
        <translation>Webseiten (*.html)</translation>
    </message>
    <message>
        <source>What can be done</source>
        <translation>Was man tun kann</translation>
    </message>
    <message>
        <source>What ran then</source>
        <translation>Was dann lief</translation>
    </message>
    <message>
        <source>What took too long</source>
        <translation>Was zu lange dauerte</translation>
    </message>
    <message>
        <source>Who holds memory</source>
        <translation>Wer Speicher belegt</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Fenster</translation>
    </message>
    <message>
        <source>Window's time for an imported item</source>
        <translation>Fensterzeit je importiertem Element</translation>
    </message>
    <message>
        <source>Work piles up</source>
        <translation>Arbeit staut sich</translation>
    </message>
    <message>
        <source>Workers</source>
        <translation>Arbeiter</translation>
    </message>
    <message>
        <source>Write a report, for a browser</source>
        <translation>Bericht für einen Browser schreiben</translation>
    </message>
    <message>
        <source>Write a trace, for Perfetto or chrome://tracing</source>
        <translation>Aufzeichnung für Perfetto oder chrome://tracing schreiben</translation>
    </message>
    <message>
        <source>Write a trace…</source>
        <translation>Aufzeichnung schreiben…</translation>
    </message>
    <message>
        <source>Write the figures as JSON</source>
        <translation>Zahlen als JSON schreiben</translation>
    </message>
    <message>
        <source>Writer</source>
        <translation>Schreiber</translation>
    </message>
    <message>
        <source>Writing to the library</source>
        <translation>Schreiben in die Bibliothek</translation>
    </message>
    <message>
        <source>Writing to the library takes long: its disk is slow or busy. Pausing the imports gives it time.</source>
        <translation>Das Schreiben in die Bibliothek dauert lange: Ihr Datenträger ist langsam oder beschäftigt. Angehaltene Importe geben ihm Zeit.</translation>
    </message>
    <message>
        <source>Written on</source>
        <translation>Geschrieben am</translation>
    </message>
    <message>
        <source>Written to %1</source>
        <translation>Geschrieben nach %1</translation>
    </message>
    <message>
        <source>allow more files to be decoded at once, or wait</source>
        <translation>erlauben Sie mehr zugleich gelesene Dateien, oder warten Sie</translation>
    </message>
    <message>
        <source>answer to the user</source>
        <translation>Antwort auf eine Eingabe</translation>
    </message>
    <message>
        <source>cache</source>
        <translation>Zwischenspeicher</translation>
    </message>
    <message>
        <source>can be rebuilt</source>
        <translation>neu zu berechnen</translation>
    </message>
    <message>
        <source>card configured</source>
        <translation>Karte gefüllt</translation>
    </message>
    <message>
        <source>critical</source>
        <translation>kritisch</translation>
    </message>
    <message>
        <source>first screenful</source>
        <translation>Erste Bildschirmseite</translation>
    </message>
    <message>
        <source>frame painted</source>
        <translation>Bild gezeichnet</translation>
    </message>
    <message>
        <source>import cancelled</source>
        <translation>Import abgebrochen</translation>
    </message>
    <message>
        <source>index</source>
        <translation>Index</translation>
    </message>
    <message>
        <source>item taken in (mean of many)</source>
        <translation>Element übernommen (Mittel über viele)</translation>
    </message>
    <message>
        <source>let go of what is kept in memory, or allow more of it</source>
        <translation>geben Sie Zwischenspeicher zurück, oder erlauben Sie mehr Speicher</translation>
    </message>
    <message>
        <source>loaded ahead</source>
        <translation>vorausgeladen</translation>
    </message>
    <message>
        <source>look at the list of failures: a kind of file may be damaged</source>
        <translation>sehen Sie in die Liste der Fehler: Dateien einer Art können beschädigt sein</translation>
    </message>
    <message>
        <source>look at the list of failures: their disk may be at fault</source>
        <translation>sehen Sie in die Liste der Fehler: Ihr Datenträger kann fehlerhaft sein</translation>
    </message>
    <message>
        <source>look at what ran then</source>
        <translation>sehen Sie nach, was dann lief</translation>
    </message>
    <message>
        <source>make room where the catalog lies; imports wait below 64 MB</source>
        <translation>schaffen Sie Platz, wo die Bibliothek liegt; unter 64 MB warten Importe</translation>
    </message>
    <message>
        <source>needed</source>
        <translation>gebraucht</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>nicht gemessen</translation>
    </message>
    <message>
        <source>nothing that Vitrine measures</source>
        <translation>nichts, was Vitrine misst</translation>
    </message>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
    <message>
        <source>ok</source>
        <translation>gut</translation>
    </message>
    <message>
        <source>other order shown</source>
        <translation>andere Sortierung gezeigt</translation>
    </message>
    <message>
        <source>panes that are not seen</source>
        <translation>Bereiche, die nicht zu sehen sind</translation>
    </message>
    <message>
        <source>pictures beside the one looked at</source>
        <translation>Bilder neben dem betrachteten</translation>
    </message>
    <message>
        <source>pictures of cards</source>
        <translation>Bilder der Karten</translation>
    </message>
    <message>
        <source>progress of an import told</source>
        <translation>Fortschritt eines Imports gemeldet</translation>
    </message>
    <message>
        <source>results taken in</source>
        <translation>Ergebnisse übernommen</translation>
    </message>
    <message>
        <source>slow</source>
        <translation>langsam</translation>
    </message>
    <message>
        <source>start</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>table painted</source>
        <translation>Tabelle gezeichnet</translation>
    </message>
    <message>
        <source>tiles of a large picture</source>
        <translation>Kacheln eines großen Bildes</translation>
    </message>
    <message>
        <source>view built (worker)</source>
        <translation>Ansicht aufgebaut (Arbeiter)</translation>
    </message>
    <message>
        <source>warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>window stood still</source>
        <translation>Fenster stand still</translation>
    </message>
</context>
<context>
    <name>programs</name>
    <message numerus="yes">
        <source>%n are not there any more</source>
        <translation><numerusform>%n ist nicht mehr da</numerusform><numerusform>%n sind nicht mehr da</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n files opened with %1</source>
        <translation><numerusform>%n Datei mit %1 geöffnet</numerusform><numerusform>%n Dateien mit %1 geöffnet</numerusform></translation>
    </message>
    <message>
        <source>(default)</source>
        <translation>(Standard)</translation>
    </message>
    <message>
        <source>All programs</source>
        <translation>Alle Programme</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>For these files</source>
        <translation>Für diese Dateien</translation>
    </message>
    <message>
        <source>It takes one file at a time, so each opens a window of its own.</source>
        <translation>Es nimmt nur eine Datei auf einmal, daher öffnet jede ein eigenes Fenster.</translation>
    </message>
    <message>
        <source>Look for a program</source>
        <translation>Programm suchen</translation>
    </message>
    <message>
        <source>Looking for programs…</source>
        <translation>Programme werden gesucht …</translation>
    </message>
    <message>
        <source>No program has such a name</source>
        <translation>Kein Programm heißt so</translation>
    </message>
    <message>
        <source>No program is known for these files</source>
        <translation>Für diese Dateien ist kein Programm bekannt</translation>
    </message>
    <message>
        <source>No program opens all of these kinds of files</source>
        <translation>Kein Programm öffnet alle diese Arten von Dateien</translation>
    </message>
    <message>
        <source>None of the files is there</source>
        <translation>Keine der Dateien ist da</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message numerus="yes">
        <source>Open %n items with:</source>
        <translation><numerusform>%n Element öffnen mit:</numerusform><numerusform>%n Elemente öffnen mit:</numerusform></translation>
    </message>
    <message>
        <source>Open with</source>
        <translation>Öffnen mit</translation>
    </message>
    <message>
        <source>Open “%1” with:</source>
        <translation>„%1“ öffnen mit:</translation>
    </message>
    <message>
        <source>Programs</source>
        <translation>Programme</translation>
    </message>
    <message numerus="yes">
        <source>Start %1 %n times?</source>
        <translation><numerusform>%1 %n-mal starten?</numerusform><numerusform>%1 %n-mal starten?</numerusform></translation>
    </message>
    <message>
        <source>Start all</source>
        <translation>Alle starten</translation>
    </message>
    <message>
        <source>The file is not there</source>
        <translation>Die Datei ist nicht da</translation>
    </message>
    <message>
        <source>There is no memory left for that</source>
        <translation>Dafür ist kein Speicher mehr frei</translation>
    </message>
    <message>
        <source>Type part of a name</source>
        <translation>Teil eines Namens tippen</translation>
    </message>
    <message>
        <source>Used lately</source>
        <translation>Zuletzt benutzt</translation>
    </message>
</context>
<context>
    <name>query</name>
    <message>
        <source>0 to 5 stars</source>
        <translation>0 bis 5 Sterne</translation>
    </message>
    <message>
        <source>1 if a model is watertight, 0 if not</source>
        <translation>1, wenn ein Modell wasserdicht ist, sonst 0</translation>
    </message>
    <message>
        <source>a row for each album</source>
        <translation>eine Zeile je Album</translation>
    </message>
    <message>
        <source>a row for each file that could not be read</source>
        <translation>eine Zeile je Datei, die nicht gelesen werden konnte</translation>
    </message>
    <message>
        <source>a row for each folder with items</source>
        <translation>eine Zeile je Ordner mit Elementen</translation>
    </message>
    <message>
        <source>a row for each item in a stack made by hand</source>
        <translation>eine Zeile je Element in einem von Hand gemachten Stapel</translation>
    </message>
    <message>
        <source>a row for each item of each album</source>
        <translation>eine Zeile je Element jedes Albums</translation>
    </message>
    <message>
        <source>a row for each item that is not in the trash</source>
        <translation>eine Zeile je Element, das nicht im Papierkorb ist</translation>
    </message>
    <message>
        <source>a row for each item with a note</source>
        <translation>eine Zeile je Element mit einer Notiz</translation>
    </message>
    <message>
        <source>a row for each picture that says something of itself</source>
        <translation>eine Zeile je Bild, das etwas von sich sagt</translation>
    </message>
    <message>
        <source>a row for each sequence</source>
        <translation>eine Zeile je Sequenz</translation>
    </message>
    <message>
        <source>a row for each tag</source>
        <translation>eine Zeile je Schlagwort</translation>
    </message>
    <message>
        <source>a row for each tag of each item</source>
        <translation>eine Zeile je Schlagwort jedes Elements</translation>
    </message>
    <message>
        <source>aperture</source>
        <translation>Blende</translation>
    </message>
    <message>
        <source>by the camera's clock, seconds since 1970</source>
        <translation>nach der Uhr der Kamera, Sekunden seit 1970</translation>
    </message>
    <message>
        <source>bytes of the file</source>
        <translation>Bytes der Datei</translation>
    </message>
    <message>
        <source>degrees to the east</source>
        <translation>Grad nach Osten</translation>
    </message>
    <message>
        <source>degrees to the north</source>
        <translation>Grad nach Norden</translation>
    </message>
    <message>
        <source>description that stands in the file</source>
        <translation>Beschreibung, die in der Datei steht</translation>
    </message>
    <message>
        <source>focal length in millimetres</source>
        <translation>Brennweite in Millimetern</translation>
    </message>
    <message>
        <source>folder and name</source>
        <translation>Ordner und Name</translation>
    </message>
    <message>
        <source>found, missing, offline, failed or unread</source>
        <translation>found, missing, offline, failed oder unread</translation>
    </message>
    <message>
        <source>frames a second, if the user set them</source>
        <translation>Bilder je Sekunde, wenn der Benutzer sie festgelegt hat</translation>
    </message>
    <message>
        <source>image, model, sequence or unknown</source>
        <translation>image, model, sequence oder unknown</translation>
    </message>
    <message>
        <source>items in it</source>
        <translation>Elemente darin</translation>
    </message>
    <message>
        <source>its name</source>
        <translation>sein Name</translation>
    </message>
    <message>
        <source>its own name</source>
        <translation>sein eigener Name</translation>
    </message>
    <message>
        <source>its path</source>
        <translation>sein Pfad</translation>
    </message>
    <message>
        <source>its place in the album's own order</source>
        <translation>sein Platz in der eigenen Reihenfolge des Albums</translation>
    </message>
    <message>
        <source>its place in the stack, the first is the cover</source>
        <translation>sein Platz im Stapel, das erste ist das Deckblatt</translation>
    </message>
    <message>
        <source>keywords in the file, one a line</source>
        <translation>Stichwörter in der Datei, eines je Zeile</translation>
    </message>
    <message>
        <source>kind of the fault</source>
        <translation>Art des Fehlers</translation>
    </message>
    <message>
        <source>name of the file</source>
        <translation>Name der Datei</translation>
    </message>
    <message>
        <source>number of the album</source>
        <translation>Nummer des Albums</translation>
    </message>
    <message>
        <source>number of the colour label, 1 is red</source>
        <translation>Nummer der Farbmarke, 1 ist rot</translation>
    </message>
    <message>
        <source>number of the folder</source>
        <translation>Nummer des Ordners</translation>
    </message>
    <message>
        <source>number of the frame its card shows</source>
        <translation>Nummer des Bildes, das seine Karte zeigt</translation>
    </message>
    <message>
        <source>number of the item</source>
        <translation>Nummer des Elements</translation>
    </message>
    <message>
        <source>number of the item; a double click on such a row opens it</source>
        <translation>Nummer des Elements; ein Doppelklick auf eine solche Zeile öffnet es</translation>
    </message>
    <message>
        <source>number of the stack it is in</source>
        <translation>Nummer des Stapels, in dem es ist</translation>
    </message>
    <message>
        <source>number of the tag</source>
        <translation>Nummer des Schlagworts</translation>
    </message>
    <message>
        <source>number of the tag above it</source>
        <translation>Nummer des Schlagworts darüber</translation>
    </message>
    <message>
        <source>numbers of its frames: 1-240</source>
        <translation>Nummern seiner Bilder: 1-240</translation>
    </message>
    <message>
        <source>path of its folder</source>
        <translation>Pfad seines Ordners</translation>
    </message>
    <message>
        <source>pixels across</source>
        <translation>Pixel in der Breite</translation>
    </message>
    <message>
        <source>pixels down</source>
        <translation>Pixel in der Höhe</translation>
    </message>
    <message>
        <source>seconds of exposure</source>
        <translation>Sekunden Belichtung</translation>
    </message>
    <message>
        <source>sensitivity</source>
        <translation>Empfindlichkeit</translation>
    </message>
    <message>
        <source>the camera</source>
        <translation>die Kamera</translation>
    </message>
    <message>
        <source>the file that could not be read</source>
        <translation>die Datei, die nicht gelesen werden konnte</translation>
    </message>
    <message>
        <source>the lens</source>
        <translation>das Objektiv</translation>
    </message>
    <message>
        <source>the note</source>
        <translation>die Notiz</translation>
    </message>
    <message>
        <source>title that stands in the file</source>
        <translation>Titel, der in der Datei steht</translation>
    </message>
    <message>
        <source>title the user gave</source>
        <translation>Titel, den der Benutzer gab</translation>
    </message>
    <message>
        <source>triangles of a model</source>
        <translation>Dreiecke eines Modells</translation>
    </message>
    <message>
        <source>what was wrong</source>
        <translation>was falsch war</translation>
    </message>
    <message>
        <source>when it was made, seconds since 1970</source>
        <translation>wann es gemacht wurde, Sekunden seit 1970</translation>
    </message>
    <message>
        <source>when it was tried, seconds since 1970</source>
        <translation>wann es versucht wurde, Sekunden seit 1970</translation>
    </message>
    <message>
        <source>when the file was changed, seconds since 1970</source>
        <translation>wann die Datei geändert wurde, Sekunden seit 1970</translation>
    </message>
    <message>
        <source>who made it</source>
        <translation>wer es gemacht hat</translation>
    </message>
    <message>
        <source>with the names above it: place/italy</source>
        <translation>mit den Namen darüber: Ort/Italien</translation>
    </message>
</context>
<context>
    <name>relink</name>
    <message>
        <source>%1 of %2 frames: left alone</source>
        <translation>%1 von %2 Bildern: bleibt, wie es ist</translation>
    </message>
    <message>
        <source>%1 of %2 missing items found</source>
        <translation>%1 von %2 fehlenden Elementen gefunden</translation>
    </message>
    <message numerus="yes">
        <source>%n files cannot be told apart and are left alone.</source>
        <translation><numerusform>%n Datei ist von anderen nicht zu unterscheiden und bleibt unberührt.</numerusform><numerusform>%n Dateien sind nicht zu unterscheiden und bleiben unberührt.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n items have been relinked.</source>
        <translation><numerusform>%n Element wurde neu verknüpft.</numerusform><numerusform>%n Elemente wurden neu verknüpft.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n sequences are there only in part and stay what they were.</source>
        <translation><numerusform>%n Bildfolge ist nur zum Teil da und bleibt, was sie war.</numerusform><numerusform>%n Bildfolgen sind nur zum Teil da und bleiben, was sie waren.</numerusform></translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Find missing files</source>
        <translation>Fehlende Dateien suchen</translation>
    </message>
    <message>
        <source>Is</source>
        <translation>Ist</translation>
    </message>
    <message>
        <source>Known by</source>
        <translation>Erkannt an</translation>
    </message>
    <message>
        <source>Looking for the files…</source>
        <translation>Die Dateien werden gesucht …</translation>
    </message>
    <message>
        <source>No item is missing.</source>
        <translation>Kein Element fehlt.</translation>
    </message>
    <message>
        <source>Relink</source>
        <translation>Neu verknüpfen</translation>
    </message>
    <message>
        <source>Relinking…</source>
        <translation>Wird neu verknüpft …</translation>
    </message>
    <message>
        <source>There is no memory left to look for files</source>
        <translation>Zum Suchen von Dateien ist kein Speicher mehr frei</translation>
    </message>
    <message>
        <source>Was</source>
        <translation>War</translation>
    </message>
    <message numerus="yes">
        <source>among %n files.</source>
        <translation><numerusform>unter %n Datei.</numerusform><numerusform>unter %n Dateien.</numerusform></translation>
    </message>
    <message>
        <source>cannot be told apart</source>
        <translation>nicht zu unterscheiden</translation>
    </message>
    <message>
        <source>name, size and time</source>
        <translation>Name, Größe und Zeit</translation>
    </message>
    <message>
        <source>place and size</source>
        <translation>Ort und Größe</translation>
    </message>
    <message>
        <source>place, size and time</source>
        <translation>Ort, Größe und Zeit</translation>
    </message>
    <message>
        <source>the same content</source>
        <translation>derselbe Inhalt</translation>
    </message>
    <message>
        <source>the same file</source>
        <translation>dieselbe Datei</translation>
    </message>
</context>
<context>
    <name>rename</name>
    <message numerus="yes">
        <source>%n items get a new name</source>
        <translation><numerusform>%n Element bekommt einen neuen Namen</numerusform><numerusform>%n Elemente bekommen einen neuen Namen</numerusform></translation>
    </message>
    <message>
        <source>'.' and '..' are folders</source>
        <translation>„.“ und „..“ sind Ordner</translation>
    </message>
    <message>
        <source>Becomes</source>
        <translation>Wird zu</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>In the old name, find</source>
        <translation>Im alten Namen</translation>
    </message>
    <message>
        <source>Insert</source>
        <translation>Einfügen</translation>
    </message>
    <message>
        <source>Letters</source>
        <translation>Buchstaben</translation>
    </message>
    <message>
        <source>New name</source>
        <translation>Neuer Name</translation>
    </message>
    <message>
        <source>New names</source>
        <translation>Neue Namen</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Jetzt</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Rename files</source>
        <translation>Dateien umbenennen</translation>
    </message>
    <message>
        <source>Replace by</source>
        <translation>Ersetzen durch</translation>
    </message>
    <message>
        <source>There is no memory left for a preview</source>
        <translation>Für eine Vorschau ist kein Speicher mehr frei</translation>
    </message>
    <message>
        <source>a counter, here of three digits; {n:3,10,5} begins at 10 and goes by 5</source>
        <translation>ein Zähler, hier mit drei Ziffern; {n:3,10,5} beginnt bei 10 und zählt in Fünfern</translation>
    </message>
    <message>
        <source>a name cannot contain '/'</source>
        <translation>ein Name darf kein „/“ enthalten</translation>
    </message>
    <message>
        <source>a name cannot contain a zero byte</source>
        <translation>ein Name darf kein Nullbyte enthalten</translation>
    </message>
    <message>
        <source>a name has at most 255 bytes</source>
        <translation>ein Name hat höchstens 255 Byte</translation>
    </message>
    <message>
        <source>a name needs at least one character</source>
        <translation>ein Name braucht mindestens ein Zeichen</translation>
    </message>
    <message>
        <source>a name that begins with a dot is hidden</source>
        <translation>ein Name, der mit einem Punkt beginnt, ist verborgen</translation>
    </message>
    <message>
        <source>another file has that name</source>
        <translation>eine andere Datei heißt schon so</translation>
    </message>
    <message>
        <source>another of these files gets the same name</source>
        <translation>eine weitere dieser Dateien bekäme denselben Namen</translation>
    </message>
    <message>
        <source>as it is</source>
        <translation>unverändert</translation>
    </message>
    <message>
        <source>its date is not known</source>
        <translation>das Datum ist nicht bekannt</translation>
    </message>
    <message>
        <source>letters</source>
        <translation>Buchstaben</translation>
    </message>
    <message>
        <source>lower case</source>
        <translation>klein</translation>
    </message>
    <message>
        <source>nothing is wrong</source>
        <translation>alles in Ordnung</translation>
    </message>
    <message>
        <source>replace by</source>
        <translation>ersetzen durch</translation>
    </message>
    <message>
        <source>stays as it is</source>
        <translation>bleibt, wie er ist</translation>
    </message>
    <message>
        <source>that is its name already</source>
        <translation>so heißt sie schon</translation>
    </message>
    <message>
        <source>the date, as strftime writes it</source>
        <translation>das Datum, wie strftime es schreibt</translation>
    </message>
    <message>
        <source>the name of its folder; {folder:lower}, {folder:upper}</source>
        <translation>der Name des Ordners; {folder:lower}, {folder:upper}</translation>
    </message>
    <message>
        <source>the old extension; {ext:lower}, {ext:upper}</source>
        <translation>die alte Endung; {ext:lower}, {ext:upper}</translation>
    </message>
    <message>
        <source>the old name without its extension; {name:lower}, {name:upper}</source>
        <translation>der alte Name ohne Endung; {name:lower}, {name:upper}</translation>
    </message>
    <message>
        <source>upper case</source>
        <translation>groß</translation>
    </message>
</context>
<context>
    <name>roots</name>
    <message numerus="yes">
        <source>%n missing</source>
        <translation><numerusform>%n fehlt</numerusform><numerusform>%n fehlen</numerusform></translation>
    </message>
    <message>
        <source>Add a folder…</source>
        <translation>Ordner hinzufügen …</translation>
    </message>
    <message>
        <source>At the start</source>
        <translation>Beim Start</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Geändert</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>Änderungen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Find missing files…</source>
        <translation>Fehlende Dateien suchen …</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Folders with pictures or 3D models are imported where they are. They stand here then, with what is done about changes.</source>
        <translation>Ordner mit Bildern oder 3D-Modellen werden dort importiert, wo sie sind. Dann stehen sie hier, mit dem, was bei Änderungen geschieht.</translation>
    </message>
    <message numerus="yes">
        <source>If they go, the ratings, tags, titles and notes of %n of them are lost. That cannot be undone.</source>
        <translation><numerusform>Werden sie entfernt, gehen Bewertung, Schlagwörter, Titel und Notiz von einem Element verloren. Das lässt sich nicht rückgängig machen.</numerusform><numerusform>Werden sie entfernt, gehen Bewertungen, Schlagwörter, Titel und Notizen von %n Elementen verloren. Das lässt sich nicht rückgängig machen.</numerusform></translation>
    </message>
    <message>
        <source>Imported folders</source>
        <translation>Importierte Ordner</translation>
    </message>
    <message>
        <source>Items</source>
        <translation>Elemente</translation>
    </message>
    <message numerus="yes">
        <source>Its %n items can stay in the library: then they are shown as before, but changes are not taken up any more.</source>
        <translation><numerusform>Sein Element kann in der Bibliothek bleiben: dann wird es gezeigt wie bisher, aber Änderungen werden nicht mehr übernommen.</numerusform><numerusform>Seine %n Elemente können in der Bibliothek bleiben: dann werden sie gezeigt wie bisher, aber Änderungen werden nicht mehr übernommen.</numerusform></translation>
    </message>
    <message>
        <source>Keep its items</source>
        <translation>Elemente behalten</translation>
    </message>
    <message>
        <source>Look through this folder when Vitrine starts</source>
        <translation>Diesen Ordner durchsehen, wenn Vitrine startet</translation>
    </message>
    <message>
        <source>No file is touched.</source>
        <translation>Keine Datei wird angerührt.</translation>
    </message>
    <message>
        <source>No folder is imported</source>
        <translation>Kein Ordner ist importiert</translation>
    </message>
    <message>
        <source>No item is in this folder alone: all of them stay.</source>
        <translation>Kein Element liegt nur in diesem Ordner: alle bleiben.</translation>
    </message>
    <message>
        <source>Remove a folder</source>
        <translation>Ordner entfernen</translation>
    </message>
    <message>
        <source>Remove its items, too</source>
        <translation>Elemente auch entfernen</translation>
    </message>
    <message>
        <source>Remove the folder</source>
        <translation>Ordner entfernen</translation>
    </message>
    <message>
        <source>Remove “%1” from the imported folders?</source>
        <translation>„%1“ aus den importierten Ordnern entfernen?</translation>
    </message>
    <message numerus="yes">
        <source>Removed, with %n items</source>
        <translation><numerusform>Entfernt, mit %n Element</numerusform><numerusform>Entfernt, mit %n Elementen</numerusform></translation>
    </message>
    <message>
        <source>Removed; its items stay</source>
        <translation>Entfernt; die Elemente bleiben</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>Entfernen …</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Take up changes in this folder while Vitrine runs</source>
        <translation>Änderungen in diesem Ordner übernehmen, solange Vitrine läuft</translation>
    </message>
    <message>
        <source>all missing</source>
        <translation>alle fehlen</translation>
    </message>
    <message>
        <source>in order</source>
        <translation>in Ordnung</translation>
    </message>
    <message>
        <source>left alone</source>
        <translation>nicht übernommen</translation>
    </message>
    <message>
        <source>looked through</source>
        <translation>durchgesehen</translation>
    </message>
    <message>
        <source>not</source>
        <translation>nein</translation>
    </message>
    <message>
        <source>nothing found</source>
        <translation>nichts gefunden</translation>
    </message>
    <message>
        <source>offline</source>
        <translation>offline</translation>
    </message>
    <message>
        <source>taken up</source>
        <translation>übernommen</translation>
    </message>
</context>
<context>
    <name>settings</name>
    <message>
        <source>Added to the time to decode a file.</source>
        <translation>Kommt zur Zeit für das Dekodieren einer Datei hinzu.</translation>
    </message>
    <message>
        <source>Address space of a helper; a file that needs more is refused.</source>
        <translation>Adressraum eines Hilfsprozesses; eine Datei, die mehr braucht, wird abgelehnt.</translation>
    </message>
    <message>
        <source>After an import, once files of equal content have been looked for. Only what came or changed is compared, while nothing else is to be done.</source>
        <translation>Nach einem Import, sobald einmal nach Dateien gleichen Inhalts gesucht wurde. Verglichen wird nur, was neu oder geändert ist, und nur, wenn sonst nichts zu tun ist.</translation>
    </message>
    <message>
        <source>All settings</source>
        <translation>Alle Einstellungen</translation>
    </message>
    <message>
        <source>Applied.</source>
        <translation>Angewendet.</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Anwenden</translation>
    </message>
    <message>
        <source>Around a picture</source>
        <translation>Um ein Bild herum</translation>
    </message>
    <message>
        <source>Automatic: %1.</source>
        <translation>Automatisch: %1.</translation>
    </message>
    <message>
        <source>Careful joins what is surely a sequence, eager whatever is numbered alike.</source>
        <translation>Vorsichtig verbindet, was sicher eine Sequenz ist, eifrig alles, was gleich nummeriert ist.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Desktop follows the language of the desktop. Holds from the next start on.</source>
        <translation>Desktop folgt der Sprache des Desktops. Gilt ab dem nächsten Start.</translation>
    </message>
    <message>
        <source>Each costs a pass over the whole picture.</source>
        <translation>Jeder kostet einen Durchgang durch das ganze Bild.</translation>
    </message>
    <message>
        <source>Each is decoded by a helper process of its own.</source>
        <translation>Jede wird von einem eigenen Hilfsprozess dekodiert.</translation>
    </message>
    <message>
        <source>Files read at once</source>
        <translation>Zugleich gelesene Dateien</translation>
    </message>
    <message>
        <source>From 70 % on caches shrink, from 80 % on nothing is loaded ahead.</source>
        <translation>Ab 70 % schrumpfen die Zwischenspeicher, ab 80 % wird nichts vorausgeladen.</translation>
    </message>
    <message>
        <source>From 90 % on files are read one at a time. All processes count.</source>
        <translation>Ab 90 % werden Dateien einzeln gelesen. Alle Prozesse zählen.</translation>
    </message>
    <message>
        <source>From when it is there.</source>
        <translation>Von da an, wo es zu sehen ist.</translation>
    </message>
    <message>
        <source>However large the file is.</source>
        <translation>Wie groß die Datei auch ist.</translation>
    </message>
    <message>
        <source>Images that look alike</source>
        <translation>Bilder, die ähnlich aussehen</translation>
    </message>
    <message>
        <source>Import and thumbnails</source>
        <translation>Import und Vorschaubilder</translation>
    </message>
    <message>
        <source>Imported folders…</source>
        <translation>Importierte Ordner …</translation>
    </message>
    <message>
        <source>Keep duplicates up to date</source>
        <translation>Duplikate aktuell halten</translation>
    </message>
    <message>
        <source>Keyboard…</source>
        <translation>Tastatur …</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Larger ones are not drawn. From about 9 million on they take longer.</source>
        <translation>Größere werden nicht gezeichnet. Ab etwa 9 Millionen dauern sie länger.</translation>
    </message>
    <message>
        <source>Larger ones are not opened.</source>
        <translation>Größere werden nicht geöffnet.</translation>
    </message>
    <message>
        <source>Limits of files</source>
        <translation>Grenzen für Dateien</translation>
    </message>
    <message>
        <source>Load ahead of the scroll</source>
        <translation>Beim Blättern vorausladen</translation>
    </message>
    <message>
        <source>Long is photo.jpg.xmp, short is photo.xmp where that can be of no other file. Both are read.</source>
        <translation>Lang ist foto.jpg.xmp, kurz ist foto.xmp, wo das zu keiner anderen Datei gehören kann. Gelesen werden beide.</translation>
    </message>
    <message>
        <source>Longer ones are refused by their header.</source>
        <translation>Längere werden schon am Dateikopf abgelehnt.</translation>
    </message>
    <message>
        <source>Longest side of a picture</source>
        <translation>Längste Seite eines Bildes</translation>
    </message>
    <message>
        <source>MB</source>
        <translation>MB</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>Memory never to exceed</source>
        <translation>Speicher, der nie überschritten wird</translation>
    </message>
    <message>
        <source>Memory of a decoder</source>
        <translation>Speicher eines Dekodierers</translation>
    </message>
    <message>
        <source>Memory to stay within</source>
        <translation>Speicher, der eingehalten wird</translation>
    </message>
    <message>
        <source>MiB</source>
        <translation>MiB</translation>
    </message>
    <message>
        <source>More time for large files</source>
        <translation>Mehr Zeit für große Dateien</translation>
    </message>
    <message>
        <source>Name of a new side-car</source>
        <translation>Name einer neuen Filialdatei</translation>
    </message>
    <message>
        <source>Nothing fits: search for a word of a title or an explanation</source>
        <translation>Nichts passt: nach einem Wort einer Bezeichnung oder Erklärung suchen</translation>
    </message>
    <message>
        <source>Nothing was changed.</source>
        <translation>Es wurde nichts geändert.</translation>
    </message>
    <message>
        <source>Numbered images as one item</source>
        <translation>Nummerierte Bilder als ein Element</translation>
    </message>
    <message>
        <source>Of PNG, GIF, BMP, TGA, PSD, HDR, PNM: decoded at full size.</source>
        <translation>Bei PNG, GIF, BMP, TGA, PSD, HDR, PNM: in voller Größe dekodiert.</translation>
    </message>
    <message>
        <source>Otherwise it ends with the last picture.</source>
        <translation>Sonst endet sie mit dem letzten Bild.</translation>
    </message>
    <message>
        <source>Pictures of cards kept</source>
        <translation>Behaltene Bilder von Karten</translation>
    </message>
    <message>
        <source>Pixels of a JPEG or WebP</source>
        <translation>Pixel eines JPEG oder WebP</translation>
    </message>
    <message>
        <source>Pixels of a picture</source>
        <translation>Pixel eines Bildes</translation>
    </message>
    <message>
        <source>Ratings, labels, titles, tags and notes in files beside yours, shared with other programs. Written some seconds after an edit.</source>
        <translation>Bewertungen, Farbmarkierungen, Titel, Schlagwörter und Notizen in Dateien neben Ihren, gemeinsam mit anderen Programmen. Geschrieben einige Sekunden nach einer Änderung.</translation>
    </message>
    <message>
        <source>Ratings, tags, albums, export and the trash: of all that is inside, or of the cover only.</source>
        <translation>Bewertungen, Schlagwörter, Alben, Export und Papierkorb: gilt für alles, was darin ist, oder nur für das Titelbild.</translation>
    </message>
    <message>
        <source>Read uses what they have left, write leaves ours to them, too. VITRINE_SHARED_THUMBNAILS, if set, wins.</source>
        <translation>Lesen nutzt, was sie hinterlassen haben, schreiben überlässt ihnen auch unsere. VITRINE_SHARED_THUMBNAILS hat Vorrang, wenn es gesetzt ist.</translation>
    </message>
    <message>
        <source>Scans of a progressive JPEG</source>
        <translation>Durchgänge eines progressiven JPEG</translation>
    </message>
    <message>
        <source>Scrolling back shows them without reading. Fewer when memory is short.</source>
        <translation>Beim Zurückblättern sind sie da, ohne gelesen zu werden. Weniger, wenn Speicher knapp ist.</translation>
    </message>
    <message>
        <source>Search settings</source>
        <translation>Einstellungen suchen</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Shows all keys and binds them anew.</source>
        <translation>Zeigt alle Tasten und belegt sie neu.</translation>
    </message>
    <message>
        <source>Size of a model's file</source>
        <translation>Größe einer Modelldatei</translation>
    </message>
    <message>
        <source>Size of a picture's file</source>
        <translation>Größe einer Bilddatei</translation>
    </message>
    <message>
        <source>Slide show: begin anew at the end</source>
        <translation>Diaschau: am Ende von vorn beginnen</translation>
    </message>
    <message>
        <source>Slide show: each picture stays</source>
        <translation>Diaschau: jedes Bild bleibt</translation>
    </message>
    <message>
        <source>Standard</source>
        <translation>Standard</translation>
    </message>
    <message>
        <source>Standard value of: %1</source>
        <translation>Standardwert von: %1</translation>
    </message>
    <message>
        <source>Standard values</source>
        <translation>Standardwerte</translation>
    </message>
    <message>
        <source>Strict: the same picture in another size or compression. Loose: pictures of one scene, too. Holds for the next search for duplicates.</source>
        <translation>Streng: dasselbe Bild in anderer Größe oder Kompression. Locker: auch Bilder derselben Szene. Gilt ab der nächsten Suche nach Duplikaten.</translation>
    </message>
    <message>
        <source>The key B changes it for a look.</source>
        <translation>Die Taste B ändert es vorübergehend.</translation>
    </message>
    <message>
        <source>Then its decoder is stopped.</source>
        <translation>Dann wird der Dekodierer beendet.</translation>
    </message>
    <message>
        <source>These are reduced while they are decoded.</source>
        <translation>Diese werden schon beim Dekodieren verkleinert.</translation>
    </message>
    <message>
        <source>Thumbnails of other programs</source>
        <translation>Vorschaubilder anderer Programme</translation>
    </message>
    <message>
        <source>Thumbnails that are about to be seen are loaded before they are.</source>
        <translation>Vorschaubilder werden geladen, kurz bevor sie zu sehen sind.</translation>
    </message>
    <message>
        <source>Time at most</source>
        <translation>Zeit höchstens</translation>
    </message>
    <message>
        <source>Time to decode a file</source>
        <translation>Zeit zum Dekodieren einer Datei</translation>
    </message>
    <message>
        <source>Triangles of a model</source>
        <translation>Dreiecke eines Modells</translation>
    </message>
    <message>
        <source>Unseen panes kept</source>
        <translation>Behaltene Bereiche, die niemand sieht</translation>
    </message>
    <message>
        <source>Up to 100, for an hour, so that they come back at once. Fewer when memory is short.</source>
        <translation>Bis zu 100, eine Stunde lang, damit sie sofort wieder da sind. Weniger, wenn Speicher knapp ist.</translation>
    </message>
    <message>
        <source>Viewer</source>
        <translation>Betrachter</translation>
    </message>
    <message>
        <source>What is done to a closed stack</source>
        <translation>Was mit einem geschlossenen Stapel geschieht</translation>
    </message>
    <message>
        <source>Which folders are watched and looked through.</source>
        <translation>Welche Ordner beobachtet und durchgesehen werden.</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Fenster</translation>
    </message>
    <message>
        <source>Work</source>
        <translation>Arbeit</translation>
    </message>
    <message>
        <source>XMP side-cars</source>
        <translation>XMP-Filialdateien</translation>
    </message>
    <message>
        <source>all</source>
        <translation>alles</translation>
    </message>
    <message>
        <source>as many as there are processors, at most 8</source>
        <translation>so viele, wie es Prozessoren gibt, höchstens 8</translation>
    </message>
    <message>
        <source>automatic</source>
        <translation>automatisch</translation>
    </message>
    <message>
        <source>black</source>
        <translation>schwarz</translation>
    </message>
    <message>
        <source>careful</source>
        <translation>vorsichtig</translation>
    </message>
    <message>
        <source>cover</source>
        <translation>Titelbild</translation>
    </message>
    <message>
        <source>desktop</source>
        <translation>Desktop</translation>
    </message>
    <message>
        <source>eager</source>
        <translation>eifrig</translation>
    </message>
    <message>
        <source>english</source>
        <translation>Englisch</translation>
    </message>
    <message>
        <source>german</source>
        <translation>Deutsch</translation>
    </message>
    <message>
        <source>grey</source>
        <translation>grau</translation>
    </message>
    <message>
        <source>light</source>
        <translation>hell</translation>
    </message>
    <message>
        <source>long</source>
        <translation>lang</translation>
    </message>
    <message>
        <source>loose</source>
        <translation>locker</translation>
    </message>
    <message>
        <source>megapixels</source>
        <translation>Megapixel</translation>
    </message>
    <message>
        <source>million</source>
        <translation>Millionen</translation>
    </message>
    <message>
        <source>ms for each MiB</source>
        <translation>ms je MiB</translation>
    </message>
    <message>
        <source>normal</source>
        <translation>normal</translation>
    </message>
    <message>
        <source>off</source>
        <translation>aus</translation>
    </message>
    <message>
        <source>on</source>
        <translation>ein</translation>
    </message>
    <message>
        <source>pixels</source>
        <translation>Pixel</translation>
    </message>
    <message>
        <source>read</source>
        <translation>lesen</translation>
    </message>
    <message>
        <source>read-and-write</source>
        <translation>lesen und schreiben</translation>
    </message>
    <message>
        <source>s</source>
        <translation>s</translation>
    </message>
    <message>
        <source>short</source>
        <translation>kurz</translation>
    </message>
    <message>
        <source>strict</source>
        <translation>streng</translation>
    </message>
    <message>
        <source>theme</source>
        <translation>wie das Fenster</translation>
    </message>
    <message>
        <source>write</source>
        <translation>schreiben</translation>
    </message>
    <message>
        <source>“%1” must not be more than “%2”: change one of the two.</source>
        <translation>„%1“ darf nicht mehr sein als „%2“: Ändern Sie eines von beiden.</translation>
    </message>
</context>
<context>
    <name>sidebar</name>
    <message>
        <source> – click to take it back</source>
        <translation> – anklicken, um es zurückzunehmen</translation>
    </message>
    <message numerus="yes">
        <source>Add %n items to %1</source>
        <translation><numerusform>%n Element zu %1 hinzufügen</numerusform><numerusform>%n Elemente zu %1 hinzufügen</numerusform></translation>
    </message>
    <message>
        <source>Albums</source>
        <translation>Alben</translation>
    </message>
    <message>
        <source>April</source>
        <translation>April</translation>
    </message>
    <message>
        <source>August</source>
        <translation>August</translation>
    </message>
    <message>
        <source>Cameras</source>
        <translation>Kameras</translation>
    </message>
    <message>
        <source>Clear all</source>
        <translation>Alle zurücknehmen</translation>
    </message>
    <message>
        <source>Clear all choices</source>
        <translation>Alle gewählten zurücknehmen</translation>
    </message>
    <message>
        <source>Dates</source>
        <translation>Datum</translation>
    </message>
    <message>
        <source>December</source>
        <translation>Dezember</translation>
    </message>
    <message numerus="yes">
        <source>Delete the tag “%1” (%n items)</source>
        <translation><numerusform>Schlagwort „%1“ löschen (%n Element)</numerusform><numerusform>Schlagwort „%1“ löschen (%n Elemente)</numerusform></translation>
    </message>
    <message>
        <source>Duplicates</source>
        <translation>Duplikate</translation>
    </message>
    <message>
        <source>February</source>
        <translation>Februar</translation>
    </message>
    <message>
        <source>Folders</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Formats</source>
        <translation>Formate</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>January</source>
        <translation>Januar</translation>
    </message>
    <message>
        <source>July</source>
        <translation>Juli</translation>
    </message>
    <message>
        <source>June</source>
        <translation>Juni</translation>
    </message>
    <message>
        <source>Kinds</source>
        <translation>Arten</translation>
    </message>
    <message numerus="yes">
        <source>Label %n items %1</source>
        <translation><numerusform>%n Element mit %1 markieren</numerusform><numerusform>%n Elemente mit %1 markieren</numerusform></translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>Farbmarkierungen</translation>
    </message>
    <message>
        <source>March</source>
        <translation>März</translation>
    </message>
    <message>
        <source>May</source>
        <translation>Mai</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>Fehlend</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Move the tag to %1</source>
        <translation>Schlagwort verschieben zu %1</translation>
    </message>
    <message>
        <source>No tag</source>
        <translation>Kein Schlagwort</translation>
    </message>
    <message>
        <source>Not rated</source>
        <translation>Unbewertet</translation>
    </message>
    <message>
        <source>November</source>
        <translation>November</translation>
    </message>
    <message>
        <source>October</source>
        <translation>Oktober</translation>
    </message>
    <message>
        <source>On a disk that is away</source>
        <translation>Datenträger fehlt</translation>
    </message>
    <message numerus="yes">
        <source>Rate %n items %1</source>
        <translation><numerusform>%n Element mit %1 bewerten</numerusform><numerusform>%n Elemente mit %1 bewerten</numerusform></translation>
    </message>
    <message>
        <source>Ratings</source>
        <translation>Bewertungen</translation>
    </message>
    <message>
        <source>Rename the tag</source>
        <translation>Schlagwort umbenennen</translation>
    </message>
    <message>
        <source>Saved filters</source>
        <translation>Gespeicherte Filter</translation>
    </message>
    <message>
        <source>Sections</source>
        <translation>Abschnitte</translation>
    </message>
    <message>
        <source>September</source>
        <translation>September</translation>
    </message>
    <message>
        <source>Sequences</source>
        <translation>Sequenzen</translation>
    </message>
    <message numerus="yes">
        <source>Tag %n items with %1</source>
        <translation><numerusform>%n Element mit %1 verschlagworten</numerusform><numerusform>%n Elemente mit %1 verschlagworten</numerusform></translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Schlagwörter</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>Unbekannt</translation>
    </message>
</context>
<context>
    <name>sidecars</name>
    <message numerus="yes">
        <source>%n side-cars failed</source>
        <translation><numerusform>%n Filialdatei fehlgeschlagen</numerusform><numerusform>%n Filialdateien fehlgeschlagen</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n side-cars need a look: File, Side-cars… has what is in conflict or failed</source>
        <translation><numerusform>%n Filialdatei braucht einen Blick: Datei, Filialdateien… zeigt, was in Konflikt ist oder fehlschlug</numerusform><numerusform>%n Filialdateien brauchen einen Blick: Datei, Filialdateien… zeigt, was in Konflikt ist oder fehlschlug</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n values differ here and in side-cars</source>
        <translation><numerusform>%n Wert ist hier anders als in der Filialdatei</numerusform><numerusform>%n Werte sind hier anders als in Filialdateien</numerusform></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Cancel side-cars</source>
        <translation>Filialdateien abbrechen</translation>
    </message>
    <message>
        <source>Conflicts and failures of side-cars</source>
        <translation>Konflikte und Fehler bei Filialdateien</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fehlgeschlagen</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Here</source>
        <translation>Hier</translation>
    </message>
    <message>
        <source>In the side-car</source>
        <translation>In der Filialdatei</translation>
    </message>
    <message>
        <source>Keep all of mine</source>
        <translation>Alle meine behalten</translation>
    </message>
    <message>
        <source>Keep mine</source>
        <translation>Meine behalten</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>Farbmarkierung</translation>
    </message>
    <message>
        <source>No side-car waits, and none is in conflict.</source>
        <translation>Keine Filialdatei wartet, und keine ist in Konflikt.</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Notizen</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Pause side-cars</source>
        <translation>Filialdateien anhalten</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>Bewertung</translation>
    </message>
    <message>
        <source>Show in file manager</source>
        <translation>In der Dateiverwaltung zeigen</translation>
    </message>
    <message>
        <source>Side-cars</source>
        <translation>Filialdateien</translation>
    </message>
    <message>
        <source>Side-cars are paused: %1 of %2</source>
        <translation>Filialdateien angehalten: %1 von %2</translation>
    </message>
    <message>
        <source>Take all of theirs</source>
        <translation>Alle fremden übernehmen</translation>
    </message>
    <message>
        <source>Take theirs</source>
        <translation>Fremde übernehmen</translation>
    </message>
    <message numerus="yes">
        <source>The side-cars of %n items are read</source>
        <translation><numerusform>Die Filialdatei von %n Element wird gelesen</numerusform><numerusform>Die Filialdateien von %n Elementen werden gelesen</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>The side-cars of %n items are written</source>
        <translation><numerusform>Die Filialdatei von %n Element wird geschrieben</numerusform><numerusform>Die Filialdateien von %n Elementen werden geschrieben</numerusform></translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>Try failed again</source>
        <translation>Fehlgeschlagene erneut versuchen</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>What was not written yet stays in the library alone</source>
        <translation>Was noch nicht geschrieben ist, bleibt nur in der Bibliothek</translation>
    </message>
    <message>
        <source>Writing side-cars: %1 of %2</source>
        <translation>Filialdateien werden geschrieben: %1 von %2</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
</context>
<context>
    <name>stacks</name>
    <message>
        <source>Nothing else of this stack is among what is shown</source>
        <translation>Von diesem Stapel wird sonst nichts angezeigt</translation>
    </message>
    <message>
        <source>Select two items or more: they become a stack, the first its cover</source>
        <translation>Zwei oder mehr Elemente wählen: Sie werden ein Stapel, das erste wird sein Titelbild</translation>
    </message>
</context>
<context>
    <name>step</name>
    <message numerus="yes">
        <source>adding %n items to an album</source>
        <translation><numerusform>%n Element zu einem Album hinzufügen</numerusform><numerusform>%n Elemente zu einem Album hinzufügen</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>choice of %n covers</source>
        <translation><numerusform>Wahl von %n Titelbild</numerusform><numerusform>Wahl von %n Titelbildern</numerusform></translation>
    </message>
    <message>
        <source>deletion of the album “%1”</source>
        <translation>Album „%1“ löschen</translation>
    </message>
    <message>
        <source>deletion of the tag “%1”</source>
        <translation>Schlagwort „%1“ löschen</translation>
    </message>
    <message numerus="yes">
        <source>label of %n items</source>
        <translation><numerusform>Farbmarkierung von %n Element</numerusform><numerusform>Farbmarkierung von %n Elementen</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>merging of stacks, now of %n items</source>
        <translation><numerusform>Zusammenlegen von Stapeln zu %n Element</numerusform><numerusform>Zusammenlegen von Stapeln zu %n Elementen</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>moving of %n items in an album</source>
        <translation><numerusform>%n Element im Album verschieben</numerusform><numerusform>%n Elemente im Album verschieben</numerusform></translation>
    </message>
    <message>
        <source>moving of an album</source>
        <translation>Album verschieben</translation>
    </message>
    <message>
        <source>new album “%1”</source>
        <translation>neues Album „%1“</translation>
    </message>
    <message numerus="yes">
        <source>note on %n items</source>
        <translation><numerusform>Notiz zu %n Element</numerusform><numerusform>Notiz zu %n Elementen</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>rating of %n items</source>
        <translation><numerusform>Bewertung von %n Element</numerusform><numerusform>Bewertung von %n Elementen</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>removal of %n items from an album</source>
        <translation><numerusform>%n Element aus einem Album nehmen</numerusform><numerusform>%n Elemente aus einem Album nehmen</numerusform></translation>
    </message>
    <message>
        <source>renaming of the album “%1”</source>
        <translation>Album „%1“ umbenennen</translation>
    </message>
    <message>
        <source>renaming of the tag “%1”</source>
        <translation>Schlagwort „%1“ umbenennen</translation>
    </message>
    <message numerus="yes">
        <source>stacking of %n items</source>
        <translation><numerusform>Stapeln von %n Element</numerusform><numerusform>Stapeln von %n Elementen</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>tagging of %n items</source>
        <translation><numerusform>Schlagwort für %n Element</numerusform><numerusform>Schlagwort für %n Elemente</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>taking %n items out of stacks</source>
        <translation><numerusform>%n Element aus seinem Stapel nehmen</numerusform><numerusform>%n Elemente aus Stapeln nehmen</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>title of %n items</source>
        <translation><numerusform>Titel von %n Element</numerusform><numerusform>Titel von %n Elementen</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>unstacking of %n items</source>
        <translation><numerusform>Entstapeln von %n Element</numerusform><numerusform>Entstapeln von %n Elementen</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>untagging of %n items</source>
        <translation><numerusform>Schlagwort von %n Element entfernen</numerusform><numerusform>Schlagwort von %n Elementen entfernen</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>values from side-cars of %n items</source>
        <translation><numerusform>Werte aus Filialdateien für %n Element</numerusform><numerusform>Werte aus Filialdateien für %n Elemente</numerusform></translation>
    </message>
</context>
<context>
    <name>viewer</name>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 bis %2</translation>
    </message>
    <message>
        <source>, missing %1</source>
        <translation>, es fehlt %1</translation>
    </message>
    <message>
        <source>Actual size</source>
        <translation>Originalgröße</translation>
    </message>
    <message>
        <source>Again</source>
        <translation>Von vorn</translation>
    </message>
    <message>
        <source>All that can be done</source>
        <translation>Alles, was möglich ist</translation>
    </message>
    <message>
        <source>Another program may know it.</source>
        <translation>Ein anderes Programm kennt sie vielleicht.</translation>
    </message>
    <message>
        <source>Ask its owner, or change its permissions.</source>
        <translation>Fragen Sie den Eigentümer, oder ändern Sie die Rechte.</translation>
    </message>
    <message>
        <source>At the end: again from the first frame (L)</source>
        <translation>Am Ende: wieder vom ersten Einzelbild an (L)</translation>
    </message>
    <message>
        <source>At the end: again, back and forth, or stop</source>
        <translation>Am Ende: von vorn, hin und her oder anhalten</translation>
    </message>
    <message>
        <source>At the end: backwards, and so on (L)</source>
        <translation>Am Ende: rückwärts und so fort (L)</translation>
    </message>
    <message>
        <source>At the end: stop (L)</source>
        <translation>Am Ende: anhalten (L)</translation>
    </message>
    <message>
        <source>Axes</source>
        <translation>Achsen</translation>
    </message>
    <message>
        <source>Back and forth</source>
        <translation>Hin und her</translation>
    </message>
    <message>
        <source>Back to the library</source>
        <translation>Zurück zur Bibliothek</translation>
    </message>
    <message>
        <source>Box and measures</source>
        <translation>Hüllquader und Maße</translation>
    </message>
    <message>
        <source>C adds one, R takes it out   ·   N next pane, X exchanges, U unlinks   ·   hold D to blink</source>
        <translation>C fügt eines hinzu, R nimmt es heraus   ·   N nächstes Feld, X tauscht, U löst die Kopplung   ·   D halten zum Blinken</translation>
    </message>
    <message>
        <source>Close other programs and open it again.</source>
        <translation>Schließen Sie andere Programme, und öffnen Sie sie erneut.</translation>
    </message>
    <message>
        <source>Compare with the next</source>
        <translation>Mit dem nächsten vergleichen</translation>
    </message>
    <message>
        <source>Compared pictures</source>
        <translation>Verglichene Bilder</translation>
    </message>
    <message>
        <source>Copy it again from where it came from.</source>
        <translation>Kopieren Sie sie noch einmal von dort, woher sie kam.</translation>
    </message>
    <message>
        <source>Drag it to another picture to exchange the two (X)</source>
        <translation>Auf ein anderes Bild ziehen, um beide zu tauschen (X)</translation>
    </message>
    <message>
        <source>Facts</source>
        <translation>Angaben</translation>
    </message>
    <message>
        <source>Fill the window</source>
        <translation>Fenster ausfüllen</translation>
    </message>
    <message>
        <source>Filmstrip</source>
        <translation>Filmstreifen</translation>
    </message>
    <message>
        <source>First</source>
        <translation>Erstes</translation>
    </message>
    <message>
        <source>Fit to the width</source>
        <translation>An die Breite anpassen</translation>
    </message>
    <message>
        <source>Fit to the window</source>
        <translation>Ins Fenster einpassen</translation>
    </message>
    <message>
        <source>Frame</source>
        <translation>Einzelbild</translation>
    </message>
    <message>
        <source>Frame %1</source>
        <translation>Bild %1</translation>
    </message>
    <message>
        <source>Frames a second</source>
        <translation>Bilder je Sekunde</translation>
    </message>
    <message>
        <source>Frames a second: 24, 23.976, 30000/1001</source>
        <translation>Bilder je Sekunde: 24, 23.976, 30000/1001</translation>
    </message>
    <message>
        <source>Frames are missing here</source>
        <translation>Hier fehlen Einzelbilder</translation>
    </message>
    <message>
        <source>From above</source>
        <translation>Von oben</translation>
    </message>
    <message>
        <source>From below</source>
        <translation>Von unten</translation>
    </message>
    <message>
        <source>From the back</source>
        <translation>Von hinten</translation>
    </message>
    <message>
        <source>From the front</source>
        <translation>Von vorn</translation>
    </message>
    <message>
        <source>From the left</source>
        <translation>Von links</translation>
    </message>
    <message>
        <source>From the right</source>
        <translation>Von rechts</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Vollbild</translation>
    </message>
    <message>
        <source>Go on with another one and come back later.</source>
        <translation>Fahren Sie mit einer anderen fort, und kommen Sie später zurück.</translation>
    </message>
    <message>
        <source>Header of picture %1</source>
        <translation>Kopf von Bild %1</translation>
    </message>
    <message>
        <source>Histogram</source>
        <translation>Histogramm</translation>
    </message>
    <message>
        <source>Histogram of the whole picture, or of what is shown of it (Shift+G)</source>
        <translation>Histogramm des ganzen Bildes oder dessen, was davon zu sehen ist (Umschalt+G)</translation>
    </message>
    <message>
        <source>Histogram of what is shown</source>
        <translation>Histogramm des sichtbaren Teils</translation>
    </message>
    <message>
        <source>If it was moved, &quot;Find missing files&quot; in the menu File looks for it.</source>
        <translation>Wurde sie verschoben, so sucht „Fehlende Dateien suchen“ im Menü „Datei“ nach ihr.</translation>
    </message>
    <message>
        <source>It ends early: copy it again from where it came from.</source>
        <translation>Sie endet zu früh: Kopieren Sie sie noch einmal von dort, woher sie kam.</translation>
    </message>
    <message>
        <source>It may be damaged; nothing else was harmed.</source>
        <translation>Sie ist vielleicht beschädigt; sonst kam nichts zu Schaden.</translation>
    </message>
    <message>
        <source>Last</source>
        <translation>Letztes</translation>
    </message>
    <message>
        <source>Look at its disk or network, and open it again.</source>
        <translation>Sehen Sie nach dem Datenträger oder dem Netzwerk, und öffnen Sie sie erneut.</translation>
    </message>
    <message>
        <source>Mirror left and right</source>
        <translation>Links und rechts spiegeln</translation>
    </message>
    <message>
        <source>Mirror top and bottom</source>
        <translation>Oben und unten spiegeln</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Nächstes</translation>
    </message>
    <message>
        <source>Next background</source>
        <translation>Nächster Hintergrund</translation>
    </message>
    <message>
        <source>Next of these</source>
        <translation>Nächste dieser Ansichten</translation>
    </message>
    <message>
        <source>No histogram: there is no picture</source>
        <translation>Kein Histogramm: Es ist kein Bild da</translation>
    </message>
    <message>
        <source>Once</source>
        <translation>Einmal</translation>
    </message>
    <message>
        <source>Only a part of this file could be read</source>
        <translation>Nur ein Teil dieser Datei konnte gelesen werden</translation>
    </message>
    <message>
        <source>Open it again in a while.</source>
        <translation>Öffnen Sie sie später erneut.</translation>
    </message>
    <message>
        <source>Open it again.</source>
        <translation>Öffnen Sie sie erneut.</translation>
    </message>
    <message>
        <source>Opening…</source>
        <translation>Wird geöffnet …</translation>
    </message>
    <message>
        <source>Pause (Space)</source>
        <translation>Anhalten (Leertaste)</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Picture %1</source>
        <translation>Bild %1</translation>
    </message>
    <message>
        <source>Play (Space)</source>
        <translation>Abspielen (Leertaste)</translation>
    </message>
    <message>
        <source>Previous</source>
        <translation>Voriges</translation>
    </message>
    <message>
        <source>Rotate left</source>
        <translation>Nach links drehen</translation>
    </message>
    <message>
        <source>Rotate right</source>
        <translation>Nach rechts drehen</translation>
    </message>
    <message>
        <source>S shows it again</source>
        <translation>S zeigt sie noch einmal</translation>
    </message>
    <message>
        <source>Shaded</source>
        <translation>Schattiert</translation>
    </message>
    <message>
        <source>Shaded, with edges</source>
        <translation>Schattiert, mit Kanten</translation>
    </message>
    <message>
        <source>Shuffled</source>
        <translation>Gemischt</translation>
    </message>
    <message>
        <source>Slide show</source>
        <translation>Diaschau</translation>
    </message>
    <message>
        <source>Slide show paused</source>
        <translation>Diaschau angehalten</translation>
    </message>
    <message>
        <source>Space goes on</source>
        <translation>Weiter mit der Leertaste</translation>
    </message>
    <message>
        <source>The frame rate was not kept</source>
        <translation>Die Bildrate wurde nicht gespeichert</translation>
    </message>
    <message>
        <source>The limit is in the settings.</source>
        <translation>Die Grenze steht in den Einstellungen.</translation>
    </message>
    <message>
        <source>The limits are in the settings.</source>
        <translation>Die Grenzen stehen in den Einstellungen.</translation>
    </message>
    <message>
        <source>The slide show has ended</source>
        <translation>Die Diaschau ist zu Ende</translation>
    </message>
    <message>
        <source>There is not enough memory for this file</source>
        <translation>Für diese Datei reicht der Speicher nicht</translation>
    </message>
    <message>
        <source>This file cannot be read</source>
        <translation>Diese Datei kann nicht gelesen werden</translation>
    </message>
    <message>
        <source>This file cannot be shown</source>
        <translation>Diese Datei kann nicht gezeigt werden</translation>
    </message>
    <message>
        <source>This file cannot be shown here</source>
        <translation>Diese Datei kann hier nicht gezeigt werden</translation>
    </message>
    <message>
        <source>This file cannot be shown now</source>
        <translation>Diese Datei kann gerade nicht gezeigt werden</translation>
    </message>
    <message>
        <source>This file has changed</source>
        <translation>Diese Datei hat sich geändert</translation>
    </message>
    <message>
        <source>This file is damaged</source>
        <translation>Diese Datei ist beschädigt</translation>
    </message>
    <message>
        <source>This file is empty</source>
        <translation>Diese Datei ist leer</translation>
    </message>
    <message>
        <source>This file is gone</source>
        <translation>Diese Datei ist nicht mehr da</translation>
    </message>
    <message>
        <source>This file is too large</source>
        <translation>Diese Datei ist zu groß</translation>
    </message>
    <message>
        <source>This file may not be read</source>
        <translation>Diese Datei darf nicht gelesen werden</translation>
    </message>
    <message>
        <source>This file takes too long</source>
        <translation>Diese Datei braucht zu lange</translation>
    </message>
    <message>
        <source>This picture cannot be shown in all its pixels</source>
        <translation>Dieses Bild kann nicht in allen Pixeln gezeigt werden</translation>
    </message>
    <message>
        <source>What the histogram is of</source>
        <translation>Wovon das Histogramm ist</translation>
    </message>
    <message>
        <source>Wireframe</source>
        <translation>Drahtgitter</translation>
    </message>
    <message>
        <source>Without perspective</source>
        <translation>Ohne Perspektive</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>Vergrößern</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>Verkleinern</translation>
    </message>
    <message>
        <source>black %1 %</source>
        <translation>schwarz %1 %</translation>
    </message>
    <message>
        <source>fps</source>
        <translation>B/s</translation>
    </message>
    <message>
        <source>full %1 %</source>
        <translation>voll %1 %</translation>
    </message>
    <message>
        <source>not watertight</source>
        <translation>nicht wasserdicht</translation>
    </message>
    <message>
        <source>of the whole picture</source>
        <translation>des ganzen Bildes</translation>
    </message>
    <message>
        <source>of what is shown</source>
        <translation>des sichtbaren Teils</translation>
    </message>
    <message>
        <source>watertight</source>
        <translation>wasserdicht</translation>
    </message>
    <message>
        <source>zoom %1 %</source>
        <translation>Zoom %1 %</translation>
    </message>
</context>
<context>
    <name>window</name>
    <message numerus="yes">
        <source>  ·  %n groups collapsed</source>
        <translation><numerusform>  ·  %n Gruppe zugeklappt</numerusform><numerusform>  ·  %n Gruppen zugeklappt</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>  ·  %n selected</source>
        <translation><numerusform>  ·  %n ausgewählt</numerusform><numerusform>  ·  %n ausgewählt</numerusform></translation>
    </message>
    <message>
        <source>  ·  read only: another program has this library open, or it may not be written</source>
        <translation>  ·  nur lesen: ein anderes Programm hat diese Bibliothek geöffnet, oder sie darf nicht geschrieben werden</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n items</source>
        <translation><numerusform>%1 von %n Element</numerusform><numerusform>%1 von %n Elementen</numerusform></translation>
    </message>
    <message>
        <source>%1&#xa;&#xa;&quot;vitrine check&quot; tells more and can repair it.</source>
        <translation>%1&#xa;&#xa;&quot;vitrine check&quot; sagt mehr dazu und kann sie reparieren.</translation>
    </message>
    <message numerus="yes">
        <source>%n items</source>
        <translation><numerusform>%n Element</numerusform><numerusform>%n Elemente</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n items have been copied, to be pasted in a file manager</source>
        <translation><numerusform>%n Element wurde kopiert und kann in einer Dateiverwaltung eingefügt werden</numerusform><numerusform>%n Elemente wurden kopiert und können in einer Dateiverwaltung eingefügt werden</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n panes</source>
        <translation><numerusform>%n Bereich</numerusform><numerusform>%n Bereiche</numerusform></translation>
    </message>
    <message>
        <source>&amp;Restore the copy</source>
        <translation>Die Kopie &amp;zurückspielen</translation>
    </message>
    <message numerus="yes">
        <source>, %1 of %n items</source>
        <translation><numerusform>, %1 von %n Element</numerusform><numerusform>, %1 von %n Elementen</numerusform></translation>
    </message>
    <message>
        <source>, selected</source>
        <translation>, ausgewählt</translation>
    </message>
    <message numerus="yes">
        <source>; %n left as they are, because something else has changed them since</source>
        <translation><numerusform>; %n blieb, wie es ist, weil es inzwischen anders geändert wurde</numerusform><numerusform>; %n blieben, wie sie sind, weil sie inzwischen anders geändert wurden</numerusform></translation>
    </message>
    <message>
        <source>A library for pictures and 3D models that never freezes. Written in C on Qt %1.</source>
        <translation>Eine Bibliothek für Bilder und 3D-Modelle, die nie einfriert. Geschrieben in C auf Qt %1.</translation>
    </message>
    <message>
        <source>A: own process, system call filter, no file system</source>
        <translation>A: eigener Prozess, Filter für Systemaufrufe, kein Dateisystem</translation>
    </message>
    <message>
        <source>About Vitrine</source>
        <translation>Über Vitrine</translation>
    </message>
    <message>
        <source>Add a folder with pictures or 3D models, or drop one here. Your files stay where they are and are never changed.</source>
        <translation>Einen Ordner mit Bildern oder 3D-Modellen hinzufügen oder hierher ziehen. Ihre Dateien bleiben, wo sie sind, und werden nie verändert.</translation>
    </message>
    <message>
        <source>Add a folder…</source>
        <translation>Ordner hinzufügen …</translation>
    </message>
    <message>
        <source>Add files</source>
        <translation>Dateien hinzufügen</translation>
    </message>
    <message>
        <source>All items</source>
        <translation>Alle Elemente</translation>
    </message>
    <message>
        <source>B: own process, system call filter</source>
        <translation>B: eigener Prozess, Filter für Systemaufrufe</translation>
    </message>
    <message>
        <source>C: own process, resource limits</source>
        <translation>C: eigener Prozess, begrenzte Mittel</translation>
    </message>
    <message>
        <source>Choose a saved filter in the sidebar first</source>
        <translation>Zuerst einen gespeicherten Filter in der Seitenleiste wählen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Contents</source>
        <translation>Inhalt</translation>
    </message>
    <message>
        <source>Ctrl+Z brings it back</source>
        <translation>Strg+Z holt es zurück</translation>
    </message>
    <message>
        <source>D: own process only</source>
        <translation>D: nur eigener Prozess</translation>
    </message>
    <message>
        <source>Decoders run confined at level %1.</source>
        <translation>Decoder laufen eingeschlossen, auf Stufe %1.</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Erledigt</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Filter: words, kind:model, width&gt;4000, size&gt;1m, -draft …</source>
        <translation>Filter: Wörter, kind:model, width&gt;4000, size&gt;1m, -entwurf …</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>Gruppen</translation>
    </message>
    <message>
        <source>Loading the library…</source>
        <translation>Die Bibliothek wird geladen …</translation>
    </message>
    <message>
        <source>Longest stall %1 ms</source>
        <translation>Längste Stockung %1 ms</translation>
    </message>
    <message>
        <source>Look for missing files in a folder</source>
        <translation>In einem Ordner nach fehlenden Dateien suchen</translation>
    </message>
    <message>
        <source>Looking for pictures and models…</source>
        <translation>Bilder und Modelle werden gesucht …</translation>
    </message>
    <message>
        <source>Manual</source>
        <translation>Handbuch</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>No folder is imported that could be looked through</source>
        <translation>Es ist kein Ordner importiert, der durchsucht werden könnte</translation>
    </message>
    <message>
        <source>No item here matches the filter.</source>
        <translation>Hier passt kein Element zum Filter.</translation>
    </message>
    <message>
        <source>Not read until the next start, because one file after the other crashed the decoder: %1.</source>
        <translation>Bis zum nächsten Start nicht gelesen, weil eine Datei nach der anderen den Decoder abstürzen ließ: %1.</translation>
    </message>
    <message>
        <source>Not written: %1</source>
        <translation>Nicht geschrieben: %1</translation>
    </message>
    <message>
        <source>Nothing matches</source>
        <translation>Nichts passt</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>Reihenfolge</translation>
    </message>
    <message>
        <source>Out of memory</source>
        <translation>Kein Speicher mehr frei</translation>
    </message>
    <message>
        <source>Redone</source>
        <translation>Wiederholt</translation>
    </message>
    <message>
        <source>Save the filter</source>
        <translation>Filter speichern</translation>
    </message>
    <message>
        <source>Show all items</source>
        <translation>Alle Elemente anzeigen</translation>
    </message>
    <message>
        <source>Size of the cards</source>
        <translation>Größe der Karten</translation>
    </message>
    <message>
        <source>Size of the cards (Ctrl and the wheel)</source>
        <translation>Größe der Karten (Strg und Mausrad)</translation>
    </message>
    <message>
        <source>The disk of this folder is not attached: nothing can be looked for there</source>
        <translation>Der Datenträger dieses Ordners ist nicht angeschlossen: Dort kann nichts gesucht werden</translation>
    </message>
    <message>
        <source>The files that are numbered alike have been joined</source>
        <translation>Die gleich nummerierten Dateien wurden verbunden</translation>
    </message>
    <message>
        <source>The filter was not saved: it needs a name, and no more than 64 can be kept</source>
        <translation>Der Filter wurde nicht gespeichert: Er braucht einen Namen, und mehr als 64 werden nicht aufgehoben</translation>
    </message>
    <message>
        <source>The library cannot be loaded</source>
        <translation>Die Bibliothek kann nicht geladen werden</translation>
    </message>
    <message>
        <source>The path has been copied</source>
        <translation>Der Pfad wurde kopiert</translation>
    </message>
    <message>
        <source>The paths have been copied</source>
        <translation>Die Pfade wurden kopiert</translation>
    </message>
    <message>
        <source>The sequence has been split into single files</source>
        <translation>Die Sequenz wurde in einzelne Dateien geteilt</translation>
    </message>
    <message>
        <source>There is a sound copy of the library of %1. Restoring it brings back all of then. What came since is lost: tags, ratings, notes and albums; files that were imported since have to be imported again. The damaged file is kept beside it.&#xa;&#xa;&quot;vitrine check --repair&quot; saves what can be read instead.</source>
        <translation>Es gibt eine unversehrte Kopie der Bibliothek vom %1. Mit ihr kommt alles von damals zurück. Was seither dazukam, geht verloren: Schlagwörter, Bewertungen, Notizen und Alben; Dateien, die seither importiert wurden, müssen noch einmal importiert werden. Die beschädigte Datei bleibt daneben erhalten.&#xa;&#xa;„vitrine check --repair“ rettet stattdessen, was noch gelesen werden kann.</translation>
    </message>
    <message>
        <source>There is no file manager that could show the folder</source>
        <translation>Es gibt keine Dateiverwaltung, die den Ordner anzeigen könnte</translation>
    </message>
    <message>
        <source>There is no filter to be saved: write one into the box, or choose in the sidebar</source>
        <translation>Es gibt keinen Filter zu speichern: einen in das Feld schreiben oder in der Seitenleiste wählen</translation>
    </message>
    <message>
        <source>These paths cannot be copied: one of them is not text (UTF-8), or they are more than 100,000</source>
        <translation>Diese Pfade können nicht kopiert werden: Einer davon ist kein Text (UTF-8), oder es sind mehr als 100.000</translation>
    </message>
    <message>
        <source>They appear here as they are read.</source>
        <translation>Sie erscheinen hier, sobald sie gelesen sind.</translation>
    </message>
    <message>
        <source>This item is not in the library any more</source>
        <translation>Dieses Element ist nicht mehr in der Bibliothek</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Werkzeuge</translation>
    </message>
    <message>
        <source>Undone</source>
        <translation>Rückgängig gemacht</translation>
    </message>
    <message>
        <source>Viewer</source>
        <translation>Betrachter</translation>
    </message>
    <message>
        <source>Vitrine cannot start</source>
        <translation>Vitrine kann nicht starten</translation>
    </message>
    <message>
        <source>What goes on</source>
        <translation>Was gerade geschieht</translation>
    </message>
    <message>
        <source>Why not A:</source>
        <translation>Warum nicht A:</translation>
    </message>
    <message>
        <source>Words match names, folders, tags and titles. Also:&#xa;kind:image  kind:model  format:png  folder:holiday&#xa;tag:car  album:&quot;My trip&quot;  camera:X100  label:red  rating&gt;=3&#xa;width&gt;4000  height&lt;=800  size&gt;1m  triangles&gt;1m&#xa;date:2024-05..2025  watertight:no  missing:yes  offline:yes&#xa;&quot;two words&quot;  -without  this or that  (brackets)</source>
        <translation>Wörter passen auf Namen, Ordner, Schlagwörter und Titel. Außerdem:&#xa;kind:image  kind:model  format:png  folder:urlaub&#xa;tag:auto  album:&quot;Meine Reise&quot;  camera:X100  label:red  rating&gt;=3&#xa;width&gt;4000  height&lt;=800  size&gt;1m  triangles&gt;1m&#xa;date:2024-05..2025  watertight:no  missing:yes  offline:yes&#xa;&quot;zwei Wörter&quot;  -ohne  dies or das  (Klammern)</translation>
    </message>
    <message>
        <source>Workspace</source>
        <translation>Arbeitsfläche</translation>
    </message>
    <message>
        <source>Your library is empty</source>
        <translation>Ihre Bibliothek ist leer</translation>
    </message>
    <message>
        <source>not known yet</source>
        <translation>noch nicht bekannt</translation>
    </message>
</context>
<context>
    <name>workspace</name>
    <message numerus="yes">
        <source> (%n panes)</source>
        <translation><numerusform> (%n Bereich)</numerusform><numerusform> (%n Bereiche)</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n windows stood on no screen and were moved onto one</source>
        <translation><numerusform>%n Fenster stand auf keinem Bildschirm und wurde auf einen verschoben</numerusform><numerusform>%n Fenster standen auf keinem Bildschirm und wurden auf einen verschoben</numerusform></translation>
    </message>
    <message>
        <source>&amp;Collapsed</source>
        <translation>&amp;Eingeklappt</translation>
    </message>
    <message>
        <source>&amp;Dissolve</source>
        <translation>&amp;Auflösen</translation>
    </message>
    <message>
        <source>&amp;Insert a workspace</source>
        <translation>Arbeitsfläche &amp;einfügen</translation>
    </message>
    <message>
        <source>&amp;New group with this pane…</source>
        <translation>&amp;Neue Gruppe mit diesem Bereich …</translation>
    </message>
    <message>
        <source>&amp;Not linked</source>
        <translation>&amp;Nicht verbunden</translation>
    </message>
    <message>
        <source>&amp;Put this pane into it</source>
        <translation>&amp;Diesen Bereich hineinnehmen</translation>
    </message>
    <message>
        <source>&amp;Save as a workspace</source>
        <translation>Als Arbeitsfläche &amp;sichern</translation>
    </message>
    <message>
        <source>&amp;Take this pane out</source>
        <translation>Diesen Bereich &amp;herausnehmen</translation>
    </message>
    <message>
        <source>C&amp;lose all its panes</source>
        <translation>Alle ihre Bereiche s&amp;chließen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Copy of %1</source>
        <translation>Kopie von %1</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Delete the workspace</source>
        <translation>Arbeitsfläche löschen</translation>
    </message>
    <message>
        <source>Delete the workspace “%1”? The items in it are not touched.</source>
        <translation>Die Arbeitsfläche „%1“ löschen? Was in ihr gezeigt wird, bleibt unberührt.</translation>
    </message>
    <message>
        <source>Duplicate the workspace</source>
        <translation>Arbeitsfläche duplizieren</translation>
    </message>
    <message>
        <source>F7 and F8 make new panes. Headers and dividers are dragged; a double click makes a pane as large as the window, or evens out.</source>
        <translation>F7 und F8 machen neue Bereiche. Köpfe und Trenner lassen sich ziehen; ein Doppelklick macht einen Bereich so groß wie das Fenster oder gleicht aus.</translation>
    </message>
    <message>
        <source>Gro&amp;up</source>
        <translation>Grup&amp;pe</translation>
    </message>
    <message>
        <source>It is the only workspace: make another one first</source>
        <translation>Es ist die einzige Arbeitsfläche: legen Sie zuerst eine andere an</translation>
    </message>
    <message>
        <source>Lin&amp;k the selection</source>
        <translation>Auswahl ver&amp;binden</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>New group</source>
        <translation>Neue Gruppe</translation>
    </message>
    <message>
        <source>New workspace</source>
        <translation>Neue Arbeitsfläche</translation>
    </message>
    <message>
        <source>Rename the workspace</source>
        <translation>Arbeitsfläche umbenennen</translation>
    </message>
    <message>
        <source>The group is saved as the workspace “%1”</source>
        <translation>Die Gruppe ist als Arbeitsfläche „%1“ gesichert</translation>
    </message>
    <message>
        <source>The library is open for reading only: “%1” is kept until Vitrine ends</source>
        <translation>Die Bibliothek ist nur zum Lesen geöffnet: „%1“ bleibt, bis Vitrine endet</translation>
    </message>
    <message>
        <source>The workspace “%1” cannot be opened: </source>
        <translation>Die Arbeitsfläche „%1“ kann nicht geöffnet werden: </translation>
    </message>
    <message>
        <source>The workspace “%1” could not be read; it is as it was before its last change. </source>
        <translation>Die Arbeitsfläche „%1“ war nicht lesbar; sie ist, wie sie vor ihrer letzten Änderung war. </translation>
    </message>
    <message>
        <source>The workspace “%1” is saved</source>
        <translation>Die Arbeitsfläche „%1“ ist gesichert</translation>
    </message>
    <message>
        <source>Workspace</source>
        <translation>Arbeitsfläche</translation>
    </message>
    <message>
        <source>Workspaces are kept until Vitrine ends only: the library is open for reading only</source>
        <translation>Arbeitsflächen bleiben nur, bis Vitrine endet: die Bibliothek ist nur zum Lesen geöffnet</translation>
    </message>
</context>
</TS>
