<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>faceapp</name>
    <message>
        <source>Attendance</source>
        <translation>Anwesenheit</translation>
    </message>
    <message>
        <source>Attendance by day</source>
        <translation>Anwesenheit nach Tagen</translation>
    </message>
    <message>
        <source>All entries</source>
        <translation>Alle Einträge</translation>
    </message>
    <message>
        <source>Attendance by person</source>
        <translation>Anwesenheit nach Personen</translation>
    </message>
    <message>
        <source>Range</source>
        <translation>Zeitraum</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Gestern</translation>
    </message>
    <message>
        <source>This week</source>
        <translation>Diese Woche</translation>
    </message>
    <message>
        <source>Last week</source>
        <translation>Letzte Woche</translation>
    </message>
    <message>
        <source>This month</source>
        <translation>Dieser Monat</translation>
    </message>
    <message>
        <source>Last month</source>
        <translation>Letzter Monat</translation>
    </message>
    <message>
        <source>All time</source>
        <translation>Gesamte Zeit</translation>
    </message>
    <message>
        <source>Other days</source>
        <translation>Andere Tage</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Bis</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>Gruppe</translation>
    </message>
    <message>
        <source>All groups</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>Person</translation>
    </message>
    <message>
        <source>All people</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>View</source>
        <translation>Ansicht</translation>
    </message>
    <message>
        <source>&amp;Days</source>
        <translation>&amp;Tage</translation>
    </message>
    <message>
        <source>Entr&amp;ies</source>
        <translation>E&amp;inträge</translation>
    </message>
    <message>
        <source>T&amp;otals</source>
        <translation>S&amp;ummen</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Datum</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>First in</source>
        <translation>Kommen</translation>
    </message>
    <message>
        <source>Last out</source>
        <translation>Gehen</translation>
    </message>
    <message>
        <source>Hours</source>
        <translation>Stunden</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Stand</translation>
    </message>
    <message>
        <source>Days present</source>
        <extracomment>column with a person's number of days</extracomment>
        <translation>Tage da</translation>
    </message>
    <message>
        <source>Days missing</source>
        <extracomment>column with a person's number of days</extracomment>
        <translation>Tage gefehlt</translation>
    </message>
    <message>
        <source>Incomplete</source>
        <extracomment>column with a person's number of days</extracomment>
        <translation>Unvollständig</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>How</source>
        <translation>Wodurch</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Bemerkung</translation>
    </message>
    <message>
        <source>here</source>
        <extracomment>state of a person's day: came and has not left</extracomment>
        <translation>da</translation>
    </message>
    <message>
        <source>was here</source>
        <extracomment>state of a person's day: came and left</extracomment>
        <translation>war da</translation>
    </message>
    <message>
        <source>missing</source>
        <extracomment>state of a person's day</extracomment>
        <translation>fehlt</translation>
    </message>
    <message>
        <source>incomplete</source>
        <extracomment>state of a person's day: the coming or the going is missing</extracomment>
        <translation>unvollständig</translation>
    </message>
    <message>
        <source>{hours}:{minutes:02d}</source>
        <extracomment>hours and minutes of a day</extracomment>
        <translation>{hours}:{minutes:02d}</translation>
    </message>
    <message>
        <source>by face</source>
        <translation>durch Gesicht</translation>
    </message>
    <message>
        <source>by hand</source>
        <translation>von Hand</translation>
    </message>
    <message>
        <source>struck: {reason}</source>
        <translation>gestrichen: {reason}</translation>
    </message>
    <message>
        <source>added: {reason}</source>
        <translation>nachgetragen: {reason}</translation>
    </message>
    <message>
        <source>similarity {similarity:.2f}, needed {threshold:.2f}, model {model}</source>
        <translation>Ähnlichkeit {similarity:.2f}, nötig {threshold:.2f}, Modell {model}</translation>
    </message>
    <message>
        <source>{date} {time} ({zone}, UTC{offset})</source>
        <translation>{date} {time} ({zone}, UTC{offset})</translation>
    </message>
    <message>
        <source>{n} entry</source>
        <translation>{n} Eintrag</translation>
    </message>
    <message>
        <source>{n} entries</source>
        <translation>{n} Einträge</translation>
    </message>
    <message>
        <source>{n} struck</source>
        <translation>{n} gestrichen</translation>
    </message>
    <message>
        <source>{here} came · {missing} missing</source>
        <extracomment>people of one day</extracomment>
        <translation>{here} gekommen · {missing} fehlend</translation>
    </message>
    <message>
        <source>{people} · days present: {present} · days missing: {missing}</source>
        <extracomment>61 people …</extracomment>
        <translation>{people} · Tage da: {present} · Tage gefehlt: {missing}</translation>
    </message>
    <message>
        <source>{people} · hours: {hours} · incomplete: {incomplete} · present: {present} · missing: {missing}</source>
        <extracomment>61 people …; all but the hours are days</extracomment>
        <translation>{people} · Stunden: {hours} · unvollständig: {incomplete} · da: {present} · gefehlt: {missing}</translation>
    </message>
    <message>
        <source>only the newest of {all} entries; an export has all</source>
        <translation>nur der neueste von {all} Einträgen; ein Export enthält alle</translation>
    </message>
    <message>
        <source>only the newest {n} of {all} entries; an export has all</source>
        <translation>nur die neuesten {n} von {all} Einträgen; ein Export enthält alle</translation>
    </message>
    <message>
        <source>only the newest of {all} days; an export has all</source>
        <translation>nur der neueste von {all} Tagen; ein Export enthält alle</translation>
    </message>
    <message>
        <source>only the newest {n} of {all} days; an export has all</source>
        <translation>nur die neuesten {n} von {all} Tagen; ein Export enthält alle</translation>
    </message>
    <message>
        <source>No entries in this range</source>
        <translation>Keine Einträge in diesem Zeitraum</translation>
    </message>
    <message>
        <source>Entries appear when people are recognized, or when you add one by hand.</source>
        <translation>Einträge entstehen, wenn jemand erkannt wird oder Sie einen von Hand nachtragen.</translation>
    </message>
    <message>
        <source>&amp;Take attendance</source>
        <translation>Anwesenheit er&amp;fassen</translation>
    </message>
    <message>
        <source>Show these &amp;days</source>
        <translation>Diese &amp;Tage zeigen</translation>
    </message>
    <message>
        <source>&amp;Correct…</source>
        <translation>&amp;Berichtigen…</translation>
    </message>
    <message>
        <source>E&amp;xport…</source>
        <translation>E&amp;xportieren…</translation>
    </message>
    <message>
        <source>Writing rows:</source>
        <translation>Zeilen werden geschrieben:</translation>
    </message>
    <message>
        <source>{n} row written to {path}</source>
        <translation>{n} Zeile nach {path} geschrieben</translation>
    </message>
    <message>
        <source>{n} rows written to {path}</source>
        <translation>{n} Zeilen nach {path} geschrieben</translation>
    </message>
    <message>
        <source>Another program is using {path}. The export was saved as {instead}.</source>
        <translation>Ein anderes Programm benutzt {path}. Der Export wurde als {instead} gespeichert.</translation>
    </message>
    <message>
        <source>Close that program before the next export.</source>
        <translation>Schließen Sie jenes Programm vor dem nächsten Export.</translation>
    </message>
    <message>
        <source>attendance-{dates}.csv</source>
        <extracomment>proposed name of an export of Days</extracomment>
        <translation>anwesenheit-{dates}.csv</translation>
    </message>
    <message>
        <source>attendance-entries-{dates}.csv</source>
        <extracomment>proposed name of an export of Entries</extracomment>
        <translation>anwesenheit-einträge-{dates}.csv</translation>
    </message>
    <message>
        <source>attendance-totals-{dates}.csv</source>
        <extracomment>proposed name of an export of Totals</extracomment>
        <translation>anwesenheit-summen-{dates}.csv</translation>
    </message>
    <message>
        <source>Correct the attendance</source>
        <translation>Anwesenheit berichtigen</translation>
    </message>
    <message>
        <source>Nothing is overwritten: the old row is struck but stays visible, with the reason.</source>
        <translation>Nichts wird überschrieben: Die alte Zeile bleibt sichtbar, gestrichen und mit dem Grund.</translation>
    </message>
    <message>
        <source>This cannot be undone. If the entry was right after all, select it and add it again.</source>
        <translation>Das lässt sich nicht rückgängig machen. War der Eintrag doch richtig, wählen Sie ihn aus und tragen Sie ihn neu nach.</translation>
    </message>
    <message>
        <source>&amp;Strike an entry</source>
        <translation>Einen Eintrag &amp;streichen</translation>
    </message>
    <message>
        <source>It was somebody &amp;else</source>
        <translation>Es war &amp;jemand anderes</translation>
    </message>
    <message>
        <source>C&amp;hange its time or kind</source>
        <translation>Zeit oder Art än&amp;dern</translation>
    </message>
    <message>
        <source>&amp;Add a missing entry</source>
        <translation>Fehlenden Eintrag &amp;nachtragen</translation>
    </message>
    <message>
        <source>Entry</source>
        <translation>Eintrag</translation>
    </message>
    <message>
        <source>To strike an entry, first select its row in the table.</source>
        <translation>Um einen Eintrag zu streichen, wählen Sie zuerst seine Zeile in der Tabelle.</translation>
    </message>
    <message>
        <source>This person was forgotten. You can strike the entry or give it to somebody else.</source>
        <translation>Diese Person wurde gelöscht: Der Eintrag lässt sich streichen oder jemand anderem geben.</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>Tag</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>for example: wrong person</source>
        <translation>zum Beispiel: falsche Person</translation>
    </message>
    <message>
        <source>wrong person</source>
        <translation>falsche Person</translation>
    </message>
    <message>
        <source>forgot to check in</source>
        <translation>Kommen vergessen</translation>
    </message>
    <message>
        <source>forgot to check out</source>
        <translation>Gehen vergessen</translation>
    </message>
    <message>
        <source>worked elsewhere</source>
        <translation>anderswo gearbeitet</translation>
    </message>
    <message>
        <source>camera was off</source>
        <translation>Kamera war aus</translation>
    </message>
    <message>
        <source>Enter a reason</source>
        <translation>Geben Sie einen Grund ein</translation>
    </message>
    <message>
        <source>The reason is too long</source>
        <translation>Der Grund ist zu lang</translation>
    </message>
    <message>
        <source>Choose a person from the list</source>
        <translation>Wählen Sie eine Person aus der Liste</translation>
    </message>
    <message>
        <source>This entry already belongs to this person</source>
        <translation>Der Eintrag ist schon von dieser Person</translation>
    </message>
    <message>
        <source>Choose an entry from the list</source>
        <translation>Wählen Sie einen Eintrag aus der Liste</translation>
    </message>
    <message>
        <source>This time is in the future</source>
        <translation>Dieser Zeitpunkt liegt in der Zukunft</translation>
    </message>
    <message>
        <source>Strike</source>
        <translation>Streichen</translation>
    </message>
    <message>
        <source>Change the person</source>
        <translation>Person ändern</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Ändern</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Nachtragen</translation>
    </message>
    <message>
        <source>The entry was struck</source>
        <translation>Der Eintrag wurde gestrichen</translation>
    </message>
    <message>
        <source>The entry was struck and added for the right person</source>
        <translation>Der Eintrag wurde gestrichen und der richtigen Person nachgetragen</translation>
    </message>
    <message>
        <source>The entry was struck and the right one added</source>
        <translation>Der Eintrag wurde gestrichen und der richtige nachgetragen</translation>
    </message>
    <message>
        <source>The entry was added</source>
        <translation>Der Eintrag wurde nachgetragen</translation>
    </message>
    <message>
        <source>{date} · {time} · {kind} · {name}</source>
        <extracomment>the end may be cut off</extracomment>
        <translation>{date} · {time} · {kind} · {name}</translation>
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
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>Open the fo&amp;lder</source>
        <extracomment>with the file that was written</extracomment>
        <translation>O&amp;rdner öffnen</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <extracomment>closes the banner</extracomment>
        <translation>Ausblenden</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>ID</source>
        <extracomment>the operator's own code of a person</extracomment>
        <translation>Kennung</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>Gruppen</translation>
    </message>
    <message>
        <source>Replace the file?</source>
        <translation>Datei ersetzen?</translation>
    </message>
    <message>
        <source>{file} already exists. If you replace it, its contents are lost.</source>
        <translation>Es gibt schon eine Datei {file}. Was darin steht, geht verloren, wenn sie ersetzt wird.</translation>
    </message>
    <message>
        <source>&amp;Replace</source>
        <translation>&amp;Ersetzen</translation>
    </message>
    <message>
        <source>{path} cannot be read. It is part of the app: install the app again.</source>
        <translation>{path} ist nicht lesbar. Die Datei gehört zur App: bitte die App neu installieren.</translation>
    </message>
    <message>
        <source>in</source>
        <translation>Kommen</translation>
    </message>
    <message>
        <source>out</source>
        <translation>Gehen</translation>
    </message>
    <message>
        <source>yesterday {time}</source>
        <translation>gestern {time}</translation>
    </message>
    <message>
        <source>never</source>
        <translation>nie</translation>
    </message>
    <message>
        <source>dddd d MMMM</source>
        <extracomment>Qt's date format: Monday 23 November</extracomment>
        <translation>dddd, d. MMMM</translation>
    </message>
    <message>
        <source>forgotten person</source>
        <extracomment>stands for a name that was deleted</extracomment>
        <translation>gelöschte Person</translation>
    </message>
    <message>
        <source>Enrol somebody</source>
        <translation>Jemanden aufnehmen</translation>
    </message>
    <message>
        <source>Add samples to {name}</source>
        <translation>Aufnahmen für {name} ergänzen</translation>
    </message>
    <message>
        <source>By camera or from pictures. Pictures are not kept, only the numbers that tell faces apart.</source>
        <translation>Per Kamera oder aus Bildern. Bilder werden nicht behalten, nur Zahlen, die Gesichter unterscheiden.</translation>
    </message>
    <message>
        <source>as it should appear</source>
        <translation>wie er in den Listen stehen soll</translation>
    </message>
    <message>
        <source>ID: your own code; it cannot be changed later</source>
        <translation>Kennung: Ihr eigenes Kürzel, später nicht änderbar</translation>
    </message>
    <message>
        <source>type a group and press Enter</source>
        <translation>Gruppe eingeben und Eingabetaste drücken</translation>
    </message>
    <message>
        <source>Remove the group {group}</source>
        <translation>Gruppe {group} entfernen</translation>
    </message>
    <message>
        <source>This person a&amp;greed to face recognition</source>
        <translation>Der &amp;Gesichtserkennung wurde zugestimmt</translation>
    </message>
    <message>
        <source>Ask the person, then tick the box if they agree.</source>
        <translation>Setzen Sie das Häkchen, wenn die Person zustimmt.</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>Aufnahmen</translation>
    </message>
    <message>
        <source>None yet. Use the camera or choose pictures.</source>
        <translation>Noch keine. Benutzen Sie die Kamera oder wählen Sie Bilder.</translation>
    </message>
    <message>
        <source>{n} sample taken</source>
        <translation>{n} Aufnahme gemacht</translation>
    </message>
    <message>
        <source>{n} samples taken</source>
        <translation>{n} Aufnahmen gemacht</translation>
    </message>
    <message>
        <source>{n} refused</source>
        <translation>{n} abgelehnt</translation>
    </message>
    <message>
        <source>{n} more not shown</source>
        <translation>{n} weitere nicht gezeigt</translation>
    </message>
    <message>
        <source>Remove this sample</source>
        <translation>Diese Aufnahme entfernen</translation>
    </message>
    <message>
        <source>Sample {n}</source>
        <translation>Aufnahme {n}</translation>
    </message>
    <message>
        <source>{file}: {reason}</source>
        <translation>{file}: {reason}</translation>
    </message>
    <message>
        <source>C&amp;hoose pictures…</source>
        <translation>&amp;Bilder wählen…</translation>
    </message>
    <message>
        <source>Choose a &amp;folder…</source>
        <translation>&amp;Ordner wählen…</translation>
    </message>
    <message>
        <source>or drop pictures, videos or folders here</source>
        <translation>oder Bilder, Videos oder Ordner hier ablegen</translation>
    </message>
    <message>
        <source>Let go to add them</source>
        <translation>Loslassen, um sie hinzuzufügen</translation>
    </message>
    <message>
        <source>Looking at pictures:</source>
        <translation>Bilder werden angesehen:</translation>
    </message>
    <message>
        <source>{folder} seems to hold several people: more than one of its folders contains pictures</source>
        <translation>{folder} sieht nach mehreren Personen aus: In mehreren Ordnern darin sind Bilder</translation>
    </message>
    <message>
        <source>If it is only one person, choose the pictures instead. Otherwise this command enrols them all at once, one folder per person, named with the ID: {command}</source>
        <translation>Ist es nur eine Person, wählen Sie stattdessen die Bilder. Sonst nimmt dieser Befehl alle auf einmal auf, mit einem Ordner je Person, benannt mit der Kennung: {command}</translation>
    </message>
    <message>
        <source>Cop&amp;y the command</source>
        <translation>Befe&amp;hl kopieren</translation>
    </message>
    <message>
        <source>There are no pictures or videos in what you chose</source>
        <translation>In der Auswahl sind keine Bilder oder Videos</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>&amp;Speichern</translation>
    </message>
    <message>
        <source>Add &amp;samples</source>
        <translation>Aufnahmen &amp;ergänzen</translation>
    </message>
    <message>
        <source>Start &amp;over</source>
        <translation>&amp;Neu beginnen</translation>
    </message>
    <message>
        <source>{name} is enrolled</source>
        <translation>{name} ist aufgenommen</translation>
    </message>
    <message>
        <source>{n} sample added to {name}</source>
        <translation>{n} Aufnahme für {name} ergänzt</translation>
    </message>
    <message>
        <source>{n} samples added to {name}</source>
        <translation>{n} Aufnahmen für {name} ergänzt</translation>
    </message>
    <message>
        <source>That is e&amp;nough</source>
        <translation>Das genüg&amp;t</translation>
    </message>
    <message>
        <source>This looks like {name} ({person}).</source>
        <translation>Das sieht nach {name} ({person}) aus.</translation>
    </message>
    <message>
        <source>First say who this is</source>
        <translation>Sagen Sie zuerst, wer das ist</translation>
    </message>
    <message>
        <source>Open &amp;that person</source>
        <translation>Diese Person ö&amp;ffnen</translation>
    </message>
    <message>
        <source>It is someone &amp;else</source>
        <translation>Es ist &amp;jemand anderes</translation>
    </message>
    <message>
        <source>This does not look like the earlier samples of {name}.</source>
        <translation>Das sieht nicht wie die bisherigen Aufnahmen von {name} aus.</translation>
    </message>
    <message>
        <source>First say whether it is the same person</source>
        <translation>Sagen Sie zuerst, ob es dieselbe Person ist</translation>
    </message>
    <message>
        <source>It is the sa&amp;me person</source>
        <translation>Es &amp;ist dieselbe Person</translation>
    </message>
    <message>
        <source>Begin with {name}?</source>
        <translation>Mit {name} beginnen?</translation>
    </message>
    <message>
        <source>The details and samples here are not saved yet. If you go on, they will be lost.</source>
        <translation>Die Angaben und Aufnahmen hier sind noch nicht gespeichert. Wenn Sie fortfahren, gehen sie verloren.</translation>
    </message>
    <message>
        <source>&amp;Discard and begin</source>
        <translation>&amp;Verwerfen und beginnen</translation>
    </message>
    <message>
        <source>Start over?</source>
        <translation>Neu beginnen?</translation>
    </message>
    <message>
        <source>&amp;Discard</source>
        <translation>&amp;Verwerfen</translation>
    </message>
    <message>
        <source>Close without saving?</source>
        <translation>Ohne Speichern schließen?</translation>
    </message>
    <message>
        <source>&amp;Discard and close</source>
        <translation>&amp;Verwerfen und schließen</translation>
    </message>
    <message>
        <source>The unsaved samples were discarded because the person was forgotten</source>
        <translation>Die nicht gespeicherten Aufnahmen wurden verworfen: Die Person wurde gelöscht</translation>
    </message>
    <message>
        <source>Is this you?</source>
        <translation>Sind Sie das?</translation>
    </message>
    <message>
        <source>Look into the camera once more for a quick test.</source>
        <translation>Sehen Sie zur Probe noch einmal in die Kamera.</translation>
    </message>
    <message>
        <source>Recognized as {name}</source>
        <translation>Erkannt als {name}</translation>
    </message>
    <message>
        <source>Recognized as {other} instead. Check who this is.</source>
        <translation>Stattdessen als {other} erkannt. Prüfen Sie, wer das ist.</translation>
    </message>
    <message>
        <source>Not recognized yet. More samples, or better light, will help.</source>
        <translation>Noch nicht erkannt. Mehr Aufnahmen oder besseres Licht helfen.</translation>
    </message>
    <message>
        <source>{known} of {all} pictures match the others</source>
        <translation>{known} von {all} Bildern passen zu den anderen</translation>
    </message>
    <message>
        <source>Only one sample. Add more so that the person is recognized reliably.</source>
        <translation>Nur eine Aufnahme: Ergänzen Sie weitere, damit die Person zuverlässig erkannt wird.</translation>
    </message>
    <message>
        <source>No attendance is taken while you are enrolling somebody</source>
        <translation>Während einer Aufnahme wird keine Anwesenheit erfasst</translation>
    </message>
    <message>
        <source>Enter a name</source>
        <translation>Geben Sie einen Namen ein</translation>
    </message>
    <message>
        <source>Enter an ID</source>
        <translation>Geben Sie eine Kennung ein</translation>
    </message>
    <message>
        <source>{name} already has this ID</source>
        <translation>{name} hat diese Kennung schon</translation>
    </message>
    <message>
        <source>Add at least one sample</source>
        <translation>Fügen Sie mindestens eine Aufnahme hinzu</translation>
    </message>
    <message>
        <source>Remove the pictures of other people</source>
        <translation>Entfernen Sie die Bilder anderer Personen</translation>
    </message>
    <message>
        <source>About 5 samples make recognition more reliable</source>
        <translation>Etwa 5 Aufnahmen machen die Erkennung sicherer</translation>
    </message>
    <message>
        <source>Progress through the poses</source>
        <translation>Fortschritt bei den Kopfhaltungen</translation>
    </message>
    <message>
        <source>{done} of {all} poses</source>
        <translation>{done} von {all} Kopfhaltungen</translation>
    </message>
    <message>
        <source>Look straight into the camera</source>
        <translation>Sehen Sie gerade in die Kamera</translation>
    </message>
    <message>
        <source>Turn your head a little to your left</source>
        <translation>Drehen Sie den Kopf ein wenig nach links</translation>
    </message>
    <message>
        <source>Turn your head a little to your right</source>
        <translation>Drehen Sie den Kopf ein wenig nach rechts</translation>
    </message>
    <message>
        <source>Lift your chin a little</source>
        <translation>Heben Sie das Kinn ein wenig</translation>
    </message>
    <message>
        <source>Lower your chin a little</source>
        <translation>Senken Sie das Kinn ein wenig</translation>
    </message>
    <message>
        <source>Look into the camera</source>
        <translation>Sehen Sie in die Kamera</translation>
    </message>
    <message>
        <source>One person at a time, please</source>
        <translation>Bitte nur eine Person</translation>
    </message>
    <message>
        <source>This does not look like a live face</source>
        <translation>Das sieht nicht nach einem lebenden Gesicht aus</translation>
    </message>
    <message>
        <source>This is a different face from before</source>
        <translation>Das ist ein anderes Gesicht als vorher</translation>
    </message>
    <message>
        <source>All poses done, thank you</source>
        <translation>Alle Kopfhaltungen sind aufgenommen, danke</translation>
    </message>
    <message>
        <source>Move your head a little</source>
        <translation>Bewegen Sie den Kopf ein wenig</translation>
    </message>
    <message>
        <source>The camera is off</source>
        <translation>Die Kamera ist aus</translation>
    </message>
    <message>
        <source>By camera</source>
        <translation>Mit der Kamera</translation>
    </message>
    <message>
        <source>Takes half a minute: the person looks into the camera and turns their head.</source>
        <translation>Dauert eine halbe Minute: Die Person sieht in die Kamera und dreht den Kopf.</translation>
    </message>
    <message>
        <source>In the demo, one person turns their head as asked; next time it is somebody else.</source>
        <translation>In der Demo dreht eine Person den Kopf wie verlangt, beim nächsten Mal eine andere.</translation>
    </message>
    <message>
        <source>Use the &amp;camera</source>
        <translation>&amp;Kamera benutzen</translation>
    </message>
    <message>
        <source>Choose another &amp;camera…</source>
        <translation>Andere &amp;Kamera wählen…</translation>
    </message>
    <message>
        <source>Go on with the &amp;camera</source>
        <translation>Mit der &amp;Kamera weitermachen</translation>
    </message>
    <message>
        <source>no face found</source>
        <translation>kein Gesicht gefunden</translation>
    </message>
    <message>
        <source>several faces</source>
        <translation>mehrere Gesichter</translation>
    </message>
    <message>
        <source>not a live face</source>
        <translation>kein lebendes Gesicht</translation>
    </message>
    <message>
        <source>different face</source>
        <translation>anderes Gesicht</translation>
    </message>
    <message>
        <source>faces differ</source>
        <translation>verschiedene Gesichter</translation>
    </message>
    <message>
        <source>same as another</source>
        <translation>gleicht einer anderen</translation>
    </message>
    <message>
        <source>enough of these</source>
        <translation>genug von diesen</translation>
    </message>
    <message>
        <source>face cut off</source>
        <translation>Gesicht angeschnitten</translation>
    </message>
    <message>
        <source>face too small</source>
        <translation>Gesicht zu klein</translation>
    </message>
    <message>
        <source>turned away</source>
        <translation>abgewandt</translation>
    </message>
    <message>
        <source>head tilted</source>
        <translation>Kopf geneigt</translation>
    </message>
    <message>
        <source>too dark</source>
        <translation>zu dunkel</translation>
    </message>
    <message>
        <source>too bright</source>
        <translation>zu hell</translation>
    </message>
    <message>
        <source>light behind</source>
        <translation>Gegenlicht</translation>
    </message>
    <message>
        <source>hazy</source>
        <translation>verschleiert</translation>
    </message>
    <message>
        <source>blurred</source>
        <translation>unscharf</translation>
    </message>
    <message>
        <source>taken</source>
        <translation>gemacht</translation>
    </message>
    <message>
        <source>not readable</source>
        <translation>nicht lesbar</translation>
    </message>
    <message>
        <source>HEIC: save as JPEG</source>
        <extracomment>a photo in a format that the app cannot read</extracomment>
        <translation>HEIC: als JPEG sichern</translation>
    </message>
    <message>
        <source>file too large</source>
        <translation>Datei zu groß</translation>
    </message>
    <message>
        <source>not usable</source>
        <translation>nicht brauchbar</translation>
    </message>
    <message>
        <source>Restore a backup under Settings, Data, or start the app with another data folder.</source>
        <translation>Holen Sie unter Einstellungen, Daten eine Sicherung zurück, oder wählen Sie beim Start einen anderen Datenordner.</translation>
    </message>
    <message>
        <source>This person may have been forgotten in the meantime. The list has been reloaded.</source>
        <translation>Diese Person wurde vielleicht inzwischen gelöscht. Die Liste wurde neu geladen.</translation>
    </message>
    <message>
        <source>Help</source>
        <extracomment>button, and title of the window with the user guide</extracomment>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>User guide</source>
        <translation>Benutzerhandbuch</translation>
    </message>
    <message>
        <source>Chapters</source>
        <translation>Kapitel</translation>
    </message>
    <message>
        <source>Search the guide</source>
        <translation>Im Handbuch suchen</translation>
    </message>
    <message>
        <source>{number} of {all}</source>
        <extracomment>which of the places where a word was found</extracomment>
        <translation>{number} von {all}</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>Nichts gefunden</translation>
    </message>
    <message>
        <source>Take attendance</source>
        <extracomment>chapter of the user guide, as it is headed there</extracomment>
        <translation>Anwesenheit erfassen</translation>
    </message>
    <message>
        <source>Enrol people</source>
        <extracomment>chapter of the user guide, as it is headed there</extracomment>
        <translation>Personen aufnehmen</translation>
    </message>
    <message>
        <source>People</source>
        <translation>Personen</translation>
    </message>
    <message>
        <source>Look, correct, export</source>
        <extracomment>chapter of the user guide, as it is headed there</extracomment>
        <translation>Ansehen, berichtigen, exportieren</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>&amp;Start taking</source>
        <translation>&amp;Starten</translation>
    </message>
    <message>
        <source>&amp;Stop taking</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>Switch the camera on and record everybody it recognizes</source>
        <translation>Kamera einschalten und eintragen, wer erkannt wird</translation>
    </message>
    <message>
        <source>Stop recording and switch the camera off</source>
        <translation>Nichts mehr eintragen und die Kamera ausschalten</translation>
    </message>
    <message>
        <source>Taking attendance</source>
        <translation>Anwesenheit wird erfasst</translation>
    </message>
    <message>
        <source>Preview: nothing is recorded</source>
        <translation>Vorschau: Nichts wird eingetragen</translation>
    </message>
    <message>
        <source>Preview</source>
        <extracomment>button: look at the camera without recording</extracomment>
        <translation>Vorschau</translation>
    </message>
    <message>
        <source>See the camera picture without recording anybody</source>
        <translation>Das Kamerabild ansehen, ohne jemanden einzutragen</translation>
    </message>
    <message>
        <source>Not while attendance is being taken</source>
        <extracomment>why the button Preview is disabled</extracomment>
        <translation>Nicht, während Anwesenheit erfasst wird</translation>
    </message>
    <message>
        <source>{here} here · {missing} missing</source>
        <translation>{here} da · {missing} fehlend</translation>
    </message>
    <message>
        <source>{here} here · {left} left · {missing} missing</source>
        <translation>{here} da · {left} gegangen · {missing} fehlend</translation>
    </message>
    <message>
        <source>Everybody</source>
        <extracomment>of all groups</extracomment>
        <translation>Alle Gruppen</translation>
    </message>
    <message>
        <source>Entries</source>
        <translation>Einträge</translation>
    </message>
    <message>
        <source>Here</source>
        <extracomment>list of the people who are here today</extracomment>
        <translation>Da</translation>
    </message>
    <message>
        <source>Missing</source>
        <extracomment>list of the people who are missing today</extracomment>
        <translation>Fehlend</translation>
    </message>
    <message>
        <source>No entries yet today</source>
        <translation>Heute noch keine Einträge</translation>
    </message>
    <message>
        <source>Nobody is here yet</source>
        <translation>Noch niemand da</translation>
    </message>
    <message>
        <source>Nobody is missing</source>
        <translation>Niemand fehlt</translation>
    </message>
    <message>
        <source>E&amp;xport today…</source>
        <translation>Heute e&amp;xportieren…</translation>
    </message>
    <message>
        <source>Saved as {file}</source>
        <translation>Gespeichert als {file}</translation>
    </message>
    <message>
        <source>Look for cameras again</source>
        <translation>Erneut nach Kameras suchen</translation>
    </message>
    <message>
        <source>Distance</source>
        <translation>Entfernung</translation>
    </message>
    <message>
        <source>Near</source>
        <extracomment>range: up to two metres</extracomment>
        <translation>Nah</translation>
    </message>
    <message>
        <source>Far</source>
        <extracomment>range: a class or a hall</extracomment>
        <translation>Fern</translation>
    </message>
    <message>
        <source>People come up to the camera, within about two metres</source>
        <translation>Personen treten vor die Kamera, bis etwa zwei Meter</translation>
    </message>
    <message>
        <source>Also finds small faces, as in a class or a hall. Needs more computing power</source>
        <translation>Findet auch kleine Gesichter: eine Klasse, ein Saal. Braucht mehr Rechenleistung</translation>
    </message>
    <message>
        <source>Demo camera</source>
        <translation>Demokamera</translation>
    </message>
    <message>
        <source>Camera {number}</source>
        <translation>Kamera {number}</translation>
    </message>
    <message>
        <source>First camera</source>
        <extracomment>whatever camera the machine has</extracomment>
        <translation>Erste Kamera</translation>
    </message>
    <message>
        <source>Camera picture</source>
        <translation>Kamerabild</translation>
    </message>
    <message>
        <source>{n} face</source>
        <translation>{n} Gesicht</translation>
    </message>
    <message>
        <source>{n} faces</source>
        <translation>{n} Gesichter</translation>
    </message>
    <message>
        <source>in · {time}</source>
        <translation>Kommen · {time}</translation>
    </message>
    <message>
        <source>out · {time}</source>
        <translation>Gehen · {time}</translation>
    </message>
    <message>
        <source>already in since {time}</source>
        <translation>schon da seit {time}</translation>
    </message>
    <message>
        <source>already out since {time}</source>
        <translation>schon gegangen um {time}</translation>
    </message>
    <message>
        <source>{name} ({person})
{exact}</source>
        <translation>{name} ({person})
{exact}</translation>
    </message>
    <message>
        <source>{name} ({person})</source>
        <translation>{name} ({person})</translation>
    </message>
    <message>
        <source>since {time}</source>
        <translation>seit {time}</translation>
    </message>
    <message>
        <source>left at {time}</source>
        <translation>gegangen um {time}</translation>
    </message>
    <message>
        <source>{kind} · by hand</source>
        <translation>{kind} · von Hand</translation>
    </message>
    <message>
        <source>unsure</source>
        <translation>unsicher</translation>
    </message>
    <message>
        <source>resolve…</source>
        <translation>klären…</translation>
    </message>
    <message>
        <source>Perhaps {name}. Click to say who it is</source>
        <translation>Vielleicht {name}. Klicken, um zu sagen, wer es ist</translation>
    </message>
    <message>
        <source>Who is this?</source>
        <translation>Wer ist das?</translation>
    </message>
    <message>
        <source>Seen {when}. Is this {name}?</source>
        <extracomment>{when}: 09:02, yesterday 17:31, a day</extracomment>
        <translation>Gesehen: {when}. Ist das {name}?</translation>
    </message>
    <message>
        <source>&amp;It is {name}</source>
        <translation>&amp;Es ist {name}</translation>
    </message>
    <message>
        <source>Somebody &amp;else:</source>
        <translation>&amp;Jemand anderes:</translation>
    </message>
    <message>
        <source>choose a person</source>
        <extracomment>in an empty field, after: somebody else</extracomment>
        <translation>Person wählen</translation>
    </message>
    <message>
        <source>&amp;Record</source>
        <translation>Ein&amp;tragen</translation>
    </message>
    <message>
        <source>&amp;None of these</source>
        <translation>&amp;Niemand davon</translation>
    </message>
    <message>
        <source>Direction</source>
        <translation>Richtung</translation>
    </message>
    <message>
        <source>by the rules</source>
        <extracomment>direction: in or out as the attendance rules say</extracomment>
        <translation>nach den Regeln</translation>
    </message>
    <message>
        <source>Recognized by the operator</source>
        <translation>Vom Bediener erkannt</translation>
    </message>
    <message>
        <source>Recorded {name}</source>
        <translation>{name} eingetragen</translation>
    </message>
    <message>
        <source>Already recorded: {name}, {kind} · {when}</source>
        <translation>Schon eingetragen: {name}, {kind} · {when}</translation>
    </message>
    <message>
        <source>Press “Start taking” to switch it on and record everybody it recognizes.</source>
        <translation>„Starten“ schaltet sie ein und trägt ein, wer erkannt wird.</translation>
    </message>
    <message>
        <source>Opening the camera…</source>
        <translation>Kamera wird geöffnet…</translation>
    </message>
    <message>
        <source>Nobody is enrolled yet</source>
        <translation>Noch ist niemand aufgenommen</translation>
    </message>
    <message>
        <source>You can take attendance as soon as the first person is enrolled.</source>
        <translation>Sie können Anwesenheit erfassen, sobald die erste Person aufgenommen ist.</translation>
    </message>
    <message>
        <source>&amp;Enrol the first person</source>
        <translation>&amp;Erste Person aufnehmen</translation>
    </message>
    <message>
        <source>No camera was found</source>
        <translation>Keine Kamera gefunden</translation>
    </message>
    <message>
        <source>Plug one in and look again, or try everything with the demo camera.</source>
        <translation>Schließen Sie eine an und suchen Sie erneut, oder probieren Sie alles mit der Demokamera.</translation>
    </message>
    <message>
        <source>Use the &amp;demo camera</source>
        <translation>&amp;Demokamera benutzen</translation>
    </message>
    <message>
        <source>The picture is black</source>
        <translation>Das Bild ist schwarz</translation>
    </message>
    <message>
        <source>Open the camera's shutter or switch on the light. The app keeps watching.</source>
        <translation>Öffnen Sie die Blende der Kamera oder machen Sie Licht. Die App sieht weiter hin.</translation>
    </message>
    <message>
        <source>The picture is frozen</source>
        <translation>Das Bild steht</translation>
    </message>
    <message>
        <source>The camera keeps sending the same picture, so nobody is recorded. The app is reopening it.</source>
        <translation>Die Kamera sendet immer dasselbe Bild, deshalb wird niemand eingetragen. Die App öffnet sie neu.</translation>
    </message>
    <message>
        <source>The camera is disconnected</source>
        <translation>Die Kamera ist getrennt</translation>
    </message>
    <message>
        <source>Check its cable. The app tries again every few seconds.</source>
        <translation>Prüfen Sie das Kabel. Die App versucht es alle paar Sekunden wieder.</translation>
    </message>
    <message>
        <source>The camera is in use or blocked</source>
        <translation>Die Kamera ist belegt oder nicht erlaubt</translation>
    </message>
    <message>
        <source>Close other programs that use it. If there are none, allow camera access in the system settings (Linux: group video). The app tries again every few seconds.</source>
        <translation>Andere Programme schließen, die sie benutzen. Gibt es keine, Kameras in den Systemeinstellungen erlauben (Linux: Gruppe video). Die App versucht es alle paar Sekunden wieder.</translation>
    </message>
    <message>
        <source>The camera was not found</source>
        <translation>Die Kamera wurde nicht gefunden</translation>
    </message>
    <message>
        <source>Plug it in or choose another one. The app tries again every few seconds.</source>
        <translation>Schließen Sie sie an oder wählen Sie eine andere. Die App versucht es alle paar Sekunden wieder.</translation>
    </message>
    <message>
        <source>The video is over</source>
        <translation>Das Video ist zu Ende</translation>
    </message>
    <message>
        <source>Start again to play it once more, or choose a camera.</source>
        <translation>Starten Sie noch einmal, um es wieder zu sehen, oder wählen Sie eine Kamera.</translation>
    </message>
    <message>
        <source>The network camera is disconnected</source>
        <translation>Die Netzwerkkamera ist getrennt</translation>
    </message>
    <message>
        <source>Check the network and whether the camera is on. The app tries again every few seconds.</source>
        <translation>Prüfen Sie das Netzwerk und ob die Kamera eingeschaltet ist. Die App versucht es alle paar Sekunden wieder.</translation>
    </message>
    <message>
        <source>The network camera cannot be reached</source>
        <translation>Die Netzwerkkamera ist nicht erreichbar</translation>
    </message>
    <message>
        <source>Check its address, user name and password under Settings, the network, and whether the camera is on. The app tries again every few seconds.</source>
        <translation>Prüfen Sie Adresse, Benutzer und Passwort unter Einstellungen, das Netzwerk und ob die Kamera eingeschaltet ist. Die App versucht es alle paar Sekunden wieder.</translation>
    </message>
    <message>
        <source>The file cannot be played</source>
        <translation>Die Datei lässt sich nicht abspielen</translation>
    </message>
    <message>
        <source>It is damaged, or is not a video or picture. Choose another file, or a camera.</source>
        <translation>Sie ist beschädigt oder weder Video noch Bild. Wählen Sie eine andere oder eine Kamera.</translation>
    </message>
    <message>
        <source>The file was not found</source>
        <translation>Die Datei wurde nicht gefunden</translation>
    </message>
    <message>
        <source>Choose it again under Settings, or choose a camera.</source>
        <translation>Wählen Sie sie unter Einstellungen neu, oder wählen Sie eine Kamera.</translation>
    </message>
    <message>
        <source>The camera was stopped because the app failed twice while processing pictures</source>
        <translation>Die Kamera wurde angehalten: Die App ist beim Verarbeiten der Bilder zweimal gescheitert</translation>
    </message>
    <message>
        <source>Start it again. If that does not help, restart the app. The log has details.</source>
        <translation>Neu starten. Hilft das nicht, die App neu öffnen; das Protokoll sagt mehr.</translation>
    </message>
    <message>
        <source>Start again</source>
        <translation>Neu starten</translation>
    </message>
    <message>
        <source>Search name, ID or group</source>
        <translation>Name, Kennung oder Gruppe suchen</translation>
    </message>
    <message>
        <source>Enrol people so that they are recognized: by camera in half a minute, or from pictures.</source>
        <translation>Nehmen Sie Personen auf, damit sie erkannt werden: mit der Kamera in einer halben Minute oder aus Bildern.</translation>
    </message>
    <message>
        <source>Nobody matches “{text}”</source>
        <translation>Niemand passt zu „{text}“</translation>
    </message>
    <message>
        <source>Choose somebody in the table to see more</source>
        <translation>Wählen Sie jemanden in der Tabelle, um mehr zu sehen</translation>
    </message>
    <message>
        <source>{people} selected</source>
        <extracomment>“12 people selected”</extracomment>
        <translation>{people} ausgewählt</translation>
    </message>
    <message>
        <source>and {n} others</source>
        <extracomment>after the names of some people</extracomment>
        <translation>und {n} weitere</translation>
    </message>
    <message>
        <source>&amp;Enrol somebody</source>
        <translation>&amp;Jemanden aufnehmen</translation>
    </message>
    <message>
        <source>Add &amp;without a face…</source>
        <translation>&amp;Ohne Gesicht hinzufügen…</translation>
    </message>
    <message>
        <source>Enrolled</source>
        <translation>Seit</translation>
    </message>
    <message>
        <source>Last seen</source>
        <translation>Zuletzt</translation>
    </message>
    <message>
        <source>{n} · {weakest}</source>
        <extracomment>number of samples and how good the weakest is</extracomment>
        <translation>{n} · {weakest}</translation>
    </message>
    <message>
        <source>{n} sample</source>
        <translation>{n} Aufnahme</translation>
    </message>
    <message>
        <source>{n} samples</source>
        <translation>{n} Aufnahmen</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>The weakest sample is {weakest}</source>
        <translation>Die schwächste der Aufnahmen ist {weakest}</translation>
    </message>
    <message>
        <source>Not recognized: the samples belong to another model or are damaged. Add new ones.</source>
        <translation>Nicht erkannt: Die Aufnahmen gehören zu einem anderen Modell oder sind beschädigt. Ergänzen Sie neue.</translation>
    </message>
    <message>
        <source>Not recognized without samples: add some, or add entries by hand</source>
        <translation>Ohne Aufnahmen nicht erkannt: Ergänzen Sie welche, oder tragen Sie Einträge von Hand nach</translation>
    </message>
    <message>
        <source>good</source>
        <extracomment>quality of a sample</extracomment>
        <translation>gut</translation>
    </message>
    <message>
        <source>fair</source>
        <extracomment>quality of a sample</extracomment>
        <translation>mäßig</translation>
    </message>
    <message>
        <source>weak</source>
        <extracomment>quality of a sample</extracomment>
        <translation>schwach</translation>
    </message>
    <message>
        <source>of no use</source>
        <extracomment>samples of another recognition model, or damaged</extracomment>
        <translation>unbrauchbar</translation>
    </message>
    <message>
        <source>{quality} · {source}</source>
        <translation>{quality} · {source}</translation>
    </message>
    <message>
        <source>camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>picture</source>
        <extracomment>a sample of a file whose name was deleted</extracomment>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Last entries</source>
        <translation>Letzte Einträge</translation>
    </message>
    <message>
        <source>No entries yet</source>
        <translation>Noch keine Einträge</translation>
    </message>
    <message>
        <source>{n} person</source>
        <translation>{n} Person</translation>
    </message>
    <message>
        <source>{n} people</source>
        <translation>{n} Personen</translation>
    </message>
    <message>
        <source>{shown} of {all}</source>
        <translation>{shown} von {all}</translation>
    </message>
    <message>
        <source>Agreed to face recognition: {day}</source>
        <translation>Gesichtserkennung zugestimmt: {day}</translation>
    </message>
    <message>
        <source>No agreement is recorded</source>
        <translation>Keine Zustimmung vermerkt</translation>
    </message>
    <message>
        <source>&amp;Add samples</source>
        <translation>&amp;Aufnahmen ergänzen</translation>
    </message>
    <message>
        <source>E&amp;dit…</source>
        <translation>&amp;Bearbeiten…</translation>
    </message>
    <message>
        <source>&amp;Forget…</source>
        <translation>&amp;Löschen…</translation>
    </message>
    <message>
        <source>&amp;Groups…</source>
        <extracomment>of several people</extracomment>
        <translation>&amp;Gruppen…</translation>
    </message>
    <message>
        <source>Add somebody without a face</source>
        <translation>Jemanden ohne Gesicht hinzufügen</translation>
    </message>
    <message>
        <source>For people who are not to be recognized by face. Add their entries by hand under Attendance, Correct…</source>
        <translation>Für alle, die nicht am Gesicht erkannt werden sollen. Tragen Sie ihre Einträge von Hand nach, unter Anwesenheit, Berichtigen…</translation>
    </message>
    <message>
        <source>&amp;Add</source>
        <translation>&amp;Hinzufügen</translation>
    </message>
    <message>
        <source>{name} was added</source>
        <translation>{name} wurde hinzugefügt</translation>
    </message>
    <message>
        <source>Edit {name}</source>
        <translation>{name} bearbeiten</translation>
    </message>
    <message>
        <source>ID: {person}. It cannot be changed.</source>
        <translation>Kennung: {person}. Sie lässt sich nicht ändern.</translation>
    </message>
    <message>
        <source>Saved as {name}</source>
        <translation>Gespeichert als {name}</translation>
    </message>
    <message>
        <source>Past entries show the new name too.</source>
        <translation>Auch frühere Einträge zeigen den neuen Namen.</translation>
    </message>
    <message>
        <source>Untick this only if it was ticked by mistake. If somebody withdraws their agreement, forget them; otherwise their samples stay.</source>
        <translation>Nehmen Sie das Häkchen nur weg, wenn es versehentlich gesetzt wurde. Wenn jemand die Zustimmung widerruft, löschen Sie die Person; sonst bleiben ihre Aufnahmen.</translation>
    </message>
    <message>
        <source>Groups of {people}</source>
        <extracomment>“Groups of 12 people”</extracomment>
        <translation>Gruppen von {people}</translation>
    </message>
    <message>
        <source>A count means that only some are in the group. Type its name to add the others.</source>
        <translation>Eine Zahl bedeutet, dass nur einige in der Gruppe sind. Geben Sie ihren Namen ein, um die anderen hinzuzufügen.</translation>
    </message>
    <message>
        <source>{n} person leaves {group}</source>
        <translation>{n} Person verlässt {group}</translation>
    </message>
    <message>
        <source>{n} people leave {group}</source>
        <translation>{n} Personen verlassen {group}</translation>
    </message>
    <message>
        <source>{n} person joins {group}</source>
        <translation>{n} Person kommt in {group}</translation>
    </message>
    <message>
        <source>{n} people join {group}</source>
        <translation>{n} Personen kommen in {group}</translation>
    </message>
    <message>
        <source>and {n} more changes</source>
        <extracomment>after some people's leaving and joining of groups</extracomment>
        <translation>und {n} weitere Änderungen</translation>
    </message>
    <message>
        <source>Nothing changes yet.</source>
        <translation>Noch ändert sich nichts.</translation>
    </message>
    <message>
        <source>The groups of {people} were changed</source>
        <extracomment>“The groups of 12 people …”</extracomment>
        <translation>Die Gruppen von {people} wurden geändert</translation>
    </message>
    <message>
        <source>{n} person is in the former groups again</source>
        <translation>{n} Person ist wieder in ihren früheren Gruppen</translation>
    </message>
    <message>
        <source>{n} people are in their former groups again</source>
        <translation>{n} Personen sind wieder in ihren früheren Gruppen</translation>
    </message>
    <message>
        <source>{n} person was put into other groups or forgotten since, and that stays so.</source>
        <translation>{n} Person wurde inzwischen anders eingeteilt oder gelöscht, und das bleibt so.</translation>
    </message>
    <message>
        <source>{n} people were put into other groups or forgotten since, and that stays so.</source>
        <translation>{n} Personen wurden inzwischen anders eingeteilt oder gelöscht, und das bleibt so.</translation>
    </message>
    <message>
        <source>Forget {name}?</source>
        <extracomment>a name, or “12 people”</extracomment>
        <translation>{name} löschen?</translation>
    </message>
    <message>
        <source>The name, ID, groups and {n} sample will be deleted for ever, from the database file too.</source>
        <translation>Name, Kennung, Gruppen und {n} Aufnahme werden für immer gelöscht, auch aus der Datenbankdatei.</translation>
    </message>
    <message>
        <source>The name, ID, groups and {n} samples will be deleted for ever, from the database file too.</source>
        <translation>Name, Kennung, Gruppen und {n} Aufnahmen werden für immer gelöscht, auch aus der Datenbankdatei.</translation>
    </message>
    <message>
        <source>The names, IDs, groups and {n} sample will be deleted for ever, from the database file too.</source>
        <translation>Namen, Kennungen, Gruppen und {n} Aufnahme werden für immer gelöscht, auch aus der Datenbankdatei.</translation>
    </message>
    <message>
        <source>The names, IDs, groups and {n} samples will be deleted for ever, from the database file too.</source>
        <translation>Namen, Kennungen, Gruppen und {n} Aufnahmen werden für immer gelöscht, auch aus der Datenbankdatei.</translation>
    </message>
    <message>
        <source>{n} attendance entry will be kept, without a name.</source>
        <translation>{n} Anwesenheitseintrag bleibt, ohne Namen.</translation>
    </message>
    <message>
        <source>{n} attendance entries will be kept, without a name.</source>
        <translation>{n} Anwesenheitseinträge bleiben, ohne Namen.</translation>
    </message>
    <message>
        <source>There are no attendance entries to keep.</source>
        <translation>Es gibt keine Anwesenheitseinträge, die erhalten bleiben.</translation>
    </message>
    <message>
        <source>This cannot be undone. Whatever is in earlier backups and exports stays there.</source>
        <translation>Das lässt sich nicht rückgängig machen. Frühere Sicherungen und Exporte behalten, was in ihnen steht.</translation>
    </message>
    <message>
        <source>&amp;Forget for ever</source>
        <translation>Für immer &amp;löschen</translation>
    </message>
    <message>
        <source>{name} was forgotten</source>
        <translation>{name} wurde gelöscht</translation>
    </message>
    <message>
        <source>{people} were forgotten</source>
        <extracomment>“12 people were forgotten”</extracomment>
        <translation>{people} wurden gelöscht</translation>
    </message>
    <message>
        <source>An old database kept by a restore still contains what was forgotten: {files} in the data folder. Delete it.</source>
        <translation>Eine frühere Datenbank, die beim Zurückholen aufbewahrt wurde, enthält das Gelöschte noch: {files} im Datenordner. Bitte löschen.</translation>
    </message>
    <message>
        <source>The database is in use or the disk is full, so the last traces are still in the file. The app keeps trying to remove them.</source>
        <translation>Die Datenbank wird gerade benutzt, oder der Datenträger ist voll: Die letzten Spuren sind noch in der Datei. Die App versucht weiter, sie zu entfernen.</translation>
    </message>
    <message>
        <source>Changes are saved immediately.</source>
        <translation>Jede Änderung wird sofort gespeichert.</translation>
    </message>
    <message>
        <source>Default: {value}</source>
        <translation>Vorgabe: {value}</translation>
    </message>
    <message>
        <source>Sections</source>
        <translation>Abschnitte</translation>
    </message>
    <message>
        <source>Recognition</source>
        <translation>Erkennung</translation>
    </message>
    <message>
        <source>Attendance rules</source>
        <translation>Anwesenheitsregeln</translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation>Datenschutz</translation>
    </message>
    <message>
        <source>Appearance and language</source>
        <translation>Aussehen und Sprache</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>Daten</translation>
    </message>
    <message>
        <source>About</source>
        <translation>Über</translation>
    </message>
    <message>
        <source>Which camera takes attendance. Changing it restarts the picture.</source>
        <translation>Welche Kamera die Anwesenheit erfasst. Ein Wechsel startet das Bild neu.</translation>
    </message>
    <message>
        <source>first camera</source>
        <translation>erste Kamera</translation>
    </message>
    <message>
        <source>Other source…</source>
        <translation>Andere Quelle…</translation>
    </message>
    <message>
        <source>Address or file</source>
        <translation>Adresse oder Datei</translation>
    </message>
    <message>
        <source>rtsp://…, a video file or a camera number</source>
        <translation>rtsp://…, eine Videodatei oder die Nummer einer Kamera</translation>
    </message>
    <message>
        <source>Far also finds small faces, such as a whole class, but needs more computing power.</source>
        <translation>Fern findet auch kleine Gesichter, etwa eine ganze Klasse, fordert den Computer aber mehr.</translation>
    </message>
    <message>
        <source>near: up to 2 metres</source>
        <translation>nah: bis 2 Meter</translation>
    </message>
    <message>
        <source>far: a room</source>
        <translation>fern: ein Raum</translation>
    </message>
    <message>
        <source>Wrong names</source>
        <translation>Falsche Namen</translation>
    </message>
    <message>
        <source>A larger number means fewer wrong names, but more unsure faces. The more people are enrolled, the better the pictures must be.</source>
        <translation>Eine größere Zahl bedeutet weniger falsche Namen, aber mehr unsichere Gesichter. Je mehr Personen aufgenommen sind, desto besser müssen die Bilder sein.</translation>
    </message>
    <message>
        <source>At most 1 stranger in {odds} gets a name</source>
        <translation>Höchstens 1 Fremder von {odds} erhält einen Namen</translation>
    </message>
    <message>
        <source>1 in {odds}</source>
        <translation>1 von {odds}</translation>
    </message>
    <message>
        <source>with {n} person this needs {picture}</source>
        <translation>bei {n} Person braucht das {picture}</translation>
    </message>
    <message>
        <source>with {n} people this needs {picture}</source>
        <translation>bei {n} Personen braucht das {picture}</translation>
    </message>
    <message>
        <source>a usable picture</source>
        <translation>ein brauchbares Bild</translation>
    </message>
    <message>
        <source>a good picture</source>
        <translation>ein gutes Bild</translation>
    </message>
    <message>
        <source>a very good picture</source>
        <translation>ein sehr gutes Bild</translation>
    </message>
    <message>
        <source>an almost perfect picture, so expect many unsure faces</source>
        <translation>ein fast vollkommenes Bild: viele Gesichter bleiben unsicher</translation>
    </message>
    <message>
        <source>Pictures that must agree</source>
        <translation>Übereinstimmende Bilder</translation>
    </message>
    <message>
        <source>A name is given only when this many of the last good pictures agree. More of them prevent mistakes, but it takes longer.</source>
        <translation>Ein Name wird erst vergeben, wenn so viele der letzten guten Bilder übereinstimmen. Mehr davon verhindern Fehler, aber es dauert länger.</translation>
    </message>
    <message>
        <source>{votes} of {window}</source>
        <translation>{votes} von {window}</translation>
    </message>
    <message>
        <source>{votes} of {window} pictures must agree</source>
        <translation>{votes} von {window} Bildern müssen übereinstimmen</translation>
    </message>
    <message>
        <source>Out of this many pictures</source>
        <translation>Von so vielen Bildern</translation>
    </message>
    <message>
        <source>of</source>
        <translation>von</translation>
    </message>
    <message>
        <source>Processor cores</source>
        <translation>Prozessorkerne</translation>
    </message>
    <message>
        <source>Cores that recognition may use. One is enough for one or two faces.</source>
        <translation>Kerne, die die Erkennung benutzen darf. Einer genügt für ein oder zwei Gesichter.</translation>
    </message>
    <message>
        <source>Seen again</source>
        <translation>Wieder gesehen</translation>
    </message>
    <message>
        <source>Somebody seen again within this time gets no second entry.</source>
        <translation>Wer innerhalb dieser Zeit wieder gesehen wird, erhält keinen zweiten Eintrag.</translation>
    </message>
    <message>
        <source> min</source>
        <translation> min</translation>
    </message>
    <message>
        <source>every time</source>
        <translation>jedes Mal</translation>
    </message>
    <message>
        <source>{n} minute</source>
        <translation>{n} Minute</translation>
    </message>
    <message>
        <source>{n} minutes</source>
        <translation>{n} Minuten</translation>
    </message>
    <message>
        <source>Coming and going</source>
        <translation>Kommen und Gehen</translation>
    </message>
    <message>
        <source>How an entry becomes “in” or “out”. Past entries stay as they are.</source>
        <translation>Wie ein Eintrag zu „Kommen“ oder „Gehen“ wird. Frühere Einträge bleiben, wie sie sind.</translation>
    </message>
    <message>
        <source>first is in, last is out</source>
        <translation>erstes Kommen, letztes Gehen</translation>
    </message>
    <message>
        <source>in and out by turns</source>
        <translation>Kommen und Gehen im Wechsel</translation>
    </message>
    <message>
        <source>in only</source>
        <translation>nur Kommen</translation>
    </message>
    <message>
        <source>Keep entries</source>
        <translation>Einträge behalten</translation>
    </message>
    <message>
        <source>Older entries are deleted for good when the app starts and every hour. After a break with no recording, this waits a day in case the computer's date is wrong.</source>
        <translation>Ältere Einträge werden beim Start und jede Stunde endgültig gelöscht. Nach einer Pause, in der nichts aufgezeichnet wurde, einen Tag später: Das Datum des Computers könnte falsch sein.</translation>
    </message>
    <message>
        <source>for ever</source>
        <translation>für immer</translation>
    </message>
    <message>
        <source> day</source>
        <translation> Tag</translation>
    </message>
    <message>
        <source> days</source>
        <translation> Tage</translation>
    </message>
    <message>
        <source>{n} day</source>
        <translation>{n} Tag</translation>
    </message>
    <message>
        <source>{n} days</source>
        <translation>{n} Tage</translation>
    </message>
    <message>
        <source>Delete older entries?</source>
        <translation>Ältere Einträge löschen?</translation>
    </message>
    <message>
        <source>{n} entry is older than {days} and will be deleted for ever.</source>
        <translation>{n} Eintrag ist älter als {days} und wird für immer gelöscht.</translation>
    </message>
    <message>
        <source>{n} entries are older than {days} and will be deleted for ever.</source>
        <translation>{n} Einträge sind älter als {days} und werden für immer gelöscht.</translation>
    </message>
    <message>
        <source>Keep only {days}</source>
        <translation>Nur {days} behalten</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>No picture is ever stored, only numbers that tell faces apart, and only in the data folder. Nothing leaves this computer.</source>
        <translation>Kein Bild wird je gespeichert: nur Zahlen, die Gesichter unterscheiden, im Datenordner und nirgends sonst. Nichts verlässt diesen Computer.</translation>
    </message>
    <message>
        <source>never stored</source>
        <translation>nie gespeichert</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>Light, dark, or the same as the system.</source>
        <translation>Hell, dunkel oder wie das System.</translation>
    </message>
    <message>
        <source>same as the system</source>
        <extracomment>theme or language</extracomment>
        <translation>wie das System</translation>
    </message>
    <message>
        <source>light</source>
        <extracomment>colours</extracomment>
        <translation>hell</translation>
    </message>
    <message>
        <source>dark</source>
        <extracomment>colours</extracomment>
        <translation>dunkel</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Takes effect the next time you start the app.</source>
        <translation>Gilt ab dem nächsten Start der App.</translation>
    </message>
    <message>
        <source>English</source>
        <translation>English</translation>
    </message>
    <message>
        <source>Deutsch</source>
        <translation>Deutsch</translation>
    </message>
    <message>
        <source>Data folder</source>
        <translation>Datenordner</translation>
    </message>
    <message>
        <source>People, entries and settings. To use another folder, start the app with --⁠data-⁠dir.</source>
        <translation>Personen, Einträge und Einstellungen. Ein anderer Ordner lässt sich beim Start mit --⁠data-⁠dir wählen.</translation>
    </message>
    <message>
        <source>&amp;Open the folder</source>
        <translation>&amp;Ordner öffnen</translation>
    </message>
    <message>
        <source>Backup</source>
        <translation>Sicherung</translation>
    </message>
    <message>
        <source>One file with all people, samples and entries, but not the settings. Keep it as safe as this computer.</source>
        <translation>Eine Datei mit allen Personen, Aufnahmen und Einträgen, ohne die Einstellungen. Verwahren Sie sie so sicher wie diesen Computer.</translation>
    </message>
    <message>
        <source>&amp;Back up…</source>
        <translation>&amp;Sichern…</translation>
    </message>
    <message>
        <source>Writing the backup…</source>
        <translation>Sicherung wird geschrieben…</translation>
    </message>
    <message>
        <source>Backup written to {path}</source>
        <translation>Sicherung nach {path} geschrieben</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Zurückholen</translation>
    </message>
    <message>
        <source>Replaces all people and entries with those of a backup. Your current data is kept in the data folder.</source>
        <translation>Ersetzt alle Personen und Einträge durch die einer Sicherung. Die jetzigen Daten werden im Datenordner aufbewahrt.</translation>
    </message>
    <message>
        <source>&amp;Restore…</source>
        <translation>&amp;Zurückholen…</translation>
    </message>
    <message>
        <source>Checking the backup…</source>
        <translation>Die Sicherung wird geprüft…</translation>
    </message>
    <message>
        <source>Restore this backup?</source>
        <translation>Diese Sicherung zurückholen?</translation>
    </message>
    <message>
        <source>All people and entries will be replaced with those in {path}.</source>
        <translation>Alle Personen und Einträge werden durch die aus {path} ersetzt.</translation>
    </message>
    <message>
        <source>It contains {people} and {entries}.</source>
        <translation>Sie enthält {people} und {entries}.</translation>
    </message>
    <message>
        <source>It contains {people} and {entries}; the last entry is from {day}.</source>
        <translation>Sie enthält {people} und {entries}; der letzte Eintrag ist vom {day}.</translation>
    </message>
    <message>
        <source>Some of its names, times or samples are damaged; the rest is fine.</source>
        <translation>Einige ihrer Namen, Zeiten oder Aufnahmen sind beschädigt; der Rest ist heil.</translation>
    </message>
    <message>
        <source>Your current data is kept in the data folder. The window closes and opens again.</source>
        <translation>Die jetzigen Daten werden im Datenordner aufbewahrt. Das Fenster schließt und öffnet sich wieder.</translation>
    </message>
    <message>
        <source>The backup {path} was restored. Your previous data is kept as {kept}.</source>
        <translation>Die Sicherung {path} wurde zurückgeholt. Die früheren Daten liegen in {kept}.</translation>
    </message>
    <message>
        <source>&amp;Replace the data</source>
        <translation>&amp;Daten ersetzen</translation>
    </message>
    <message>
        <source>faceapp {version}</source>
        <translation>faceapp {version}</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Programm</translation>
    </message>
    <message>
        <source>Attendance by face, on this computer alone. Licence: Apache-2.0, no warranty.</source>
        <translation>Anwesenheit am Gesicht, nur auf diesem Computer. Lizenz: Apache-2.0, ohne Gewähr.</translation>
    </message>
    <message>
        <source>Recognition model</source>
        <translation>Erkennungsmodell</translation>
    </message>
    <message>
        <source>People must be enrolled with the model that recognizes them.</source>
        <translation>Wer erkannt werden soll, muss mit demselben Modell aufgenommen sein.</translation>
    </message>
    <message>
        <source>Licences</source>
        <translation>Lizenzen</translation>
    </message>
    <message>
        <source>The terms of the model, which limit its use, and of the included libraries.</source>
        <translation>Die Bedingungen des Modells, die seinen Gebrauch einschränken, und die der enthaltenen Bibliotheken.</translation>
    </message>
    <message>
        <source>&amp;Show the licences…</source>
        <translation>&amp;Lizenzen zeigen…</translation>
    </message>
    <message>
        <source>Text of the licences</source>
        <translation>Text der Lizenzen</translation>
    </message>
    <message>
        <source>FaceApp</source>
        <extracomment>the program's name, as title of a window</extracomment>
        <translation>FaceApp</translation>
    </message>
    <message>
        <source>{page} – FaceApp</source>
        <extracomment>title of the window on a page</extracomment>
        <translation>{page} – FaceApp</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>Live</translation>
    </message>
    <message>
        <source>Enrol</source>
        <translation>Aufnehmen</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <source>{page} ({key})</source>
        <extracomment>tooltip: page and its shortcut</extracomment>
        <translation>{page} ({key})</translation>
    </message>
    <message>
        <source>Message</source>
        <extracomment>the strip above a page that says what went wrong</extracomment>
        <translation>Meldung</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>{camera}: {state}</source>
        <extracomment>status line</extracomment>
        <translation>{camera}: {state}</translation>
    </message>
    <message>
        <source>Camera off</source>
        <translation>Kamera aus</translation>
    </message>
    <message>
        <source>{fps} fps</source>
        <translation>{fps} Bilder/s</translation>
    </message>
    <message>
        <source>{ms} ms</source>
        <translation>{ms} ms</translation>
    </message>
    <message>
        <source>Pictures per second</source>
        <translation>Bilder je Sekunde</translation>
    </message>
    <message>
        <source>Time from a picture's arrival to its result</source>
        <translation>Zeit vom Eintreffen eines Bildes bis zum Ergebnis</translation>
    </message>
    <message>
        <source>{n} person can be recognized</source>
        <extracomment>who has samples</extracomment>
        <translation>{n} Person erkennbar</translation>
    </message>
    <message>
        <source>{n} people can be recognized</source>
        <extracomment>who has samples</extracomment>
        <translation>{n} Personen erkennbar</translation>
    </message>
    <message>
        <source>Opening the database…</source>
        <translation>Datenbank wird geöffnet…</translation>
    </message>
    <message>
        <source>Everything saved</source>
        <translation>Alles gespeichert</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>Wird gespeichert…</translation>
    </message>
    <message>
        <source>{n} entry waiting to be saved</source>
        <extracomment>the disk is full or locked</extracomment>
        <translation>{n} Eintrag wartet aufs Speichern</translation>
    </message>
    <message>
        <source>{n} entries waiting to be saved</source>
        <extracomment>the disk is full or locked</extracomment>
        <translation>{n} Einträge warten aufs Speichern</translation>
    </message>
    <message>
        <source>Database not available</source>
        <translation>Datenbank nicht verfügbar</translation>
    </message>
    <message>
        <source>{n} entry is not saved yet. If you close now, it will be lost.</source>
        <translation>{n} Eintrag ist noch nicht gespeichert. Beim Schließen geht er verloren.</translation>
    </message>
    <message>
        <source>{n} entries are not saved yet. If you close now, they will be lost.</source>
        <translation>{n} Einträge sind noch nicht gespeichert. Beim Schließen gehen sie verloren.</translation>
    </message>
    <message>
        <source>The disk is full or another program is using the database. The app keeps trying as long as the window is open.</source>
        <translation>Der Datenträger ist voll oder ein anderes Programm benutzt die Datenbank. Solange das Fenster offen ist, wird es weiter versucht.</translation>
    </message>
    <message>
        <source>&amp;Close without saving</source>
        <translation>Ohne Speichern s&amp;chließen</translation>
    </message>
    <message>
        <source>Something went wrong</source>
        <translation>Etwas ist schiefgegangen</translation>
    </message>
    <message>
        <source>This is an error in the app; you did nothing wrong. What was saved stays saved.</source>
        <translation>Das ist ein Fehler der App, nicht Ihrer. Was gespeichert war, bleibt gespeichert.</translation>
    </message>
    <message>
        <source>The log has details, without names and pictures: {path}</source>
        <translation>Das Protokoll sagt mehr, ohne Namen und Bilder: {path}</translation>
    </message>
    <message>
        <source>Cop&amp;y the details</source>
        <extracomment>of an error in the app, for whoever can mend it</extracomment>
        <translation>Einzel&amp;heiten kopieren</translation>
    </message>
    <message>
        <source>{n} person cannot be recognized: enrolled with another recognition model, or the samples are damaged.</source>
        <translation>{n} Person wird nicht erkannt: mit einem anderen Erkennungsmodell aufgenommen, oder die Aufnahmen sind beschädigt.</translation>
    </message>
    <message>
        <source>{n} people cannot be recognized: enrolled with another recognition model, or their samples are damaged.</source>
        <translation>{n} Personen werden nicht erkannt: mit einem anderen Erkennungsmodell aufgenommen, oder ihre Aufnahmen sind beschädigt.</translation>
    </message>
    <message>
        <source>Choose them on the People page and add new samples: {names}</source>
        <translation>Auf der Seite „Personen“ auswählen und neue Aufnahmen ergänzen: {names}</translation>
    </message>
    <message>
        <source>See the &amp;people</source>
        <translation>&amp;Personen zeigen</translation>
    </message>
    <message>
        <source>Old entries will not be deleted today</source>
        <translation>Alte Einträge werden heute nicht gelöscht</translation>
    </message>
    <message>
        <source>Nothing was recorded on the days before today ({date}), so this computer's date may be wrong. If it is right, there is nothing to do: they will be deleted from tomorrow.</source>
        <extracomment>the date as this computer has it</extracomment>
        <translation>An den Tagen vor heute ({date}) wurde nichts erfasst; vielleicht ist das Datum dieses Computers falsch. Stimmt es, ist nichts zu tun: Ab morgen werden sie gelöscht.</translation>
    </message>
    <message>
        <source>{n} damaged entry is left out of lists and exports</source>
        <translation>{n} Eintrag ist beschädigt und steht in keiner Liste und keinem Export</translation>
    </message>
    <message>
        <source>{n} damaged entries are left out of lists and exports</source>
        <translation>{n} Einträge sind beschädigt und stehen in keiner Liste und keinem Export</translation>
    </message>
    <message>
        <source>The disk may be failing: make a backup on another one (Settings, Data). You can add what is missing by hand (Attendance, Correct…); an older export or backup may show it. “faceapp doctor” on the command line lists any other damage.</source>
        <translation>Der Datenträger könnte versagen: Sichern Sie auf einen anderen (Einstellungen, Daten). Was fehlt, lässt sich von Hand nachtragen (Anwesenheit, Berichtigen…); ein älterer Export oder eine ältere Sicherung zeigt es vielleicht. „faceapp doctor“ auf der Kommandozeile sagt, was sonst noch beschädigt ist.</translation>
    </message>
    <message>
        <source>The database is damaged</source>
        <translation>Die Datenbank ist beschädigt</translation>
    </message>
    <message>
        <source>The disk may be failing. Restore your last backup (Settings, Data) soon: part of the data can no longer be read. “faceapp doctor” on the command line says more.</source>
        <translation>Der Datenträger könnte versagen. Holen Sie bald die letzte Sicherung zurück (Einstellungen, Daten): Ein Teil der Daten ist nicht mehr lesbar. „faceapp doctor“ auf der Kommandozeile sagt mehr.</translation>
    </message>
    <message>
        <source>The app is using the default settings. The old file was kept as {file}.</source>
        <translation>Die Vorgaben gelten. Die alte Datei liegt in {file}.</translation>
    </message>
    <message>
        <source>opening…</source>
        <translation>wird geöffnet…</translation>
    </message>
    <message>
        <source>ready</source>
        <extracomment>the camera works</extracomment>
        <translation>bereit</translation>
    </message>
    <message>
        <source>slow</source>
        <translation>langsam</translation>
    </message>
    <message>
        <source>black picture</source>
        <translation>schwarzes Bild</translation>
    </message>
    <message>
        <source>frozen</source>
        <translation>steht</translation>
    </message>
    <message>
        <source>disconnected</source>
        <translation>getrennt</translation>
    </message>
    <message>
        <source>in use or blocked</source>
        <translation>belegt oder nicht erlaubt</translation>
    </message>
    <message>
        <source>not found</source>
        <translation>nicht gefunden</translation>
    </message>
    <message>
        <source>ended</source>
        <extracomment>a video is over</extracomment>
        <translation>zu Ende</translation>
    </message>
    <message>
        <source>off</source>
        <extracomment>the camera is off</extracomment>
        <translation>aus</translation>
    </message>
    <message>
        <source>looking…</source>
        <translation>sehe hin…</translation>
    </message>
    <message>
        <source>not clear</source>
        <translation>nicht deutlich</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>recognized</source>
        <translation>erkannt</translation>
    </message>
    <message>
        <source>Move into the picture</source>
        <translation>Treten Sie ins Bild</translation>
    </message>
    <message>
        <source>Come a little closer</source>
        <translation>Kommen Sie etwas näher</translation>
    </message>
    <message>
        <source>Turn to the camera</source>
        <translation>Wenden Sie sich der Kamera zu</translation>
    </message>
    <message>
        <source>Hold your head straight</source>
        <translation>Halten Sie den Kopf gerade</translation>
    </message>
    <message>
        <source>More light, please</source>
        <translation>Mehr Licht, bitte</translation>
    </message>
    <message>
        <source>Too much light on the face</source>
        <translation>Zu viel Licht im Gesicht</translation>
    </message>
    <message>
        <source>The light is behind you</source>
        <translation>Das Licht ist hinter Ihnen</translation>
    </message>
    <message>
        <source>The picture is hazy</source>
        <translation>Das Bild ist verschleiert</translation>
    </message>
    <message>
        <source>Hold still for a moment</source>
        <translation>Bitte kurz stillhalten</translation>
    </message>
    <message>
        <source>Sort by</source>
        <translation>Sortieren nach</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>Wird geladen…</translation>
    </message>
    <message>
        <source>Save the attendance as</source>
        <translation>Anwesenheit speichern unter</translation>
    </message>
    <message>
        <source>Save the backup as</source>
        <translation>Sicherung speichern unter</translation>
    </message>
    <message>
        <source>Choose a backup to restore</source>
        <translation>Sicherung zum Zurückholen wählen</translation>
    </message>
    <message>
        <source>Pictures or videos of one person</source>
        <translation>Bilder oder Videos einer Person</translation>
    </message>
    <message>
        <source>Table for other programs (*.csv)</source>
        <translation>Tabelle für andere Programme (*.csv)</translation>
    </message>
    <message>
        <source>Excel workbook (*.xlsx)</source>
        <translation>Excel-Arbeitsmappe (*.xlsx)</translation>
    </message>
    <message>
        <source>Backup (*.db)</source>
        <translation>Sicherung (*.db)</translation>
    </message>
    <message>
        <source>Pictures and videos ({patterns})</source>
        <translation>Bilder und Videos ({patterns})</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>{what} {done} of {total}</source>
        <translation>{what} {done} von {total}</translation>
    </message>
    <message>
        <source>about {n} second left</source>
        <translation>noch etwa {n} Sekunde</translation>
    </message>
    <message>
        <source>about {n} seconds left</source>
        <translation>noch etwa {n} Sekunden</translation>
    </message>
    <message>
        <source>about {n} minute left</source>
        <translation>noch etwa {n} Minute</translation>
    </message>
    <message>
        <source>about {n} minutes left</source>
        <translation>noch etwa {n} Minuten</translation>
    </message>
    <message>
        <source>Cancelling…</source>
        <translation>Wird abgebrochen…</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Abgebrochen</translation>
    </message>
    <message>
        <source>Something outside the app went wrong.</source>
        <extracomment>what went wrong</extracomment>
        <translation>Außerhalb der App ist etwas schiefgegangen.</translation>
    </message>
    <message>
        <source>Try again.</source>
        <extracomment>what to do about it</extracomment>
        <translation>Versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>The camera {source} is not sending any pictures.</source>
        <extracomment>what went wrong</extracomment>
        <translation>Die Kamera {source} liefert keine Bilder.</translation>
    </message>
    <message>
        <source>Check it and try again.</source>
        <extracomment>what to do about it</extracomment>
        <translation>Prüfen Sie sie und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>There is no camera, stream or file {source}.</source>
        <extracomment>what went wrong</extracomment>
        <translation>Es gibt keine Kamera, keinen Stream und keine Datei {source}.</translation>
    </message>
    <message>
        <source>Plug the camera in, check the name, or use "demo".</source>
        <extracomment>what to do about it</extracomment>
        <translation>Schließen Sie die Kamera an, prüfen Sie den Namen oder nehmen Sie "demo".</translation>
    </message>
    <message>
        <source>{source} cannot be used as a camera: {why}.</source>
        <extracomment>what went wrong</extracomment>
        <translation>{source} ist nicht als Kamera verwendbar: {why}.</translation>
    </message>
    <message>
        <source>Another program is using the camera {source}, or you are not allowed to use it.</source>
        <extracomment>what went wrong</extracomment>
        <translation>Ein anderes Programm benutzt die Kamera {source}, oder Sie dürfen sie nicht benutzen.</translation>
    </message>
    <message>
        <source>Close that program, or allow camera access in the system settings (Linux: group video).</source>
        <extracomment>what to do about it</extracomment>
        <translation>Dieses Programm schließen oder Kameras in den Systemeinstellungen erlauben (Linux: Gruppe video).</translation>
    </message>
    <message>
        <source>The camera {source} stopped sending pictures.</source>
        <extracomment>what went wrong</extracomment>
        <translation>Die Kamera {source} liefert keine Bilder mehr.</translation>
    </message>
    <message>
        <source>Check its cable.</source>
        <extracomment>what to do about it</extracomment>
        <translation>Prüfen Sie ihr Kabel.</translation>
    </message>
    <message>
        <source>The network camera {source} cannot be reached.</source>
        <extracomment>what went wrong</extracomment>
        <translation>Die Netzwerkkamera {source} ist nicht erreichbar.</translation>
    </message>
    <message>
        <source>Check the address, user name and password, the network, and whether the camera is on.</source>
        <extracomment>what to do about it</extracomment>
        <translation>Prüfen Sie Adresse, Benutzer und Passwort, das Netzwerk und ob die Kamera eingeschaltet ist.</translation>
    </message>
    <message>
        <source>The network camera {source} stopped sending pictures.</source>
        <extracomment>what went wrong</extracomment>
        <translation>Die Netzwerkkamera {source} liefert keine Bilder mehr.</translation>
    </message>
    <message>
        <source>Check the network and whether the camera is on.</source>
        <extracomment>what to do about it</extracomment>
        <translation>Prüfen Sie das Netzwerk und ob die Kamera eingeschaltet ist.</translation>
    </message>
    <message>
        <source>{source} cannot be read as a video or picture: {why}.</source>
        <extracomment>what went wrong</extracomment>
        <translation>{source} lässt sich nicht als Video oder Bild lesen: {why}.</translation>
    </message>
    <message>
        <source>Save it again, or leave it out.</source>
        <extracomment>what to do about it</extracomment>
        <translation>Speichern Sie es neu oder lassen Sie es weg.</translation>
    </message>
    <message>
        <source>The model file {path} cannot be used: {why}.</source>
        <extracomment>what went wrong</extracomment>
        <translation>Die Modelldatei {path} ist nicht brauchbar: {why}.</translation>
    </message>
    <message>
        <source>Install the app again.</source>
        <extracomment>what to do about it</extracomment>
        <translation>Installieren Sie die App neu.</translation>
    </message>
    <message>
        <source>The model file {path} is missing.</source>
        <extracomment>what went wrong</extracomment>
        <translation>Die Modelldatei {path} fehlt.</translation>
    </message>
    <message>
        <source>Run "make models", or install the app again.</source>
        <extracomment>what to do about it</extracomment>
        <translation>Rufen Sie "make models" auf oder installieren Sie die App neu.</translation>
    </message>
    <message>
        <source>The model file {path} is damaged or was changed.</source>
        <extracomment>what went wrong</extracomment>
        <translation>Die Modelldatei {path} ist beschädigt oder wurde verändert.</translation>
    </message>
    <message>
        <source>The model does not fit this version of the app ({what}).</source>
        <extracomment>what went wrong</extracomment>
        <translation>Das Modell passt nicht zu dieser Version der App ({what}).</translation>
    </message>
    <message>
        <source>The database {path} cannot be used.</source>
        <extracomment>what went wrong</extracomment>
        <translation>Die Datenbank {path} ist nicht brauchbar.</translation>
    </message>
    <message>
        <source>Check the disk and try again.</source>
        <extracomment>what to do about it</extracomment>
        <translation>Prüfen Sie den Datenträger und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>Another program is using the database {path}.</source>
        <extracomment>what went wrong</extracomment>
        <translation>Ein anderes Programm benutzt gerade die Datenbank {path}.</translation>
    </message>
    <message>
        <source>Wait a moment or close that program.</source>
        <extracomment>what to do about it</extracomment>
        <translation>Warten Sie einen Augenblick oder schließen Sie jenes Programm.</translation>
    </message>
    <message>
        <source>The disk is full. Nothing was lost, but nothing more can be saved in {path}.</source>
        <extracomment>what went wrong</extracomment>
        <translation>Der Datenträger ist voll. Nichts ging verloren, aber in {path} lässt sich nichts mehr speichern.</translation>
    </message>
    <message>
        <source>Free some space and try again.</source>
        <extracomment>what to do about it</extracomment>
        <translation>Schaffen Sie Platz und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>The database {path} cannot be written to.</source>
        <extracomment>what went wrong</extracomment>
        <translation>In die Datenbank {path} lässt sich nicht schreiben.</translation>
    </message>
    <message>
        <source>Check that you are allowed to write there, or choose another data folder.</source>
        <extracomment>what to do about it</extracomment>
        <translation>Prüfen Sie, ob Sie dort schreiben dürfen, oder wählen Sie einen anderen Datenordner.</translation>
    </message>
    <message>
        <source>{path} is damaged, changed by another program or not a database of this app; it was left as it is.</source>
        <extracomment>what went wrong</extracomment>
        <translation>{path} ist beschädigt, von einem anderen Programm verändert oder keine Datenbank dieser App; die Datei blieb, wie sie ist.</translation>
    </message>
    <message>
        <source>Restore a backup with "faceapp restore FILE", or choose another data folder.</source>
        <extracomment>what to do about it</extracomment>
        <translation>Holen Sie eine Sicherung zurück mit "faceapp restore FILE", oder wählen Sie einen anderen Datenordner.</translation>
    </message>
    <message>
        <source>The database {path} was moved, deleted or replaced while it was open.</source>
        <extracomment>what went wrong</extracomment>
        <translation>Die Datenbank {path} wurde verschoben, gelöscht oder ersetzt, während sie offen war.</translation>
    </message>
    <message>
        <source>Put it back or, if it is lost, restore a backup. Then start the app again.</source>
        <extracomment>what to do about it</extracomment>
        <translation>Legen Sie sie zurück, oder holen Sie, wenn sie verloren ist, eine Sicherung zurück. Starten Sie dann die App neu.</translation>
    </message>
    <message>
        <source>The backup {path} cannot be used: {why}.</source>
        <extracomment>what went wrong</extracomment>
        <translation>Die Sicherung {path} ist nicht brauchbar: {why}.</translation>
    </message>
    <message>
        <source>Your data is unchanged. Choose another file.</source>
        <extracomment>what to do about it</extracomment>
        <translation>Ihre Daten sind unverändert. Wählen Sie eine andere Datei.</translation>
    </message>
    <message>
        <source>A newer version of the app wrote the database {path}.</source>
        <extracomment>what went wrong</extracomment>
        <translation>Eine neuere Version der App hat die Datenbank {path} geschrieben.</translation>
    </message>
    <message>
        <source>Update the app.</source>
        <extracomment>what to do about it</extracomment>
        <translation>Aktualisieren Sie die App.</translation>
    </message>
    <message>
        <source>The app is already open on this data folder.</source>
        <extracomment>what went wrong</extracomment>
        <translation>Die App ist mit diesem Datenordner schon geöffnet.</translation>
    </message>
    <message>
        <source>Use the open window, or choose another data folder. A window that was just closed may still be writing a file.</source>
        <extracomment>what to do about it</extracomment>
        <translation>Benutzen Sie das offene Fenster oder wählen Sie einen anderen Datenordner. Ein eben geschlossenes Fenster schreibt vielleicht noch eine Datei zu Ende.</translation>
    </message>
    <message>
        <source>This person cannot be enrolled.</source>
        <extracomment>what went wrong</extracomment>
        <translation>Diese Person lässt sich nicht aufnehmen.</translation>
    </message>
    <message>
        <source>Check the ID and the pictures.</source>
        <extracomment>what to do about it</extracomment>
        <translation>Prüfen Sie die Kennung und die Bilder.</translation>
    </message>
    <message>
        <source>No face was found in {source}.</source>
        <extracomment>what went wrong</extracomment>
        <translation>In {source} wurde kein Gesicht gefunden.</translation>
    </message>
    <message>
        <source>Use a picture with a larger, clearer face.</source>
        <extracomment>what to do about it</extracomment>
        <translation>Nehmen Sie ein Bild, auf dem das Gesicht größer und deutlich ist.</translation>
    </message>
    <message>
        <source>There are several faces in {source}.</source>
        <extracomment>what went wrong</extracomment>
        <translation>In {source} sind mehrere Gesichter.</translation>
    </message>
    <message>
        <source>Use pictures that show one person only.</source>
        <extracomment>what to do about it</extracomment>
        <translation>Nehmen Sie Bilder, die nur eine Person zeigen.</translation>
    </message>
    <message>
        <source>No face in {source} is good enough: {reason}.</source>
        <extracomment>what went wrong</extracomment>
        <translation>Kein Gesicht in {source} ist gut genug: {reason}.</translation>
    </message>
    <message>
        <source>Use a sharper, brighter picture.</source>
        <extracomment>what to do about it</extracomment>
        <translation>Nehmen Sie ein schärferes, helleres Bild.</translation>
    </message>
    <message>
        <source>The pictures of {person} show different faces, and none is in the majority.</source>
        <extracomment>what went wrong</extracomment>
        <translation>Die Bilder von {person} zeigen verschiedene Gesichter, und keines ist in der Mehrheit.</translation>
    </message>
    <message>
        <source>Leave out the pictures of other people, or add more of this person.</source>
        <extracomment>what to do about it</extracomment>
        <translation>Lassen Sie die Bilder anderer Personen weg, oder nehmen Sie mehr von dieser Person.</translation>
    </message>
    <message>
        <source>{person} cannot be enrolled: already enrolled as {other}.</source>
        <extracomment>what went wrong</extracomment>
        <translation>{person} lässt sich nicht aufnehmen: schon aufgenommen als {other}.</translation>
    </message>
    <message>
        <source>Add samples to that person or, if it really is someone else, say so (on the command line: "faceapp enroll --allow-duplicate").</source>
        <extracomment>what to do about it</extracomment>
        <translation>Ergänzen Sie Aufnahmen bei jener Person, oder geben Sie an, dass es wirklich jemand anderes ist (auf der Kommandozeile: "faceapp enroll --allow-duplicate").</translation>
    </message>
    <message>
        <source>The ID {person} is already taken.</source>
        <extracomment>what went wrong</extracomment>
        <translation>Die Kennung {person} ist schon vergeben.</translation>
    </message>
    <message>
        <source>Choose another ID, or add samples to that person.</source>
        <extracomment>what to do about it</extracomment>
        <translation>Wählen Sie eine andere Kennung, oder ergänzen Sie Aufnahmen bei jener Person.</translation>
    </message>
    <message>
        <source>The ID {person} is already taken: {other} differs only in upper and lower case.</source>
        <extracomment>what went wrong</extracomment>
        <translation>Die Kennung {person} ist schon vergeben: {other} unterscheidet sich nur in Groß- und Kleinschreibung.</translation>
    </message>
    <message>
        <source>Nobody with the ID {person} is enrolled.</source>
        <extracomment>what went wrong</extracomment>
        <translation>Niemand mit der Kennung {person} ist aufgenommen.</translation>
    </message>
    <message>
        <source>Run "faceapp people" to see the IDs.</source>
        <extracomment>what to do about it</extracomment>
        <translation>"faceapp people" nennt die Kennungen.</translation>
    </message>
    <message>
        <source>The ID or name cannot be used: {why}.</source>
        <extracomment>what went wrong</extracomment>
        <translation>Kennung oder Name ist nicht brauchbar: {why}.</translation>
    </message>
    <message>
        <source>Choose another one.</source>
        <extracomment>what to do about it</extracomment>
        <translation>Wählen Sie etwas anderes.</translation>
    </message>
    <message>
        <source>The ID cannot be used: {why}.</source>
        <extracomment>what went wrong</extracomment>
        <translation>Die Kennung ist nicht brauchbar: {why}.</translation>
    </message>
    <message>
        <source>The name cannot be used: {why}.</source>
        <extracomment>what went wrong</extracomment>
        <translation>Der Name ist nicht brauchbar: {why}.</translation>
    </message>
    <message>
        <source>The group cannot be used: {why}.</source>
        <extracomment>what went wrong</extracomment>
        <translation>Die Gruppe ist nicht brauchbar: {why}.</translation>
    </message>
    <message>
        <source>This correction is not possible: {why}.</source>
        <extracomment>what went wrong</extracomment>
        <translation>Diese Berichtigung ist nicht möglich: {why}.</translation>
    </message>
    <message>
        <source>Check the entry and give a reason.</source>
        <extracomment>what to do about it</extracomment>
        <translation>Prüfen Sie den Eintrag und nennen Sie einen Grund.</translation>
    </message>
    <message>
        <source>{path} cannot be imported.</source>
        <extracomment>what went wrong</extracomment>
        <translation>{path} lässt sich nicht importieren.</translation>
    </message>
    <message>
        <source>Check the file.</source>
        <extracomment>what to do about it</extracomment>
        <translation>Prüfen Sie die Datei.</translation>
    </message>
    <message>
        <source>{path} cannot be read as a picture: {why}.</source>
        <extracomment>what went wrong</extracomment>
        <translation>{path} lässt sich nicht als Bild lesen: {why}.</translation>
    </message>
    <message>
        <source>The picture {path} is too large: the limit is {limit}.</source>
        <extracomment>what went wrong</extracomment>
        <translation>Das Bild {path} ist zu groß: Die Grenze ist {limit}.</translation>
    </message>
    <message>
        <source>Make it smaller.</source>
        <extracomment>what to do about it</extracomment>
        <translation>Verkleinern Sie es.</translation>
    </message>
    <message>
        <source>The roster {path} cannot be used (line {line}): {why}.</source>
        <extracomment>what went wrong</extracomment>
        <translation>Die Liste {path} ist nicht brauchbar (Zeile {line}): {why}.</translation>
    </message>
    <message>
        <source>It must be a CSV file with the columns id, name, groups and folder.</source>
        <extracomment>what to do about it</extracomment>
        <translation>Es muss eine CSV-Datei mit den Spalten id, name, groups und folder sein.</translation>
    </message>
    <message>
        <source>The roster {path} cannot be used (line {line}, {field}): {why}.</source>
        <extracomment>what went wrong</extracomment>
        <translation>Die Liste {path} ist nicht brauchbar (Zeile {line}, {field}): {why}.</translation>
    </message>
    <message>
        <source>Correct that cell, then start again.</source>
        <extracomment>what to do about it</extracomment>
        <translation>Berichtigen Sie die Zelle, und beginnen Sie noch einmal.</translation>
    </message>
    <message>
        <source>The roster {path} cannot be used: {why}.</source>
        <extracomment>what went wrong</extracomment>
        <translation>Die Liste {path} ist nicht brauchbar: {why}.</translation>
    </message>
    <message>
        <source>The setting "{key}" cannot be used: {why}.</source>
        <extracomment>what went wrong</extracomment>
        <translation>Die Einstellung "{key}" ist nicht brauchbar: {why}.</translation>
    </message>
    <message>
        <source>Correct it in {path}, or delete that file to get the defaults back.</source>
        <extracomment>what to do about it</extracomment>
        <translation>Berichtigen Sie sie in {path}, oder löschen Sie diese Datei; dann gelten wieder die Vorgaben.</translation>
    </message>
    <message>
        <source>The settings file {path} cannot be used: {why}.</source>
        <extracomment>what went wrong</extracomment>
        <translation>Die Einstellungsdatei {path} ist nicht brauchbar: {why}.</translation>
    </message>
    <message>
        <source>Correct it, or delete it to get the defaults back.</source>
        <extracomment>what to do about it</extracomment>
        <translation>Berichtigen Sie sie, oder löschen Sie sie, um die Vorgaben zurückzubekommen.</translation>
    </message>
    <message>
        <source>The settings file {path} cannot be used: line {line} is wrong.</source>
        <extracomment>what went wrong</extracomment>
        <translation>Die Einstellungsdatei {path} ist nicht brauchbar: Zeile {line} ist falsch.</translation>
    </message>
    <message>
        <source>Correct it (text needs quotation marks, and a backslash in it is written twice), or delete the file to get the defaults back.</source>
        <extracomment>what to do about it</extracomment>
        <translation>Berichtigen Sie sie (Text braucht Anführungszeichen, und ein Backslash darin wird doppelt geschrieben), oder löschen Sie die Datei, um die Vorgaben zurückzubekommen.</translation>
    </message>
    <message>
        <source>{path} cannot be used.</source>
        <extracomment>what went wrong</extracomment>
        <translation>{path} ist nicht brauchbar.</translation>
    </message>
    <message>
        <source>Choose another file.</source>
        <extracomment>what to do about it</extracomment>
        <translation>Wählen Sie eine andere Datei.</translation>
    </message>
    <message>
        <source>Another program is using {path}, so {instead} was written instead.</source>
        <extracomment>what went wrong</extracomment>
        <translation>Ein anderes Programm benutzt {path}; geschrieben wurde stattdessen {instead}.</translation>
    </message>
    <message>
        <source>{path} cannot be written: {why}.</source>
        <extracomment>what went wrong</extracomment>
        <translation>{path} lässt sich nicht schreiben: {why}.</translation>
    </message>
    <message>
        <source>Choose another place.</source>
        <extracomment>what to do about it</extracomment>
        <translation>Wählen Sie einen anderen Ort.</translation>
    </message>
    <message>
        <source>Use an address that begins with rtsp, rtsps, http or https, or the path of a file.</source>
        <extracomment>what to do about it</extracomment>
        <translation>Verwenden Sie eine Adresse, die mit rtsp, rtsps, http oder https beginnt, oder den Pfad einer Datei.</translation>
    </message>
    <message>
        <source>Check the date and time.</source>
        <extracomment>what to do about it</extracomment>
        <translation>Prüfen Sie Datum und Uhrzeit.</translation>
    </message>
    <message>
        <source>Give a shorter reason.</source>
        <extracomment>what to do about it</extracomment>
        <translation>Geben Sie einen kürzeren Grund an.</translation>
    </message>
    <message>
        <source>Check that you are allowed to read it. If you are, the disk may be failing.</source>
        <extracomment>what to do about it</extracomment>
        <translation>Prüfen Sie, ob Sie sie lesen dürfen. Wenn ja, könnte der Datenträger versagen.</translation>
    </message>
    <message>
        <source>Your data is unchanged. Check the name and the disk.</source>
        <extracomment>what to do about it</extracomment>
        <translation>Ihre Daten sind unverändert. Prüfen Sie den Namen und den Datenträger.</translation>
    </message>
    <message>
        <source>Your data is unchanged. Close other programs and try again.</source>
        <extracomment>what to do about it</extracomment>
        <translation>Ihre Daten sind unverändert. Schließen Sie andere Programme, und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>Your data is unchanged. Update the app.</source>
        <extracomment>what to do about it</extracomment>
        <translation>Ihre Daten sind unverändert. Aktualisieren Sie die App.</translation>
    </message>
    <message>
        <source>Your data is unchanged. Check that you are allowed to read the file.</source>
        <extracomment>what to do about it</extracomment>
        <translation>Ihre Daten sind unverändert. Prüfen Sie, ob Sie die Datei lesen dürfen.</translation>
    </message>
    <message>
        <source>Name a folder inside the import folder.</source>
        <extracomment>what to do about it</extracomment>
        <translation>Nennen Sie einen Ordner innerhalb des Importordners.</translation>
    </message>
    <message>
        <source>Check the name.</source>
        <extracomment>what to do about it</extracomment>
        <translation>Prüfen Sie den Namen.</translation>
    </message>
    <message>
        <source>Give each person an ID of their own.</source>
        <extracomment>what to do about it</extracomment>
        <translation>Geben Sie jeder Person eine eigene Kennung.</translation>
    </message>
    <message>
        <source>Split it into several files.</source>
        <extracomment>what to do about it</extracomment>
        <translation>Teilen Sie sie auf mehrere Dateien auf.</translation>
    </message>
    <message>
        <source>Check that you are allowed to read it.</source>
        <extracomment>what to do about it</extracomment>
        <translation>Prüfen Sie, ob Sie sie lesen dürfen.</translation>
    </message>
    <message>
        <source>Connect the disk that it leads to, or delete the link to get the defaults back.</source>
        <extracomment>what to do about it</extracomment>
        <translation>Schließen Sie den Datenträger an, zu dem sie führt, oder löschen Sie die Verknüpfung, um die Vorgaben zurückzubekommen.</translation>
    </message>
    <message>
        <source>The possible values are {choices}. Correct it in {path}.</source>
        <extracomment>what to do about it</extracomment>
        <translation>Erlaubt sind {choices}. Berichtigen Sie den Eintrag in {path}.</translation>
    </message>
    <message>
        <source>Move it away to get the defaults back.</source>
        <extracomment>what to do about it</extracomment>
        <translation>Legen Sie sie woanders hin; dann gelten wieder die Vorgaben.</translation>
    </message>
    <message>
        <source>It must be between {minimum} and {maximum}. Correct it in {path}.</source>
        <extracomment>what to do about it</extracomment>
        <translation>Erlaubt ist {minimum} bis {maximum}. Berichtigen Sie den Eintrag in {path}.</translation>
    </message>
    <message>
        <source>The known settings are {choices}. Correct it in {path}.</source>
        <extracomment>what to do about it</extracomment>
        <translation>Die Einstellungen heißen {choices}. Berichtigen Sie den Eintrag in {path}.</translation>
    </message>
    <message>
        <source>Check that you are allowed to write there.</source>
        <extracomment>what to do about it</extracomment>
        <translation>Prüfen Sie, ob Sie dort schreiben dürfen.</translation>
    </message>
    <message>
        <source>Text needs quotation marks, a number does not. Correct it in {path}.</source>
        <extracomment>what to do about it</extracomment>
        <translation>Text braucht Anführungszeichen, eine Zahl nicht. Berichtigen Sie den Eintrag in {path}.</translation>
    </message>
    <message>
        <source>Save it as MP4 with H.264. AV1 cannot be read.</source>
        <extracomment>what to do about it</extracomment>
        <translation>Speichern Sie das Video als MP4 mit H.264. AV1 kann nicht gelesen werden.</translation>
    </message>
    <message>
        <source>Give the file another name.</source>
        <extracomment>what to do about it</extracomment>
        <translation>Geben Sie der Datei einen anderen Namen.</translation>
    </message>
    <message>
        <source>Choose a folder that contains pictures.</source>
        <extracomment>what to do about it</extracomment>
        <translation>Wählen Sie einen Ordner mit Bildern.</translation>
    </message>
    <message>
        <source>Choose a picture, a video or a folder.</source>
        <extracomment>what to do about it</extracomment>
        <translation>Wählen Sie ein Bild, ein Video oder einen Ordner.</translation>
    </message>
    <message>
        <source>The current folder was deleted. Change to another one, or give the whole path of the data folder.</source>
        <extracomment>what to do about it</extracomment>
        <translation>Der aktuelle Ordner wurde gelöscht. Wechseln Sie in einen anderen, oder geben Sie den ganzen Pfad des Datenordners an.</translation>
    </message>
    <message>
        <source>It is not an ordinary file. Move it away and try again.</source>
        <extracomment>what to do about it</extracomment>
        <translation>Sie ist keine gewöhnliche Datei. Verschieben Sie sie und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>Too many files are open. Close other programs and try again.</source>
        <extracomment>what to do about it</extracomment>
        <translation>Zu viele Dateien sind offen. Schließen Sie andere Programme, und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>It belongs to another user of this computer. Log in as that user, or choose another data folder.</source>
        <extracomment>what to do about it</extracomment>
        <translation>Sie gehört einem anderen Benutzer dieses Computers. Melden Sie sich als dieser an, oder wählen Sie einen anderen Datenordner.</translation>
    </message>
    <message>
        <source>Choose another ID or, if it is the same person, say so (on the command line: "faceapp enroll --allow-duplicate").</source>
        <extracomment>what to do about it</extracomment>
        <translation>Wählen Sie eine andere Kennung, oder geben Sie an, dass es dieselbe Person ist (auf der Kommandozeile: "faceapp enroll --allow-duplicate").</translation>
    </message>
    <message>
        <source>Choose another one, with at most {limit} characters.</source>
        <extracomment>what to do about it</extracomment>
        <translation>Wählen Sie etwas anderes mit höchstens {limit} Zeichen.</translation>
    </message>
    <message>
        <source>Choose fewer: at most {limit} are possible.</source>
        <extracomment>what to do about it</extracomment>
        <translation>Wählen Sie weniger: Höchstens {limit} sind möglich.</translation>
    </message>
    <message>
        <source>Choose another place, or change the permissions there.</source>
        <extracomment>what to do about it</extracomment>
        <translation>Wählen Sie einen anderen Ort, oder ändern Sie dort die Rechte.</translation>
    </message>
    <message>
        <source>Check that disk, or choose another one.</source>
        <extracomment>what to do about it</extracomment>
        <translation>Prüfen Sie den Datenträger, oder wählen Sie einen anderen.</translation>
    </message>
    <message>
        <source>Choose another disk, or allow larger files.</source>
        <extracomment>what to do about it</extracomment>
        <translation>Wählen Sie einen anderen Datenträger, oder erlauben Sie größere Dateien.</translation>
    </message>
    <message>
        <source>Give the name of a file.</source>
        <extracomment>what to do about it</extracomment>
        <translation>Geben Sie den Namen einer Datei an.</translation>
    </message>
    <message>
        <source>Check the name, or create the folder first.</source>
        <extracomment>what to do about it</extracomment>
        <translation>Prüfen Sie den Namen, oder legen Sie zuerst den Ordner an.</translation>
    </message>
    <message>
        <source>Free some space, or choose another disk.</source>
        <extracomment>what to do about it</extracomment>
        <translation>Schaffen Sie Platz, oder wählen Sie einen anderen Datenträger.</translation>
    </message>
    <message>
        <source>Close that program, or choose another name.</source>
        <extracomment>what to do about it</extracomment>
        <translation>Schließen Sie dieses Programm, oder wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <source>Move that file away, or choose another name.</source>
        <extracomment>what to do about it</extracomment>
        <translation>Verschieben Sie diese Datei, oder wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <source>Choose a shorter name.</source>
        <extracomment>what to do about it</extracomment>
        <translation>Wählen Sie einen kürzeren Namen.</translation>
    </message>
    <message>
        <source>Close other programs and try again.</source>
        <extracomment>what to do about it</extracomment>
        <translation>Schließen Sie andere Programme, und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>the face is cut off by the edge</source>
        <extracomment>follows a colon</extracomment>
        <translation>das Gesicht ist vom Rand abgeschnitten</translation>
    </message>
    <message>
        <source>the face is too small</source>
        <extracomment>follows a colon</extracomment>
        <translation>das Gesicht ist zu klein</translation>
    </message>
    <message>
        <source>the face is turned away</source>
        <extracomment>follows a colon</extracomment>
        <translation>das Gesicht ist abgewandt</translation>
    </message>
    <message>
        <source>the head is tilted too far</source>
        <extracomment>follows a colon</extracomment>
        <translation>der Kopf ist zu stark geneigt</translation>
    </message>
    <message>
        <source>the face is too dark</source>
        <extracomment>follows a colon</extracomment>
        <translation>das Gesicht ist zu dunkel</translation>
    </message>
    <message>
        <source>the face is too bright</source>
        <extracomment>follows a colon</extracomment>
        <translation>das Gesicht ist zu hell</translation>
    </message>
    <message>
        <source>the light comes from behind</source>
        <extracomment>follows a colon</extracomment>
        <translation>das Licht kommt von hinten</translation>
    </message>
    <message>
        <source>the face has too little contrast</source>
        <extracomment>follows a colon</extracomment>
        <translation>das Gesicht hat zu wenig Kontrast</translation>
    </message>
    <message>
        <source>the face is blurred</source>
        <extracomment>follows a colon</extracomment>
        <translation>das Gesicht ist unscharf</translation>
    </message>
    <message>
        <source>the entry is already struck</source>
        <extracomment>follows a colon</extracomment>
        <translation>der Eintrag ist schon gestrichen</translation>
    </message>
    <message>
        <source>another program has changed its structure</source>
        <extracomment>follows a colon</extracomment>
        <translation>ein anderes Programm hat ihren Aufbau geändert</translation>
    </message>
    <message>
        <source>it belongs to somebody with a different face</source>
        <extracomment>follows a colon</extracomment>
        <translation>sie gehört jemandem mit einem anderen Gesicht</translation>
    </message>
    <message>
        <source>its pictures are missing</source>
        <extracomment>follows a colon</extracomment>
        <translation>ihre Bilder fehlen</translation>
    </message>
    <message>
        <source>a cell is too long, or a quotation mark is never closed</source>
        <extracomment>follows a colon</extracomment>
        <translation>eine Zelle ist zu lang, oder ein Anführungszeichen wird nie geschlossen</translation>
    </message>
    <message>
        <source>its pictures cannot be decoded</source>
        <extracomment>follows a colon</extracomment>
        <translation>die Bilder darin lassen sich nicht dekodieren</translation>
    </message>
    <message>
        <source>it contains control characters</source>
        <extracomment>follows a colon</extracomment>
        <translation>enthält Steuerzeichen</translation>
    </message>
    <message>
        <source>it is damaged or cut short</source>
        <extracomment>follows a colon</extracomment>
        <translation>beschädigt oder abgeschnitten</translation>
    </message>
    <message>
        <source>you are not allowed to write there</source>
        <extracomment>follows a colon</extracomment>
        <translation>Sie dürfen dort nicht schreiben</translation>
    </message>
    <message>
        <source>the disk reports an error</source>
        <extracomment>follows a colon</extracomment>
        <translation>der Datenträger meldet einen Fehler</translation>
    </message>
    <message>
        <source>it is empty</source>
        <extracomment>follows a colon</extracomment>
        <translation>leer</translation>
    </message>
    <message>
        <source>its text encoding is not known</source>
        <extracomment>follows a colon</extracomment>
        <translation>die Kodierung des Textes ist unbekannt</translation>
    </message>
    <message>
        <source>files that large are not allowed there</source>
        <extracomment>follows a colon</extracomment>
        <translation>so groß darf dort keine Datei sein</translation>
    </message>
    <message>
        <source>it is a folder</source>
        <extracomment>follows a colon</extracomment>
        <translation>das ist ein Ordner</translation>
    </message>
    <message>
        <source>its folder does not exist</source>
        <extracomment>follows a colon</extracomment>
        <translation>den Ordner gibt es nicht</translation>
    </message>
    <message>
        <source>a folder is outside the import folder</source>
        <extracomment>follows a colon</extracomment>
        <translation>ein Ordner liegt außerhalb des Importordners</translation>
    </message>
    <message>
        <source>the disk is full</source>
        <extracomment>follows a colon</extracomment>
        <translation>der Datenträger ist voll</translation>
    </message>
    <message>
        <source>another program is using it</source>
        <extracomment>follows a colon</extracomment>
        <translation>ein anderes Programm benutzt sie gerade</translation>
    </message>
    <message>
        <source>it is a HEIC or raw photo; save it as JPEG (iPhone: Settings, Camera, Formats, Most Compatible)</source>
        <extracomment>follows a colon</extracomment>
        <translation>ein HEIC- oder Rohbild; als JPEG speichern (iPhone: Einstellungen, Kamera, Formate, Maximale Kompatibilität)</translation>
    </message>
    <message>
        <source>it is in the future</source>
        <extracomment>follows a colon</extracomment>
        <translation>liegt in der Zukunft</translation>
    </message>
    <message>
        <source>it is the database itself</source>
        <extracomment>follows a colon</extracomment>
        <translation>das ist die Datenbank selbst</translation>
    </message>
    <message>
        <source>a file next to it has the same name plus -wal, -shm or -journal and would be mistaken for part of it</source>
        <extracomment>follows a colon</extracomment>
        <translation>eine Datei daneben heißt genauso, mit -wal, -shm oder -journal dahinter, und würde für einen Teil davon gehalten</translation>
    </message>
    <message>
        <source>it is a link to a file that does not exist</source>
        <extracomment>follows a colon</extracomment>
        <translation>es ist eine Verknüpfung zu einer Datei, die es nicht gibt</translation>
    </message>
    <message>
        <source>it does not exist</source>
        <extracomment>follows a colon</extracomment>
        <translation>nicht vorhanden</translation>
    </message>
    <message>
        <source>its name contains bytes that are not text</source>
        <extracomment>follows a colon</extracomment>
        <translation>ihr Name enthält Bytes, die kein Text sind</translation>
    </message>
    <message>
        <source>it is damaged or not a backup of this app</source>
        <extracomment>follows a colon</extracomment>
        <translation>sie ist beschädigt oder keine Sicherung dieser App</translation>
    </message>
    <message>
        <source>there is no such entry</source>
        <extracomment>follows a colon</extracomment>
        <translation>diesen Eintrag gibt es nicht</translation>
    </message>
    <message>
        <source>it has no column named id</source>
        <extracomment>follows a colon</extracomment>
        <translation>die Spalte id fehlt</translation>
    </message>
    <message>
        <source>it is not a picture</source>
        <extracomment>follows a colon</extracomment>
        <translation>es ist kein Bild</translation>
    </message>
    <message>
        <source>there is no picture in it</source>
        <extracomment>follows a colon</extracomment>
        <translation>es ist kein Bild darin</translation>
    </message>
    <message>
        <source>it has no reason</source>
        <extracomment>follows a colon</extracomment>
        <translation>der Grund fehlt</translation>
    </message>
    <message>
        <source>it is neither a video nor a picture</source>
        <extracomment>follows a colon</extracomment>
        <translation>weder Video noch Bild</translation>
    </message>
    <message>
        <source>it lists nobody</source>
        <extracomment>follows a colon</extracomment>
        <translation>sie führt niemanden auf</translation>
    </message>
    <message>
        <source>it is not one of the choices</source>
        <extracomment>follows a colon</extracomment>
        <translation>es ist keine der Möglichkeiten</translation>
    </message>
    <message>
        <source>it is not an ordinary file</source>
        <extracomment>follows a colon</extracomment>
        <translation>es ist keine gewöhnliche Datei</translation>
    </message>
    <message>
        <source>it is empty, too long or contains control characters</source>
        <extracomment>follows a colon</extracomment>
        <translation>leer, zu lang oder mit Steuerzeichen</translation>
    </message>
    <message>
        <source>it is not a CSV file</source>
        <extracomment>follows a colon</extracomment>
        <translation>es ist keine CSV-Datei</translation>
    </message>
    <message>
        <source>it is damaged</source>
        <extracomment>follows a colon</extracomment>
        <translation>beschädigt</translation>
    </message>
    <message>
        <source>it belongs to another user of this computer</source>
        <extracomment>follows a colon</extracomment>
        <translation>sie gehört einem anderen Benutzer dieses Computers</translation>
    </message>
    <message>
        <source>its reason is too long</source>
        <extracomment>follows a colon</extracomment>
        <translation>der Grund ist zu lang</translation>
    </message>
    <message>
        <source>it is reserved</source>
        <extracomment>follows a colon</extracomment>
        <translation>vergeben für anderes</translation>
    </message>
    <message>
        <source>addresses of this kind are not supported</source>
        <extracomment>follows a colon</extracomment>
        <translation>solche Adressen werden nicht unterstützt</translation>
    </message>
    <message>
        <source>it has the same column twice</source>
        <extracomment>follows a colon</extracomment>
        <translation>eine Spalte steht doppelt darin</translation>
    </message>
    <message>
        <source>it has the same ID twice</source>
        <extracomment>follows a colon</extracomment>
        <translation>eine Kennung steht doppelt darin</translation>
    </message>
    <message>
        <source>it is too large</source>
        <extracomment>follows a colon</extracomment>
        <translation>zu groß</translation>
    </message>
    <message>
        <source>it is too long</source>
        <extracomment>follows a colon</extracomment>
        <translation>zu lang</translation>
    </message>
    <message>
        <source>there are too many</source>
        <extracomment>follows a colon</extracomment>
        <translation>es sind zu viele</translation>
    </message>
    <message>
        <source>a newer version of the app wrote it</source>
        <extracomment>follows a colon</extracomment>
        <translation>eine neuere Version der App hat sie geschrieben</translation>
    </message>
    <message>
        <source>too many files are open</source>
        <extracomment>follows a colon</extracomment>
        <translation>zu viele Dateien sind offen</translation>
    </message>
    <message>
        <source>it lists more than 100,000 people</source>
        <extracomment>follows a colon</extracomment>
        <translation>sie führt mehr als 100.000 Personen auf</translation>
    </message>
    <message>
        <source>it has more cells than columns</source>
        <extracomment>follows a colon</extracomment>
        <translation>mehr Zellen als Spalten</translation>
    </message>
    <message>
        <source>it is too small</source>
        <extracomment>follows a colon</extracomment>
        <translation>zu klein</translation>
    </message>
    <message>
        <source>there is no such setting</source>
        <extracomment>follows a colon</extracomment>
        <translation>diese Einstellung gibt es nicht</translation>
    </message>
    <message>
        <source>it cannot be read</source>
        <extracomment>follows a colon</extracomment>
        <translation>nicht lesbar</translation>
    </message>
    <message>
        <source>it cannot be written</source>
        <extracomment>follows a colon</extracomment>
        <translation>nicht schreibbar</translation>
    </message>
    <message>
        <source>it is the wrong kind of value</source>
        <extracomment>follows a colon</extracomment>
        <translation>von falscher Art</translation>
    </message>
</context>
</TS>
