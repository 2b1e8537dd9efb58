<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>ActiveCount</name>
    <message>
        <source>Active incidents: not known</source>
        <translation>Aktive Vorfälle: nicht bekannt</translation>
    </message>
    <message>
        <source>active incident</source>
        <translation>aktiver Vorfall</translation>
    </message>
    <message>
        <source>active incidents</source>
        <translation>aktive Vorfälle</translation>
    </message>
    <message numerus="yes">
        <source>%Ln active incidents</source>
        <translation>
            <numerusform>%Ln aktiver Vorfall</numerusform>
            <numerusform>%Ln aktive Vorfälle</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln active incidents when last known</source>
        <translation>
            <numerusform>%Ln aktiver Vorfall nach letztem Stand</numerusform>
            <numerusform>%Ln aktive Vorfälle nach letztem Stand</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln active incidents heard of</source>
        <translation>
            <numerusform>von %Ln aktivem Vorfall gehört</numerusform>
            <numerusform>von %Ln aktiven Vorfällen gehört</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ActivityHistogram</name>
    <message>
        <source>The last 24 hours are not known.</source>
        <translation>Die letzten 24 Stunden sind nicht bekannt.</translation>
    </message>
    <message>
        <source>Counted since %1</source>
        <translation>Gezählt seit %1</translation>
    </message>
</context>
<context>
    <name>AgedBanner</name>
    <message>
        <source>Not confirmed yet: as of %1, %2 ago</source>
        <translation>Noch nicht abgeglichen: Stand %1, vor %2</translation>
    </message>
    <message>
        <source>Not live: as of %1, %2 ago</source>
        <translation>Nicht live: Stand %1, vor %2</translation>
    </message>
    <message>
        <source>Not live yet: this list may be incomplete</source>
        <translation>Noch nicht live: Diese Liste ist möglicherweise unvollständig</translation>
    </message>
</context>
<context>
    <name>AlarmBell</name>
    <message>
        <source>Sound and notifications</source>
        <translation>Ton und Benachrichtigungen</translation>
    </message>
    <message>
        <source>%1 Key %2</source>
        <translation>%1 Taste %2</translation>
    </message>
</context>
<context>
    <name>AlarmNotice</name>
    <message>
        <source>Critical</source>
        <translation>Kritisch</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>Unbekannt</translation>
    </message>
    <message>
        <source>Info</source>
        <translation>Info</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>It was open when the dashboard started.</source>
        <translation>Er war beim Start des Dashboards offen.</translation>
    </message>
    <message>
        <source>It came while the list was not live.</source>
        <translation>Er kam, während die Liste nicht live war.</translation>
    </message>
    <message>
        <source>It came while calls were snoozed.</source>
        <translation>Er kam, während stummgeschaltet war.</translation>
    </message>
    <message>
        <source>%L1 incidents are open, worst: %2</source>
        <translation>%L1 Vorfälle sind offen, der schwerste: %2</translation>
    </message>
    <message>
        <source>%L1 new incidents since the list was live, worst: %2</source>
        <translation>%L1 neue Vorfälle, seit die Liste live war, der schwerste: %2</translation>
    </message>
    <message>
        <source>%L1 incidents came while snoozed, worst: %2</source>
        <translation>%L1 Vorfälle kamen während der Stummschaltung, der schwerste: %2</translation>
    </message>
    <message>
        <source>%L1 new incidents, worst: %2</source>
        <translation>%L1 neue Vorfälle, der schwerste: %2</translation>
    </message>
    <message>
        <source>What is on the screen may be old; what is new is not seen.</source>
        <translation>Was zu sehen ist, kann veraltet sein; Neues ist nicht zu sehen.</translation>
    </message>
    <message>
        <source>The list of incidents is not live</source>
        <translation>Die Liste der Vorfälle ist nicht live</translation>
    </message>
    <message>
        <source>Service: %1</source>
        <translation>Dienst: %1</translation>
    </message>
    <message>
        <source>and %L1 more</source>
        <translation>und %L1 weitere</translation>
    </message>
</context>
<context>
    <name>AlarmNotifications</name>
    <message>
        <source>Desktop</source>
        <translation>Desktop</translation>
    </message>
    <message>
        <source>Show a notification for</source>
        <translation>Benachrichtigen bei</translation>
    </message>
    <message>
        <source>Severities that are shown on the desktop</source>
        <translation>Schweregrade, die auf dem Desktop gezeigt werden</translation>
    </message>
    <message>
        <source>Show the worst severity in the tray</source>
        <translation>Schwersten Vorfall im Infobereich zeigen</translation>
    </message>
</context>
<context>
    <name>AlarmPopup</name>
    <message>
        <source>Sound and notifications</source>
        <translation>Ton und Benachrichtigungen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Key %1</source>
        <translation>Taste %1</translation>
    </message>
</context>
<context>
    <name>AlarmScope</name>
    <message>
        <source>Only what matches</source>
        <translation>Nur was passt</translation>
    </message>
    <message>
        <source>Only incidents that match this filter call</source>
        <translation>Nur Vorfälle, die zu diesem Filter passen, alarmieren</translation>
    </message>
    <message>
        <source>All; or such as service:orders-db -label.env=staging</source>
        <translation>Alle; oder etwa service:orders-db -label.env=staging</translation>
    </message>
    <message>
        <source>When the list is not live</source>
        <translation>Wenn die Liste nicht live ist</translation>
    </message>
    <message>
        <source>Tell me after</source>
        <translation>Melden nach</translation>
    </message>
    <message>
        <source>15 s</source>
        <translation>15 s</translation>
    </message>
    <message>
        <source>1 min</source>
        <translation>1 min</translation>
    </message>
    <message>
        <source>5 min</source>
        <translation>5 min</translation>
    </message>
    <message>
        <source>With a sound</source>
        <translation>Mit Ton</translation>
    </message>
</context>
<context>
    <name>AlarmSnooze</name>
    <message>
        <source>Snooze</source>
        <translation>Stummschalten</translation>
    </message>
    <message>
        <source>Nobody is called until %1. The screen hides nothing.</source>
        <translation>Bis %1 wird niemand alarmiert. Auf dem Bildschirm fehlt nichts.</translation>
    </message>
    <message>
        <source>No sounds and no notifications for a while. What comes meanwhile is told at the end, and the screen hides nothing.</source>
        <translation>Eine Zeit lang kein Ton und keine Benachrichtigung. Was inzwischen kommt, wird am Ende gemeldet; auf dem Bildschirm fehlt nichts.</translation>
    </message>
    <message>
        <source>End it now</source>
        <translation>Jetzt beenden</translation>
    </message>
    <message>
        <source>15 min</source>
        <translation>15 min</translation>
    </message>
    <message>
        <source>Snooze for 15 minutes</source>
        <translation>15 Minuten stummschalten</translation>
    </message>
    <message>
        <source>1 h</source>
        <translation>1 h</translation>
    </message>
    <message>
        <source>Snooze for 1 hour</source>
        <translation>1 Stunde stummschalten</translation>
    </message>
    <message>
        <source>Until %1</source>
        <translation>Bis %1</translation>
    </message>
    <message>
        <source>Snooze until %1</source>
        <translation>Bis %1 stummschalten</translation>
    </message>
</context>
<context>
    <name>AlarmSounds</name>
    <message>
        <source>Sound</source>
        <translation>Ton</translation>
    </message>
    <message>
        <source>Play a sound for</source>
        <translation>Ton abspielen bei</translation>
    </message>
    <message>
        <source>Severities that are heard</source>
        <translation>Schweregrade, die zu hören sind</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>Test</translation>
    </message>
    <message>
        <source>Play the sound of a critical incident</source>
        <translation>Ton eines kritischen Vorfalls abspielen</translation>
    </message>
    <message>
        <source>Repeat until somebody has it</source>
        <translation>Wiederholen, bis sich jemand kümmert</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
    <message>
        <source>every 30 s</source>
        <translation>alle 30 s</translation>
    </message>
    <message>
        <source>every minute</source>
        <translation>jede Minute</translation>
    </message>
    <message>
        <source>every 5 min</source>
        <translation>alle 5 min</translation>
    </message>
</context>
<context>
    <name>AssignPopup</name>
    <message>
        <source>Assign %1 incidents to</source>
        <translation>%1 Vorfälle zuweisen an</translation>
    </message>
    <message>
        <source>Assign to</source>
        <translation>Zuweisen an</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Assign</source>
        <translation>Zuweisen</translation>
    </message>
    <message>
        <source>Me</source>
        <translation>Mich</translation>
    </message>
    <message>
        <source>Nobody</source>
        <translation>Niemanden</translation>
    </message>
</context>
<context>
    <name>ChoiceBox</name>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>CommandFailure</name>
    <message>
        <source>Try again</source>
        <translation>Neu versuchen</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>CommandPalette</name>
    <message>
        <source>Command palette</source>
        <translation>Befehlspalette</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>Was zu tun ist</translation>
    </message>
    <message>
        <source>Type what to do, such as acknowledge or sort</source>
        <translation>Eingeben, was zu tun ist, etwa „bestätigen“ oder „sortieren“</translation>
    </message>
    <message>
        <source>What can be done</source>
        <translation>Was getan werden kann</translation>
    </message>
    <message>
        <source>Nothing that can be done here is called that.</source>
        <translation>Nichts, was hier getan werden kann, heißt so.</translation>
    </message>
</context>
<context>
    <name>CommentBox</name>
    <message>
        <source>Comment</source>
        <translation>Kommentieren</translation>
    </message>
    <message>
        <source>Comment  ( C )</source>
        <translation>Kommentar  ( C )</translation>
    </message>
    <message>
        <source>Sending…</source>
        <translation>Wird gesendet…</translation>
    </message>
    <message>
        <source>Ctrl+Enter sends</source>
        <translation>Strg+Enter sendet</translation>
    </message>
    <message>
        <source>It is on its way.</source>
        <translation>Wird gerade gesendet.</translation>
    </message>
    <message>
        <source>Nothing is written.</source>
        <translation>Noch nichts geschrieben.</translation>
    </message>
</context>
<context>
    <name>CompletionPopup</name>
    <message>
        <source>Completions</source>
        <translation>Vorschläge</translation>
    </message>
</context>
<context>
    <name>ConnectSheet</name>
    <message>
        <source>Change a server</source>
        <translation>Server ändern</translation>
    </message>
    <message>
        <source>Connect to a server</source>
        <translation>Mit einem Server verbinden</translation>
    </message>
    <message>
        <source>The Tocsin gateway of your team. Its address is the one that you would give to a browser.</source>
        <translation>Das Tocsin-Gateway des Teams. Die Adresse ist die, die auch ein Browser bekäme.</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>ops.example.com</source>
        <translation>ops.example.com</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>As before</source>
        <translation>Wie bisher</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keines</translation>
    </message>
    <message>
        <source>Leave it empty where the server asks for none.</source>
        <translation>Leer lassen, wo der Server keines verlangt.</translation>
    </message>
    <message>
        <source>Keep the token</source>
        <translation>Token aufbewahren</translation>
    </message>
    <message>
        <source>Rooms</source>
        <translation>Räume</translation>
    </message>
    <message>
        <source>With spaces between them.</source>
        <translation>Durch Leerzeichen getrennt.</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>Wird gespeichert…</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Verbinden</translation>
    </message>
    <message>
        <source>Trying…</source>
        <translation>Wird geprüft…</translation>
    </message>
    <message>
        <source>Test connection</source>
        <translation>Verbindung testen</translation>
    </message>
    <message>
        <source>Several gateways of one server have commas between them.</source>
        <translation>Mehrere Gateways eines Servers mit Kommas dazwischen.</translation>
    </message>
</context>
<context>
    <name>ConnectionStatus</name>
    <message>
        <source>Live</source>
        <translation>Live</translation>
    </message>
    <message>
        <source>Catching up</source>
        <translation>Holt auf</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>Verbindet</translation>
    </message>
    <message>
        <source>Reconnecting</source>
        <translation>Verbindet neu</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>Offline</translation>
    </message>
    <message>
        <source>Not authorised</source>
        <translation>Nicht berechtigt</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>next attempt in %1 s</source>
        <translation>nächster Versuch in %1 s</translation>
    </message>
    <message>
        <source>in %1 s</source>
        <translation>in %1 s</translation>
    </message>
    <message>
        <source>Retry now</source>
        <translation>Jetzt neu versuchen</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>Round-trip time %1 milliseconds</source>
        <translation>Antwortzeit %1 Millisekunden</translation>
    </message>
    <message>
        <source>Rooms: %1</source>
        <translation>Räume: %1</translation>
    </message>
    <message>
        <source>last tried %1, one of %L2</source>
        <translation>zuletzt versucht: %1, eine von %L2 Adressen</translation>
    </message>
    <message>
        <source>%1, one of %L2</source>
        <translation>%1, eine von %L2 Adressen</translation>
    </message>
</context>
<context>
    <name>CopyButton</name>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy: %1</source>
        <translation>Kopieren: %1</translation>
    </message>
</context>
<context>
    <name>CopyableCode</name>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy: %1</source>
        <translation>Kopieren: %1</translation>
    </message>
</context>
<context>
    <name>DashboardDeck</name>
    <message>
        <source>This computer</source>
        <translation>Dieser Rechner</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>Menü</translation>
    </message>
    <message>
        <source>Add a server…</source>
        <translation>Server hinzufügen…</translation>
    </message>
    <message>
        <source>Servers…</source>
        <translation>Server…</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>Einstellungen…</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Programm</translation>
    </message>
    <message>
        <source>Next server</source>
        <translation>Nächster Server</translation>
    </message>
    <message>
        <source>Previous server</source>
        <translation>Voriger Server</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>DashboardKeys</name>
    <message>
        <source>Incident</source>
        <translation>Vorfall</translation>
    </message>
    <message>
        <source>Acknowledge</source>
        <translation>Bestätigen</translation>
    </message>
    <message>
        <source>Take the acknowledgement back</source>
        <translation>Bestätigung zurücknehmen</translation>
    </message>
    <message>
        <source>Undo acknowledging</source>
        <translation>Bestätigen rückgängig machen</translation>
    </message>
    <message>
        <source>Resolve</source>
        <translation>Beheben</translation>
    </message>
    <message>
        <source>Assign to me</source>
        <translation>Mir zuweisen</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>Kommentieren</translation>
    </message>
    <message>
        <source>Send the comment</source>
        <translation>Kommentar senden</translation>
    </message>
    <message>
        <source>List</source>
        <translation>Liste</translation>
    </message>
    <message>
        <source>Choose the one before or after</source>
        <translation>Den vorigen oder nächsten wählen</translation>
    </message>
    <message>
        <source>A page up or down</source>
        <translation>Eine Seite auf oder ab</translation>
    </message>
    <message>
        <source>The first, the last</source>
        <translation>Der erste, der letzte</translation>
    </message>
    <message>
        <source>Open it</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Select it, or not any more</source>
        <translation>Markieren oder nicht mehr</translation>
    </message>
    <message>
        <source>Select from here to there</source>
        <translation>Von hier bis dort markieren</translation>
    </message>
    <message>
        <source>Select all that are shown</source>
        <translation>Alle angezeigten markieren</translation>
    </message>
    <message>
        <source>Leave a question, the selection, the incident</source>
        <translation>Frage, Auswahl oder Vorfall verlassen</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Write a filter</source>
        <translation>Filter schreiben</translation>
    </message>
    <message>
        <source>Offer what can be written</source>
        <translation>Vorschläge zeigen</translation>
    </message>
    <message>
        <source>Take what is offered</source>
        <translation>Vorschlag übernehmen</translation>
    </message>
    <message>
        <source>Forget a saved filter</source>
        <translation>Gespeicherten Filter löschen</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>Explain what may be missing</source>
        <translation>Erklären, was fehlen könnte</translation>
    </message>
    <message>
        <source>Show these keys</source>
        <translation>Diese Tasten zeigen</translation>
    </message>
    <message>
        <source>Set sound and notifications</source>
        <translation>Ton und Benachrichtigungen einstellen</translation>
    </message>
    <message>
        <source>Find what to do by its name</source>
        <translation>Befehl nach seinem Namen suchen</translation>
    </message>
    <message>
        <source>Show the monitors, or the incidents again</source>
        <translation>Die Monitore zeigen, oder wieder die Vorfälle</translation>
    </message>
    <message>
        <source>Show who else is watching</source>
        <translation>Zeigen, wer noch zusieht</translation>
    </message>
    <message>
        <source>Copy its link</source>
        <translation>Ihren Link kopieren</translation>
    </message>
</context>
<context>
    <name>DemonstrationBanner</name>
    <message>
        <source>Demonstration</source>
        <translation>Demonstration</translation>
    </message>
    <message>
        <source>The incidents from the source “demonstration” are made up. Stopping removes them without a trace.</source>
        <translation>Die Vorfälle der Quelle „demonstration“ sind erfunden. Beim Beenden werden sie spurlos entfernt.</translation>
    </message>
    <message>
        <source>The incidents from the source “demonstration” are made up.</source>
        <translation>Die Vorfälle der Quelle „demonstration“ sind erfunden.</translation>
    </message>
    <message>
        <source>Stop and remove</source>
        <translation>Beenden und entfernen</translation>
    </message>
</context>
<context>
    <name>DetailActions</name>
    <message>
        <source>Acknowledge</source>
        <translation>Bestätigen</translation>
    </message>
    <message>
        <source>Unacknowledge</source>
        <translation>Zurücknehmen</translation>
    </message>
    <message>
        <source>Resolve</source>
        <translation>Beheben</translation>
    </message>
    <message>
        <source>Assign…</source>
        <translation>Zuweisen…</translation>
    </message>
</context>
<context>
    <name>DetailContent</name>
    <message>
        <source>Annotations</source>
        <translation>Anmerkungen</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>Labels</translation>
    </message>
</context>
<context>
    <name>DetailFacts</name>
    <message>
        <source>Service</source>
        <translation>Dienst</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>Assigned to</source>
        <translation>Zugewiesen an</translation>
    </message>
    <message>
        <source>Nobody</source>
        <translation>Niemanden</translation>
    </message>
    <message>
        <source>Reported</source>
        <translation>Gemeldet</translation>
    </message>
    <message>
        <source>%L1 times</source>
        <translation>%L1-mal</translation>
    </message>
    <message>
        <source>Began</source>
        <translation>Beginn</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Geändert</translation>
    </message>
    <message>
        <source>%1, %2 ago</source>
        <translation>%1, vor %2</translation>
    </message>
    <message>
        <source>%1 ago</source>
        <translation>vor %1</translation>
    </message>
    <message>
        <source>Link</source>
        <translation>Link</translation>
    </message>
</context>
<context>
    <name>DetailHeader</name>
    <message>
        <source>No longer active</source>
        <translation>Nicht mehr aktiv</translation>
    </message>
    <message>
        <source>Resolved</source>
        <translation>Behoben</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Offen</translation>
    </message>
    <message>
        <source>Acknowledged by %1</source>
        <translation>Bestätigt von %1</translation>
    </message>
    <message>
        <source>Acknowledged</source>
        <translation>Bestätigt</translation>
    </message>
    <message>
        <source>‹ Back</source>
        <translation>‹ Zurück</translation>
    </message>
    <message>
        <source>Back to the list</source>
        <translation>Zurück zur Liste</translation>
    </message>
    <message>
        <source>Severity: %1</source>
        <translation>Schweregrad: %1</translation>
    </message>
    <message>
        <source>State: %1</source>
        <translation>Status: %1</translation>
    </message>
    <message>
        <source>for %1</source>
        <translation>seit %1</translation>
    </message>
    <message>
        <source>Close (Escape)</source>
        <translation>Schließen (Esc)</translation>
    </message>
</context>
<context>
    <name>DetailLinks</name>
    <message>
        <source>Runbook</source>
        <translation>Runbook</translation>
    </message>
</context>
<context>
    <name>DoubtLine</name>
    <message>
        <source>Silent source</source>
        <translation>Quelle schweigt</translation>
    </message>
    <message>
        <source>Message rejected</source>
        <translation>Nachricht abgelehnt</translation>
    </message>
    <message>
        <source>Message unknown</source>
        <translation>Nachricht unbekannt</translation>
    </message>
    <message>
        <source>since %1, told by %2</source>
        <translation>seit %1, laut %2</translation>
    </message>
    <message>
        <source>%L1 times, the last at %2, from %3</source>
        <translation>%L1-mal, zuletzt %2, von %3</translation>
    </message>
    <message>
        <source>at %1, from %2</source>
        <translation>%1, von %2</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1. %2</source>
        <translation>%1. %2</translation>
    </message>
    <message>
        <source>No list from the server</source>
        <translation>Keine Liste vom Server</translation>
    </message>
    <message>
        <source>heard since %1, from %2</source>
        <translation>gehört seit %1, von %2</translation>
    </message>
</context>
<context>
    <name>DoubtsPopup</name>
    <message>
        <source>What may be missing</source>
        <translation>Was fehlen könnte</translation>
    </message>
    <message>
        <source>Nothing is in doubt any more</source>
        <translation>Es besteht kein Zweifel mehr</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Key %1</source>
        <translation>Taste %1</translation>
    </message>
</context>
<context>
    <name>EmptyScreen</name>
    <message>
        <source>Play a demonstration</source>
        <translation>Demonstration starten</translation>
    </message>
</context>
<context>
    <name>EmptyState</name>
    <message>
        <source>%1. %2</source>
        <translation>%1. %2</translation>
    </message>
    <message>
        <source>No active incidents since %1</source>
        <translation>Keine aktiven Vorfälle seit %1</translation>
    </message>
    <message>
        <source>Nothing is known yet</source>
        <translation>Noch ist nichts bekannt</translation>
    </message>
    <message>
        <source>Live, and nothing open for %1</source>
        <translation>Live, seit %1 nichts offen</translation>
    </message>
    <message>
        <source>Waiting for the list of incidents.</source>
        <translation>Wartet auf die Liste der Vorfälle.</translation>
    </message>
    <message>
        <source>No incident heard of since %1</source>
        <translation>Von keinem Vorfall gehört seit %1</translation>
    </message>
    <message>
        <source>What was open before is not known: this server sends no list of incidents.</source>
        <translation>Was vorher offen war, ist nicht bekannt: Dieser Server sendet keine Liste der Vorfälle.</translation>
    </message>
</context>
<context>
    <name>FactLine</name>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
</context>
<context>
    <name>FilterChip</name>
    <message>
        <source>%1, %2 found</source>
        <translation>%1, %2 gefunden</translation>
    </message>
</context>
<context>
    <name>FilterChips</name>
    <message>
        <source>Quick filters</source>
        <translation>Schnellfilter</translation>
    </message>
    <message>
        <source>Unacknowledged</source>
        <translation>Unbestätigt</translation>
    </message>
    <message>
        <source>Mine</source>
        <translation>Meine</translation>
    </message>
</context>
<context>
    <name>FilterError</name>
    <message>
        <source>Filter: %1</source>
        <translation>Filter: %1</translation>
    </message>
</context>
<context>
    <name>FilterField</name>
    <message>
        <source>Filter  ( / )</source>
        <translation>Filter  ( / )</translation>
    </message>
    <message>
        <source>Filter: words, severity:critical, service:…, -label.env=staging  ( / )</source>
        <translation>Filter: Wörter, severity:critical, service:…, -label.env=staging  ( / )</translation>
    </message>
    <message>
        <source>Filter the incidents</source>
        <translation>Vorfälle filtern</translation>
    </message>
    <message>
        <source>Clear the filter</source>
        <translation>Filter leeren</translation>
    </message>
</context>
<context>
    <name>FirstSteps</name>
    <message>
        <source>First steps</source>
        <translation>Erste Schritte</translation>
    </message>
    <message>
        <source>Point Alertmanager here</source>
        <translation>Alertmanager anbinden</translation>
    </message>
    <message>
        <source>In alertmanager.yml, send alerts to this address:</source>
        <translation>In alertmanager.yml Alarme an diese Adresse senden:</translation>
    </message>
    <message>
        <source>Alertmanager configuration</source>
        <translation>Alertmanager-Konfiguration</translation>
    </message>
    <message>
        <source>Or raise one incident yourself</source>
        <translation>Oder selbst einen Vorfall auslösen</translation>
    </message>
    <message>
        <source>Paste this into a terminal:</source>
        <translation>Dies in ein Terminal einfügen:</translation>
    </message>
    <message>
        <source>Command that raises an incident</source>
        <translation>Befehl, der einen Vorfall auslöst</translation>
    </message>
    <message>
        <source>Play a demonstration</source>
        <translation>Demonstration starten</translation>
    </message>
    <message>
        <source>Connect to a server…</source>
        <translation>Mit einem Server verbinden…</translation>
    </message>
    <message>
        <source>Both need a sender&apos;s token</source>
        <translation>Beide brauchen ein Token zum Senden</translation>
    </message>
    <message>
        <source>Yours does not report. Where the gateway is, make one:</source>
        <translation>Ihres meldet nicht. Erzeugen Sie eines, wo das Gateway ist:</translation>
    </message>
    <message>
        <source>Command that makes a token</source>
        <translation>Befehl, der ein Token erzeugt</translation>
    </message>
</context>
<context>
    <name>HiddenNotice</name>
    <message>
        <source>%L1 of %L2 shown; the filter hides none.</source>
        <translation>%L1 von %L2 angezeigt; der Filter blendet nichts aus.</translation>
    </message>
    <message>
        <source>%L1 of %L2 shown, %L3 hidden by the filter, of these %L4 critical.</source>
        <translation>%L1 von %L2 angezeigt, %L3 vom Filter ausgeblendet, davon %L4 kritisch.</translation>
    </message>
    <message>
        <source>%L1 of %L2 shown, %L3 hidden by the filter.</source>
        <translation>%L1 von %L2 angezeigt, %L3 vom Filter ausgeblendet.</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>Alle zeigen</translation>
    </message>
</context>
<context>
    <name>IncidentBrowser</name>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Key %1</source>
        <translation>Taste %1</translation>
    </message>
    <message>
        <source>The link is copied.</source>
        <translation>Der Link ist kopiert.</translation>
    </message>
</context>
<context>
    <name>IncidentDetail</name>
    <message>
        <source>Incident: %1</source>
        <translation>Vorfall: %1</translation>
    </message>
    <message>
        <source>Not live</source>
        <translation>Nicht live</translation>
    </message>
    <message>
        <source>Not live: as of %1, %2 ago</source>
        <translation>Nicht live: Stand %1, vor %2</translation>
    </message>
    <message>
        <source>It was resolved while you looked. This is how it was last.</source>
        <translation>Der Vorfall wurde behoben, während er angezeigt wurde. So war er zuletzt.</translation>
    </message>
    <message>
        <source>It is no longer in the rooms that are shown. This is how it was last.</source>
        <translation>Der Vorfall ist nicht mehr in den angezeigten Räumen. So war er zuletzt.</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Details</translation>
    </message>
</context>
<context>
    <name>IncidentFilter</name>
    <message>
        <source>This parenthesis closes none.</source>
        <translation>Diese Klammer schließt keine.</translation>
    </message>
    <message>
        <source>character %1</source>
        <translation>Zeichen %1</translation>
    </message>
    <message>
        <source>OR needs something on both sides.</source>
        <translation>OR braucht auf beiden Seiten etwas.</translation>
    </message>
    <message>
        <source>AND needs something on both sides.</source>
        <translation>AND braucht auf beiden Seiten etwas.</translation>
    </message>
    <message>
        <source>Nested too deeply.</source>
        <translation>Zu tief verschachtelt.</translation>
    </message>
    <message>
        <source>A “-” stands before what is to be left out.</source>
        <translation>Ein „-“ steht vor dem, was ausgelassen werden soll.</translation>
    </message>
    <message>
        <source>This parenthesis is not closed.</source>
        <translation>Diese Klammer ist nicht geschlossen.</translation>
    </message>
    <message>
        <source>There is nothing in these parentheses.</source>
        <translation>In diesen Klammern steht nichts.</translation>
    </message>
    <message>
        <source>“%1” is no field. To look for it in the text, put it in quotes.</source>
        <translation>„%1“ ist kein Feld. Um es im Text zu suchen, in Anführungszeichen setzen.</translation>
    </message>
    <message>
        <source>Which %1? It is named after a dot: %1.env</source>
        <translation>Welches %1? Der Name folgt nach einem Punkt: %1.env</translation>
    </message>
    <message>
        <source>“%1” takes one of %2</source>
        <translation>„%1“ nimmt eines von %2</translation>
    </message>
    <message>
        <source>Here belongs what “%1” is compared with.</source>
        <translation>Hier fehlt, womit „%1“ verglichen wird.</translation>
    </message>
    <message>
        <source>A space is missing here.</source>
        <translation>Hier fehlt ein Leerzeichen.</translation>
    </message>
    <message>
        <source>A value with this character is put in quotes.</source>
        <translation>Ein Wert mit diesem Zeichen steht in Anführungszeichen.</translation>
    </message>
    <message>
        <source>This quote is not closed.</source>
        <translation>Dieses Anführungszeichen ist nicht geschlossen.</translation>
    </message>
    <message>
        <source>A filter has 2000 characters at most.</source>
        <translation>Ein Filter hat höchstens 2000 Zeichen.</translation>
    </message>
    <message>
        <source>%1 or %2</source>
        <translation>%1 oder %2</translation>
    </message>
    <message>
        <source>“%1” is no %2: it is %3.</source>
        <translation>„%1“ ist kein Wert für %2: möglich ist %3.</translation>
    </message>
    <message>
        <source>An expression has 500 characters at most.</source>
        <translation>Ein Ausdruck hat höchstens 500 Zeichen.</translation>
    </message>
    <message>
        <source>An expression cannot begin with “(*”.</source>
        <translation>Ein Ausdruck kann nicht mit „(*“ beginnen.</translation>
    </message>
    <message>
        <source>This is no regular expression: %1.</source>
        <translation>Das ist kein regulärer Ausdruck: %1.</translation>
    </message>
    <message>
        <source>An age is a number with s, m, h, d or w: 90s, 15m, 2h.</source>
        <translation>Ein Alter ist eine Zahl mit s, m, h, d oder w: 90s, 15m, 2h.</translation>
    </message>
    <message>
        <source>A count is one whole number.</source>
        <translation>Eine Anzahl ist eine ganze Zahl.</translation>
    </message>
    <message>
        <source>A time is 2026-11-27, 2026-11-27T14:00 or from one to another, 2026-11-27T14:00..2026-11-27T14:29.</source>
        <translation>Eine Zeit ist 2026-11-27, 2026-11-27T14:00 oder von einer bis zur anderen, 2026-11-27T14:00..2026-11-27T14:29.</translation>
    </message>
    <message>
        <source>A time is 2026-11-27 or 2026-11-27T14:00.</source>
        <translation>Eine Zeit ist 2026-11-27 oder 2026-11-27T14:00.</translation>
    </message>
</context>
<context>
    <name>IncidentList</name>
    <message>
        <source>Active incidents</source>
        <translation>Aktive Vorfälle</translation>
    </message>
</context>
<context>
    <name>IncidentRow</name>
    <message>
        <source>×%L1</source>
        <translation>×%L1</translation>
    </message>
    <message>
        <source>Acknowledged by %1</source>
        <translation>Bestätigt von %1</translation>
    </message>
    <message>
        <source>Acknowledged</source>
        <translation>Bestätigt</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>for %1</source>
        <translation>seit %1</translation>
    </message>
    <message>
        <source>reported %L1 times</source>
        <translation>%L1-mal gemeldet</translation>
    </message>
</context>
<context>
    <name>KeyLine</name>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>KeyNames</name>
    <message>
        <source>Ctrl</source>
        <translation>Strg</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>Umschalt</translation>
    </message>
    <message>
        <source>Alt</source>
        <translation>Alt</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>Tab</source>
        <translation>Tab</translation>
    </message>
    <message>
        <source>Del</source>
        <translation>Entf</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Leertaste</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>Pfeil auf</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>Pfeil ab</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>Pfeil links</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>Pfeil rechts</translation>
    </message>
    <message>
        <source>PgUp</source>
        <translation>Bild auf</translation>
    </message>
    <message>
        <source>PgDown</source>
        <translation>Bild ab</translation>
    </message>
    <message>
        <source>Home</source>
        <translation>Pos1</translation>
    </message>
    <message>
        <source>End</source>
        <translation>Ende</translation>
    </message>
</context>
<context>
    <name>KeySheet</name>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>KioskWindow</name>
    <message>
        <source>Tocsin</source>
        <translation>Tocsin</translation>
    </message>
</context>
<context>
    <name>LinkButton</name>
    <message>
        <source>Opens %1</source>
        <translation>Öffnet %1</translation>
    </message>
    <message>
        <source>Not a link to a page; it is not opened: %1</source>
        <translation>Kein Link auf eine Seite; wird nicht geöffnet: %1</translation>
    </message>
    <message>
        <source>not opened: %1</source>
        <translation>nicht geöffnet: %1</translation>
    </message>
</context>
<context>
    <name>ListOptions</name>
    <message>
        <source>Sort</source>
        <translation>Sortierung</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>Schweregrad</translation>
    </message>
    <message>
        <source>Newest</source>
        <translation>Neueste</translation>
    </message>
    <message>
        <source>Oldest</source>
        <translation>Älteste</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>Dienst</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>Gruppen</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Key %1</source>
        <translation>Taste %1</translation>
    </message>
</context>
<context>
    <name>LiveDashboard</name>
    <message>
        <source>Incidents</source>
        <translation>Vorfälle</translation>
    </message>
</context>
<context>
    <name>Main</name>
    <message>
        <source>Not live – Tocsin</source>
        <translation>Nicht live – Tocsin</translation>
    </message>
    <message>
        <source>%L1 active – Tocsin</source>
        <translation>%L1 aktiv – Tocsin</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>Dieser Rechner</translation>
    </message>
    <message>
        <source>%L1 active heard of – Tocsin</source>
        <translation>von %L1 aktiven gehört – Tocsin</translation>
    </message>
</context>
<context>
    <name>MenuLine</name>
    <message>
        <source>Key %1</source>
        <translation>Taste %1</translation>
    </message>
</context>
<context>
    <name>MonitorButton</name>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>Monitors: %1</source>
        <translation>Monitore: %1</translation>
    </message>
    <message>
        <source>Monitors when last known: %1</source>
        <translation>Monitore nach letztem Stand: %1</translation>
    </message>
    <message>
        <source>Shows the incidents again. Key %1</source>
        <translation>Zeigt wieder die Vorfälle. Taste %1</translation>
    </message>
    <message>
        <source>Shows each of them. Key %1</source>
        <translation>Zeigt jeden einzelnen. Taste %1</translation>
    </message>
</context>
<context>
    <name>MonitorGrid</name>
    <message>
        <source>Monitors</source>
        <translation>Monitore</translation>
    </message>
</context>
<context>
    <name>MonitorHeader</name>
    <message>
        <source>When last known: %1</source>
        <translation>Nach letztem Stand: %1</translation>
    </message>
    <message numerus="yes">
        <source>All %Ln monitors are up</source>
        <translation>
            <numerusform>Der eine Monitor ist in Ordnung</numerusform>
            <numerusform>Alle %Ln Monitore sind in Ordnung</numerusform>
        </translation>
    </message>
    <message>
        <source>Heard since %1: what has not changed since then is not shown, as this server keeps no list.</source>
        <translation>Gehört seit %1: Was sich seitdem nicht geändert hat, fehlt hier, denn dieser Server führt keine Liste.</translation>
    </message>
    <message>
        <source>Back to the incidents</source>
        <translation>Zurück zu den Vorfällen</translation>
    </message>
    <message>
        <source>Key %1</source>
        <translation>Taste %1</translation>
    </message>
</context>
<context>
    <name>MonitorTile</name>
    <message>
        <source>%1: %2 since %3 (%4)</source>
        <translation>%1: %2 seit %3 (%4)</translation>
    </message>
    <message>
        <source>%1: %2 for %3</source>
        <translation>%1: %2 seit %3</translation>
    </message>
    <message>
        <source>%1: %2 when last known</source>
        <translation>%1: %2 nach letztem Stand</translation>
    </message>
    <message>
        <source>Press to see its incidents</source>
        <translation>Drücken zeigt seine Vorfälle</translation>
    </message>
    <message>
        <source>%1 for %2</source>
        <translation>%1 seit %2</translation>
    </message>
</context>
<context>
    <name>NamedValues</name>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>NewAbovePill</name>
    <message>
        <source>%L1 new above, critical</source>
        <translation>%L1 neu oben, kritisch</translation>
    </message>
    <message>
        <source>%L1 new above</source>
        <translation>%L1 neu oben</translation>
    </message>
    <message>
        <source>%1: go to the top</source>
        <translation>%1: zum Anfang der Liste</translation>
    </message>
</context>
<context>
    <name>NothingMatches</name>
    <message>
        <source>%1. %2</source>
        <translation>%1. %2</translation>
    </message>
    <message>
        <source>Nothing matches the filter</source>
        <translation>Nichts passt zum Filter</translation>
    </message>
    <message>
        <source>%L1 active incidents hidden, of these %L2 critical.</source>
        <translation>Ausgeblendete aktive Vorfälle: %L1, davon %L2 kritisch.</translation>
    </message>
    <message>
        <source>1 active incident hidden.</source>
        <translation>1 aktiver Vorfall ausgeblendet.</translation>
    </message>
    <message>
        <source>%L1 active incidents hidden.</source>
        <translation>%L1 aktive Vorfälle ausgeblendet.</translation>
    </message>
    <message>
        <source>Show all %L1</source>
        <translation>Alle %L1 zeigen</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
</context>
<context>
    <name>NumberBox</name>
    <message>
        <source>%1: less</source>
        <translation>%1: weniger</translation>
    </message>
    <message>
        <source>%1: more</source>
        <translation>%1: mehr</translation>
    </message>
</context>
<context>
    <name>ObstacleButton</name>
    <message>
        <source>Key %1</source>
        <translation>Taste %1</translation>
    </message>
</context>
<context>
    <name>PaletteActions</name>
    <message>
        <source>Sort by severity</source>
        <translation>Nach Schweregrad sortieren</translation>
    </message>
    <message>
        <source>Sort by newest</source>
        <translation>Neueste zuerst</translation>
    </message>
    <message>
        <source>Sort by oldest</source>
        <translation>Älteste zuerst</translation>
    </message>
    <message>
        <source>Sort by service</source>
        <translation>Nach Dienst sortieren</translation>
    </message>
    <message>
        <source>Group by nothing</source>
        <translation>Nicht gruppieren</translation>
    </message>
    <message>
        <source>Group by severity</source>
        <translation>Nach Schweregrad gruppieren</translation>
    </message>
    <message>
        <source>Group by service</source>
        <translation>Nach Dienst gruppieren</translation>
    </message>
    <message>
        <source>Group by source</source>
        <translation>Nach Quelle gruppieren</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Show all incidents</source>
        <translation>Alle Vorfälle zeigen</translation>
    </message>
    <message>
        <source>Show also what is not assigned to me</source>
        <translation>Auch zeigen, was mir nicht zugewiesen ist</translation>
    </message>
    <message>
        <source>Show only what is assigned to me</source>
        <translation>Nur zeigen, was mir zugewiesen ist</translation>
    </message>
    <message>
        <source>Show also what is acknowledged</source>
        <translation>Auch Bestätigtes zeigen</translation>
    </message>
    <message>
        <source>Show only what is not acknowledged</source>
        <translation>Nur Unbestätigtes zeigen</translation>
    </message>
    <message>
        <source>List</source>
        <translation>Liste</translation>
    </message>
    <message>
        <source>Filter by “%1”</source>
        <translation>Nach „%1“ filtern</translation>
    </message>
</context>
<context>
    <name>PaletteLine</name>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Key %1</source>
        <translation>Taste %1</translation>
    </message>
</context>
<context>
    <name>PreferenceLine</name>
    <message>
        <source>Reset</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>Reset %1</source>
        <translation>%1 zurücksetzen</translation>
    </message>
</context>
<context>
    <name>PresenceButton</name>
    <message>
        <source>Key %1</source>
        <translation>Taste %1</translation>
    </message>
</context>
<context>
    <name>PresencePopup</name>
    <message>
        <source>Not live: who else is watching is not known</source>
        <translation>Nicht live: Wer noch zusieht, ist nicht bekannt</translation>
    </message>
    <message>
        <source>Also watching</source>
        <translation>Sehen auch zu</translation>
    </message>
    <message>
        <source>Nobody else is watching</source>
        <translation>Niemand sonst sieht zu</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Key %1</source>
        <translation>Taste %1</translation>
    </message>
</context>
<context>
    <name>SaveFilter</name>
    <message>
        <source>Save this filter…</source>
        <translation>Filter speichern…</translation>
    </message>
    <message>
        <source>Name, then Enter</source>
        <translation>Name, dann Enter</translation>
    </message>
    <message>
        <source>Name of the filter</source>
        <translation>Name des Filters</translation>
    </message>
</context>
<context>
    <name>SavedFilterChip</name>
    <message>
        <source>Forget the filter %1</source>
        <translation>Gespeicherten Filter %1 löschen</translation>
    </message>
</context>
<context>
    <name>SectionHeading</name>
    <message>
        <source>No service</source>
        <translation>Ohne Dienst</translation>
    </message>
    <message>
        <source>No source</source>
        <translation>Ohne Quelle</translation>
    </message>
</context>
<context>
    <name>SelectionBar</name>
    <message>
        <source>%L1 selected</source>
        <translation>%L1 ausgewählt</translation>
    </message>
    <message>
        <source>Resolve this incident?</source>
        <translation>Diesen Vorfall beheben?</translation>
    </message>
    <message>
        <source>Resolve %L1 incidents?</source>
        <translation>%L1 Vorfälle beheben?</translation>
    </message>
    <message>
        <source>Resolve</source>
        <translation>Beheben</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Acknowledge</source>
        <translation>Bestätigen</translation>
    </message>
    <message>
        <source>Unacknowledge</source>
        <translation>Zurücknehmen</translation>
    </message>
    <message>
        <source>Resolve…</source>
        <translation>Beheben…</translation>
    </message>
    <message>
        <source>Assign…</source>
        <translation>Zuweisen…</translation>
    </message>
    <message>
        <source>Comment…</source>
        <translation>Kommentieren…</translation>
    </message>
    <message>
        <source>Comment on this incident</source>
        <translation>Diesen Vorfall kommentieren</translation>
    </message>
    <message>
        <source>Comment on %L1 incidents</source>
        <translation>%L1 Vorfälle kommentieren</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>Kommentieren</translation>
    </message>
    <message>
        <source>Clear the selection (Escape)</source>
        <translation>Auswahl aufheben (Esc)</translation>
    </message>
</context>
<context>
    <name>ServerLine</name>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>Show %1</source>
        <translation>%1 zeigen</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>Ändern…</translation>
    </message>
    <message>
        <source>Change %1</source>
        <translation>%1 ändern</translation>
    </message>
    <message>
        <source>Remove it and its token</source>
        <translation>Mit Token entfernen</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>Entfernen…</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>%1 entfernen</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
</context>
<context>
    <name>ServerTab</name>
    <message>
        <source>live, none active</source>
        <translation>live, nichts aktiv</translation>
    </message>
    <message>
        <source>live, %L1 active</source>
        <translation>live, %L1 aktiv</translation>
    </message>
    <message>
        <source>not live, nothing known</source>
        <translation>nicht live, nichts bekannt</translation>
    </message>
    <message>
        <source>not live, %L1 active when last known</source>
        <translation>nicht live, %L1 aktiv nach letztem Stand</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>The worst is %1. %2</source>
        <translation>Am schwersten: %1. %2</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>Live</translation>
    </message>
    <message>
        <source>Not live</source>
        <translation>Nicht live</translation>
    </message>
    <message>
        <source>live, none heard of</source>
        <translation>live, von keinem gehört</translation>
    </message>
    <message>
        <source>live, %L1 active heard of</source>
        <translation>live, von %L1 aktiven gehört</translation>
    </message>
</context>
<context>
    <name>ServerTabs</name>
    <message>
        <source>Servers</source>
        <translation>Server</translation>
    </message>
</context>
<context>
    <name>ServersSheet</name>
    <message>
        <source>Servers</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>None yet: what is shown is received on this computer.</source>
        <translation>Noch keine: Angezeigt wird, was auf diesem Rechner ankommt.</translation>
    </message>
    <message>
        <source>Add a server…</source>
        <translation>Server hinzufügen…</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>SettingsFile</name>
    <message>
        <source>The settings cannot be written to %1.</source>
        <translation>Die Einstellungen lassen sich nicht nach %1 schreiben.</translation>
    </message>
</context>
<context>
    <name>SettingsSheet</name>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Such as dark, size or cache</source>
        <translation>Etwa dunkel, Größe oder Cache</translation>
    </message>
    <message>
        <source>No setting has these words.</source>
        <translation>Keine Einstellung enthält diese Wörter.</translation>
    </message>
    <message>
        <source>Servers…</source>
        <translation>Server…</translation>
    </message>
    <message>
        <source>Reset all settings</source>
        <translation>Alle Einstellungen zurücksetzen</translation>
    </message>
    <message>
        <source>Take them to another computer</source>
        <translation>Auf einen anderen Rechner mitnehmen</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Importieren</translation>
    </message>
    <message>
        <source>A file with these settings, the servers, saved filters, and what calls you. Tokens are not in it.</source>
        <translation>Eine Datei mit diesen Einstellungen, den Servern, gespeicherten Filtern und dem, was Sie ruft. Token sind nicht darin.</translation>
    </message>
</context>
<context>
    <name>SeverityTally</name>
    <message>
        <source>Active incidents by severity</source>
        <translation>Aktive Vorfälle nach Schweregrad</translation>
    </message>
</context>
<context>
    <name>Sheet</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Key %1</source>
        <translation>Taste %1</translation>
    </message>
</context>
<context>
    <name>SocketClient</name>
    <message>
        <source>The attachment &quot;%1&quot; has %2 bytes, and at most %3 are accepted.</source>
        <translation>Der Anhang &quot;%1&quot; hat %2 Bytes; angenommen werden höchstens %3.</translation>
    </message>
    <message>
        <source>The attachment &quot;%1&quot; was announced, and its bytes never came.</source>
        <translation>Der Anhang &quot;%1&quot; wurde angekündigt, seine Bytes kamen nie.</translation>
    </message>
    <message>
        <source>A binary frame came that was not announced; it was dropped.</source>
        <translation>Es kam ein Binär-Frame, der nicht angekündigt war; er wurde verworfen.</translation>
    </message>
    <message>
        <source>The attachment &quot;%1&quot; was announced with %2 bytes and came with %3; it was dropped.</source>
        <translation>Der Anhang &quot;%1&quot; wurde mit %2 Bytes angekündigt und kam mit %3; er wurde verworfen.</translation>
    </message>
    <message>
        <source>The connection ended and will not be made again by itself.</source>
        <translation>Die Verbindung ist beendet und wird nicht von selbst neu aufgebaut.</translation>
    </message>
    <message>
        <source>The server reports %1: %2</source>
        <translation>Der Server meldet %1: %2</translation>
    </message>
    <message>
        <source>The server reports an error that cannot be read.</source>
        <translation>Der Server meldet einen Fehler, der nicht lesbar ist.</translation>
    </message>
    <message>
        <source>%1 buffered message(s) were not sent: they waited longer for a connection than they were to.</source>
        <translation>Nicht gesendete Nachrichten: %1. Sie haben zu lange auf eine Verbindung gewartet.</translation>
    </message>
    <message>
        <source>A message was not sent: the connection was lost before it left.</source>
        <translation>Eine Nachricht wurde nicht gesendet: Die Verbindung brach vorher ab.</translation>
    </message>
    <message>
        <source>The request was not sent: the connection was lost before it left.</source>
        <translation>Die Anfrage wurde nicht gesendet: Die Verbindung brach vorher ab.</translation>
    </message>
    <message>
        <source>The request was not sent: too much waits for the connection.</source>
        <translation>Die Anfrage wurde nicht gesendet: Zu viel wartet auf die Verbindung.</translation>
    </message>
    <message>
        <source>Messages are being lost until there is a connection: %1 of them, with %2 bytes, wait for it already.</source>
        <translation>Bis es eine Verbindung gibt, gehen Nachrichten verloren: Es warten schon %1 mit %2 Bytes.</translation>
    </message>
    <message>
        <source>No connection within %1 ms. The server may be down, or a firewall may swallow the packets.</source>
        <translation>Keine Verbindung innerhalb von %1 ms. Vielleicht läuft der Server nicht, oder eine Firewall schluckt die Pakete.</translation>
    </message>
    <message>
        <source>The server sent nothing for %1 ms after a heartbeat; the connection counts as lost.</source>
        <translation>Der Server hat nach einem Heartbeat %1 ms lang nichts gesendet; die Verbindung gilt als verloren.</translation>
    </message>
    <message>
        <source>The token provider and the URL provider</source>
        <translation>Die Quellen von Token und Adresse</translation>
    </message>
    <message>
        <source>The token provider</source>
        <translation>Die Quelle des Tokens</translation>
    </message>
    <message>
        <source>The URL provider</source>
        <translation>Die Quelle der Adresse</translation>
    </message>
    <message>
        <source>The URL provider&apos;s address cannot be used. %1</source>
        <translation>Die Adresse aus ihrer Quelle ist nicht brauchbar. %1</translation>
    </message>
    <message>
        <source>No token could be had from the token provider: %1.</source>
        <translation>Von der Quelle des Tokens kam keines: %1.</translation>
    </message>
    <message>
        <source>No address could be had from the URL provider: %1.</source>
        <translation>Von der Quelle der Adresse kam keine: %1.</translation>
    </message>
    <message>
        <source>The connection ended before %1 was answered; whether it was carried out is not known.</source>
        <translation>Die Verbindung endete, bevor %1 beantwortet war; ob es ausgeführt wurde, ist nicht bekannt.</translation>
    </message>
    <message>
        <source>%1 was not answered in time; whether it was carried out is not known.</source>
        <translation>%1 wurde nicht rechtzeitig beantwortet; ob es ausgeführt wurde, ist nicht bekannt.</translation>
    </message>
    <message>
        <source>%1 waited for a connection until its time was over.</source>
        <translation>%1 hat auf eine Verbindung gewartet, bis die Zeit um war.</translation>
    </message>
    <message>
        <source>The server refused the request and gave no reason.</source>
        <translation>Der Server hat die Anfrage ohne Grund abgelehnt.</translation>
    </message>
    <message>
        <source>Give the address of a server, such as ops.example.com or wss://ops.example.com/ws.</source>
        <translation>Die Adresse eines Servers angeben, etwa ops.example.com oder wss://ops.example.com/ws.</translation>
    </message>
    <message>
        <source>Leave user and password out of the address: they would be seen wherever it is shown. A token has its own place.</source>
        <translation>Benutzer und Passwort aus der Adresse weglassen: Sie wären überall zu sehen, wo diese steht. Ein Token hat seinen eigenen Platz.</translation>
    </message>
    <message>
        <source>Leave the token out of the address: it would be seen wherever that is shown. It has its own place.</source>
        <translation>Das Token aus der Adresse weglassen: Es wäre überall zu sehen, wo diese steht. Es hat seinen eigenen Platz.</translation>
    </message>
    <message>
        <source>This is too long for the address of a server.</source>
        <translation>Das ist zu lang für die Adresse eines Servers.</translation>
    </message>
    <message>
        <source>“%1” is not the address of a server: it looks like ops.example.com, 10.0.0.5:8787 or wss://ops.example.com/ws.</source>
        <translation>„%1“ ist keine Adresse eines Servers: Sie sieht aus wie ops.example.com, 10.0.0.5:8787 oder wss://ops.example.com/ws.</translation>
    </message>
    <message>
        <source>A server&apos;s address begins with wss:// or ws://, or is copied from a browser; it does not begin with %1://.</source>
        <translation>Die Adresse eines Servers beginnt mit wss:// oder ws:// oder ist aus einem Browser kopiert; sie beginnt nicht mit %1://.</translation>
    </message>
    <message>
        <source>The client was destroyed before the request was answered.</source>
        <translation>Der Client wurde gelöscht, bevor die Anfrage beantwortet war.</translation>
    </message>
    <message>
        <source>The client was disconnected before the request was answered.</source>
        <translation>Der Client wurde getrennt, bevor die Anfrage beantwortet war.</translation>
    </message>
    <message>
        <source>The server&apos;s dialect knows no attachments.</source>
        <translation>Der Dialekt des Servers kennt keine Anhänge.</translation>
    </message>
    <message>
        <source>The attachment has %1 bytes, and at most %2 are sent.</source>
        <translation>Der Anhang hat %1 Bytes; gesendet werden höchstens %2.</translation>
    </message>
    <message>
        <source>Not sent: there is no connection.</source>
        <translation>Nicht gesendet: Es gibt keine Verbindung.</translation>
    </message>
    <message>
        <source>The server&apos;s dialect knows no replies.</source>
        <translation>Der Dialekt des Servers kennt keine Antworten.</translation>
    </message>
    <message>
        <source>The client is being destroyed.</source>
        <translation>Der Client wird gerade gelöscht.</translation>
    </message>
    <message>
        <source>%1 gave no answer within %2 ms.</source>
        <translation>%1: keine Antwort innerhalb von %2 ms.</translation>
    </message>
    <message>
        <source>%1 refused the connection: not authorised (HTTP 401).</source>
        <translation>%1 hat die Verbindung abgelehnt: nicht berechtigt (HTTP 401).</translation>
    </message>
    <message>
        <source>%1 refused the connection: forbidden (HTTP 403).</source>
        <translation>%1 hat die Verbindung abgelehnt: verboten (HTTP 403).</translation>
    </message>
    <message>
        <source>%1 cannot serve at the moment (HTTP %2).</source>
        <translation>%1 kann gerade nicht bedienen (HTTP %2).</translation>
    </message>
    <message>
        <source>%1 answered HTTP %2 where a WebSocket was expected. Is the path of the address right?</source>
        <translation>%1 hat HTTP %2 geantwortet, wo ein WebSocket erwartet war. Stimmt der Pfad der Adresse?</translation>
    </message>
    <message>
        <source>Nothing answers at %1, port %2.</source>
        <translation>Unter %1, Port %2, antwortet nichts.</translation>
    </message>
    <message>
        <source>No host is called %1.</source>
        <translation>Kein Rechner heißt %1.</translation>
    </message>
    <message>
        <source>There is no way to %1: %2.</source>
        <translation>Zu %1 führt kein Weg: %2.</translation>
    </message>
    <message>
        <source>%1 hung up before it answered.</source>
        <translation>%1 hat vor der Antwort aufgelegt.</translation>
    </message>
    <message>
        <source>The connection to %1 failed: %2.</source>
        <translation>Die Verbindung zu %1 ist gescheitert: %2.</translation>
    </message>
    <message>
        <source>%1 sent a message larger than is taken here; the connection was closed.</source>
        <translation>%1 hat eine zu große Nachricht gesendet; die Verbindung wurde geschlossen.</translation>
    </message>
    <message>
        <source>%1 does not keep to the WebSocket protocol; the connection was closed: %2.</source>
        <translation>%1 hält sich nicht an das WebSocket-Protokoll; die Verbindung wurde geschlossen: %2.</translation>
    </message>
    <message>
        <source>The connection to %1 was lost: %2.</source>
        <translation>Die Verbindung zu %1 ist abgebrochen: %2.</translation>
    </message>
    <message>
        <source>The certificate of %1 was revoked by its issuer. Replace it on the server; until then nobody can tell who answers there.</source>
        <translation>Das Zertifikat von %1 hat sein Aussteller widerrufen. Auf dem Server ersetzen; bis dahin weiß niemand, wer dort antwortet.</translation>
    </message>
    <message>
        <source>Nobody trusted here vouches for the certificate of %1.</source>
        <translation>Für das Zertifikat von %1 bürgt niemand, dem hier vertraut wird.</translation>
    </message>
    <message>
        <source>The certificate of %1 is signed by itself and not trusted here. Add it, or the authority that signs for the server, to those that are trusted.</source>
        <translation>Das Zertifikat von %1 ist von sich selbst signiert, und ihm wird hier nicht vertraut. Es oder die Stelle, die für den Server signiert, zu den vertrauten hinzufügen.</translation>
    </message>
    <message>
        <source>The certificate of %1 is issued by %2, which is not trusted here. Add that authority to those that are trusted, or let the server send the whole chain.</source>
        <translation>Das Zertifikat von %1 wurde von %2 ausgestellt; dieser Stelle wird hier nicht vertraut. Sie zu den vertrauten hinzufügen, oder den Server die ganze Kette senden lassen.</translation>
    </message>
    <message>
        <source>The certificate that %1 shows is %2. Correct the address, or have the certificate issued for this name too.</source>
        <translation>Das Zertifikat, das %1 zeigt, ist %2. Die Adresse berichtigen, oder das Zertifikat auch auf diesen Namen ausstellen lassen.</translation>
    </message>
    <message>
        <source>The certificate of %1 expired on %2. Renew it on the server.</source>
        <translation>Das Zertifikat von %1 ist am %2 abgelaufen. Auf dem Server erneuern.</translation>
    </message>
    <message>
        <source>The certificate of %1 is valid only from %2. Check the clock of this machine.</source>
        <translation>Das Zertifikat von %1 gilt erst ab %2. Die Uhr dieses Rechners prüfen.</translation>
    </message>
    <message>
        <source>The certificate of %1 was not accepted: %2.</source>
        <translation>Das Zertifikat von %1 wurde nicht angenommen: %2.</translation>
    </message>
    <message>
        <source>%1 wants a client certificate that it knows: none was given, or it refuses this one (%2).</source>
        <translation>%1 verlangt ein Client-Zertifikat, das es kennt: Es gab keines, oder dieses wird abgelehnt (%2).</translation>
    </message>
    <message>
        <source>No secure connection to %1: %2.</source>
        <translation>Keine sichere Verbindung zu %1: %2.</translation>
    </message>
    <message>
        <source>There is no address to connect to.</source>
        <translation>Es gibt keine Adresse zum Verbinden.</translation>
    </message>
    <message>
        <source>The address of the server is not a URL.</source>
        <translation>Die Adresse des Servers ist keine URL.</translation>
    </message>
    <message>
        <source>The address of the server must begin with ws:// or wss://, not with %1.</source>
        <translation>Die Adresse des Servers muss mit ws:// oder wss:// beginnen, nicht mit %1.</translation>
    </message>
    <message>
        <source>The address of the server names no host.</source>
        <translation>Die Adresse des Servers nennt keinen Rechner.</translation>
    </message>
    <message>
        <source>A request header cannot be called &quot;%1&quot;.</source>
        <translation>Ein Kopffeld kann nicht &quot;%1&quot; heißen.</translation>
    </message>
    <message>
        <source>The value of the request header &quot;%1&quot; holds a character that a header cannot.</source>
        <translation>Der Wert des Kopffelds &quot;%1&quot; enthält ein Zeichen, das dort nicht stehen kann.</translation>
    </message>
    <message>
        <source>A subprotocol cannot be called &quot;%1&quot;.</source>
        <translation>Ein Unterprotokoll kann nicht &quot;%1&quot; heißen.</translation>
    </message>
    <message>
        <source>for no host</source>
        <translation>für keinen Rechner</translation>
    </message>
    <message>
        <source>for %1 and %2 more</source>
        <translation>für %1 und %2 weitere</translation>
    </message>
    <message>
        <source>for %1</source>
        <translation>für %1</translation>
    </message>
    <message>
        <source>an issuer without a name</source>
        <translation>einem Aussteller ohne Namen</translation>
    </message>
    <message>
        <source>A server has at most %1 addresses, and these are %2.</source>
        <translation>Ein Server hat höchstens %1 Adressen, und das sind %2.</translation>
    </message>
    <message>
        <source>%1, port %2: %3</source>
        <translation>%1, Port %2: %3</translation>
    </message>
    <message>
        <source>One of the server&apos;s further addresses cannot be used. %1</source>
        <translation>Eine der weiteren Adressen des Servers kann nicht verwendet werden. %1</translation>
    </message>
    <message>
        <source>The server closed the connection for good, with code %1%2.</source>
        <translation>Der Server hat die Verbindung endgültig geschlossen, mit Code %1%2.</translation>
    </message>
    <message>
        <source>The server refused the token, or asks for one.</source>
        <translation>Der Server hat das Token abgelehnt oder verlangt eines.</translation>
    </message>
    <message>
        <source>The server refused the token, or asks for one: %1.</source>
        <translation>Der Server hat das Token abgelehnt oder verlangt eines: %1.</translation>
    </message>
    <message>
        <source>The server closed the connection with code %1%2: it refuses what was sent.</source>
        <translation>Der Server hat die Verbindung mit Code %1%2 geschlossen: Er lehnt ab, was gesendet wurde.</translation>
    </message>
    <message>
        <source>%1 (%2 more before this one were not reported)</source>
        <translation>%1 (%2 weitere davor wurden nicht gemeldet)</translation>
    </message>
    <message>
        <source>%1 redirects without saying where to (HTTP %2), which is not followed: give the address itself.</source>
        <translation>%1 leitet weiter, ohne zu sagen, wohin (HTTP %2); dem wird nicht gefolgt: Geben Sie die Adresse selbst an.</translation>
    </message>
    <message>
        <source>%1 redirects to %2 (HTTP %3), which is not followed: give the address itself.</source>
        <translation>%1 leitet an %2 weiter (HTTP %3); dem wird nicht gefolgt: Geben Sie die Adresse selbst an.</translation>
    </message>
    <message>
        <source>The server sent no whole message for %1 ms after a heartbeat; the connection counts as lost.</source>
        <translation>Der Server hat nach einem Heartbeat %1 ms lang keine ganze Nachricht gesendet; die Verbindung gilt als verloren.</translation>
    </message>
    <message>
        <source>%1 message(s) were not sent: the server refused the session.</source>
        <translation>Nicht gesendete Nachrichten: %1. Der Server hat die Sitzung abgelehnt.</translation>
    </message>
    <message>
        <source>The request was not sent: there is no connection, and none will be made by itself.</source>
        <translation>Die Anfrage wurde nicht gesendet: Es gibt keine Verbindung, und von selbst kommt keine zustande.</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>Connections</source>
        <translation>Verbindungen</translation>
    </message>
    <message>
        <source>Offline: no server is set</source>
        <translation>Offline: kein Server angegeben</translation>
    </message>
    <message>
        <source>%1 – explain</source>
        <translation>%1 – erklären</translation>
    </message>
    <message>
        <source>Key %1</source>
        <translation>Taste %1</translation>
    </message>
</context>
<context>
    <name>TallyButton</name>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>The filter asks for these</source>
        <translation>Der Filter zeigt diese</translation>
    </message>
    <message>
        <source>Filter for these</source>
        <translation>Nach diesen filtern</translation>
    </message>
</context>
<context>
    <name>TestVerdict</name>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>Try %1</source>
        <translation>%1 versuchen</translation>
    </message>
</context>
<context>
    <name>Theme</name>
    <message>
        <source>Critical</source>
        <translation>Kritisch</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>Unbekannt</translation>
    </message>
    <message>
        <source>Info</source>
        <translation>Info</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>Ausgefallen</translation>
    </message>
    <message>
        <source>Degraded</source>
        <translation>Beeinträchtigt</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>In Ordnung</translation>
    </message>
</context>
<context>
    <name>Timeline</name>
    <message>
        <source>Not up to date. %1</source>
        <translation>Nicht aktuell. %1</translation>
    </message>
    <message>
        <source>Not available. %1</source>
        <translation>Nicht verfügbar. %1</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>Wird geladen…</translation>
    </message>
    <message>
        <source>What is older than this is not kept any more.</source>
        <translation>Älteres wird nicht mehr aufbewahrt.</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Neu versuchen</translation>
    </message>
</context>
<context>
    <name>TrayPicture</name>
    <message>
        <source>critical</source>
        <translation>kritisch</translation>
    </message>
    <message>
        <source>warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>info</source>
        <translation>Info</translation>
    </message>
    <message>
        <source>Not live: what is new is not known</source>
        <translation>Nicht live: Neues ist nicht bekannt</translation>
    </message>
    <message>
        <source>%L1 %2 of %L3 active</source>
        <translation>%L1 %2 von %L3 aktiv</translation>
    </message>
    <message>
        <source>No active incidents</source>
        <translation>Keine aktiven Vorfälle</translation>
    </message>
    <message>
        <source>%1, calls are snoozed</source>
        <translation>%1, stummgeschaltet</translation>
    </message>
    <message>
        <source>None heard of; the server sends no list</source>
        <translation>Von keinem gehört; der Server sendet keine Liste</translation>
    </message>
</context>
<context>
    <name>VolumeSlider</name>
    <message>
        <source>Volume: %1 %</source>
        <translation>Lautstärke: %1 %</translation>
    </message>
</context>
<context>
    <name>WallBand</name>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
</context>
<context>
    <name>WallBands</name>
    <message>
        <source>Not confirmed yet: as of %1, %2 ago</source>
        <translation>Noch nicht abgeglichen: Stand %1, vor %2</translation>
    </message>
    <message>
        <source>Not live: as of %1, %2 ago</source>
        <translation>Nicht live: Stand %1, vor %2</translation>
    </message>
    <message>
        <source>Not live: nothing is known yet</source>
        <translation>Nicht live: noch ist nichts bekannt</translation>
    </message>
    <message>
        <source>Demonstration: these incidents are not real</source>
        <translation>Vorführung: diese Vorfälle sind nicht echt</translation>
    </message>
    <message>
        <source>The list may lack something: %1</source>
        <translation>Der Liste fehlt vielleicht etwas: %1</translation>
    </message>
</context>
<context>
    <name>WallConnection</name>
    <message>
        <source>Live</source>
        <translation>Live</translation>
    </message>
    <message>
        <source>Catching up</source>
        <translation>Holt auf</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>Verbindet</translation>
    </message>
    <message>
        <source>Reconnecting</source>
        <translation>Verbindet neu</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>Offline</translation>
    </message>
    <message>
        <source>Not authorised</source>
        <translation>Nicht berechtigt</translation>
    </message>
    <message>
        <source>next attempt in %1 s</source>
        <translation>nächster Versuch in %1 s</translation>
    </message>
</context>
<context>
    <name>WallEmpty</name>
    <message>
        <source>%1. %2</source>
        <translation>%1. %2</translation>
    </message>
    <message>
        <source>No active incidents since %1</source>
        <translation>Keine aktiven Vorfälle seit %1</translation>
    </message>
    <message>
        <source>None of these</source>
        <translation>Keine von diesen</translation>
    </message>
    <message>
        <source>Nothing is known yet</source>
        <translation>Noch ist nichts bekannt</translation>
    </message>
    <message>
        <source>Live, and nothing open for %1</source>
        <translation>Live, seit %1 nichts offen</translation>
    </message>
    <message numerus="yes">
        <source>%Ln active incidents besides</source>
        <translation>
            <numerusform>%Ln anderer aktiver Vorfall</numerusform>
            <numerusform>%Ln andere aktive Vorfälle</numerusform>
        </translation>
    </message>
    <message>
        <source>Waiting for the list of incidents.</source>
        <translation>Wartet auf die Liste der Vorfälle.</translation>
    </message>
    <message>
        <source>No incident heard of since %1</source>
        <translation>Von keinem Vorfall gehört seit %1</translation>
    </message>
    <message>
        <source>What was open before is not known: this server sends no list of incidents.</source>
        <translation>Was vorher offen war, ist nicht bekannt: Dieser Server sendet keine Liste der Vorfälle.</translation>
    </message>
    <message>
        <source>None of these as of %1</source>
        <translation>Keine von diesen, Stand %1</translation>
    </message>
    <message numerus="yes">
        <source>%Ln active incidents besides when last known</source>
        <translation>
            <numerusform>%Ln anderer aktiver Vorfall nach letztem Stand</numerusform>
            <numerusform>%Ln andere aktive Vorfälle nach letztem Stand</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WallFooter</name>
    <message>
        <source>Offline: no server is set</source>
        <translation>Offline: kein Server angegeben</translation>
    </message>
    <message numerus="yes">
        <source>%Ln more than there is room for</source>
        <translation>
            <numerusform>%Ln mehr, als Platz ist</numerusform>
            <numerusform>%Ln mehr, als Platz ist</numerusform>
        </translation>
    </message>
    <message>
        <source>New critical incident</source>
        <translation>Neuer kritischer Vorfall</translation>
    </message>
    <message>
        <source>Screen %1 of %2</source>
        <translation>Bild %1 von %2</translation>
    </message>
    <message>
        <source>Page %1 of %2</source>
        <translation>Seite %1 von %2</translation>
    </message>
</context>
<context>
    <name>WallHeader</name>
    <message>
        <source>Active incidents: not known</source>
        <translation>Aktive Vorfälle: nicht bekannt</translation>
    </message>
    <message numerus="yes">
        <source>%Ln active incidents</source>
        <translation>
            <numerusform>%Ln aktiver Vorfall</numerusform>
            <numerusform>%Ln aktive Vorfälle</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln active incidents when last known</source>
        <translation>
            <numerusform>%Ln aktiver Vorfall nach letztem Stand</numerusform>
            <numerusform>%Ln aktive Vorfälle nach letztem Stand</numerusform>
        </translation>
    </message>
    <message>
        <source>active incident</source>
        <translation>aktiver Vorfall</translation>
    </message>
    <message>
        <source>active incidents</source>
        <translation>aktive Vorfälle</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message numerus="yes">
        <source>%Ln active incidents heard of</source>
        <translation>
            <numerusform>von %Ln aktivem Vorfall gehört</numerusform>
            <numerusform>von %Ln aktiven Vorfällen gehört</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WallList</name>
    <message>
        <source>Active incidents</source>
        <translation>Aktive Vorfälle</translation>
    </message>
</context>
<context>
    <name>WallMonitors</name>
    <message numerus="yes">
        <source>%1 – %Ln more than there is room for</source>
        <translation>
            <numerusform>%1 – %Ln mehr, als Platz ist</numerusform>
            <numerusform>%1 – %Ln mehr, als Platz ist</numerusform>
        </translation>
    </message>
    <message>
        <source>Monitors</source>
        <translation>Monitore</translation>
    </message>
    <message>
        <source>%1: %2 for %3</source>
        <translation>%1: %2 seit %3</translation>
    </message>
    <message>
        <source>%1: %2 when last known</source>
        <translation>%1: %2 nach letztem Stand</translation>
    </message>
    <message>
        <source>%1 for %2</source>
        <translation>%1 seit %2</translation>
    </message>
    <message>
        <source>No monitor is known</source>
        <translation>Kein Monitor ist bekannt</translation>
    </message>
    <message>
        <source>Nothing is known yet</source>
        <translation>Noch ist nichts bekannt</translation>
    </message>
    <message>
        <source>%1, heard since %2</source>
        <translation>%1, gehört seit %2</translation>
    </message>
</context>
<context>
    <name>WallRow</name>
    <message>
        <source>Acknowledged by %1</source>
        <translation>Bestätigt von %1</translation>
    </message>
    <message>
        <source>Acknowledged</source>
        <translation>Bestätigt</translation>
    </message>
    <message>
        <source>×%L1</source>
        <translation>×%L1</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>for %1</source>
        <translation>seit %1</translation>
    </message>
</context>
<context>
    <name>WallView</name>
    <message>
        <source>Incidents</source>
        <translation>Vorfälle</translation>
    </message>
    <message>
        <source>All are shown, because the filter is wrong: %1</source>
        <translation>Alle werden gezeigt, weil der Filter falsch ist: %1</translation>
    </message>
    <message>
        <source>There are no pages to be shown</source>
        <translation>Es gibt keine Seiten, die zu zeigen wären</translation>
    </message>
</context>
<context>
    <name>tocsin::AbsentNotifier</name>
    <message>
        <source>No notifications: this program was built without Qt D-Bus.</source>
        <translation>Keine Benachrichtigungen: Dieses Programm wurde ohne Qt D-Bus gebaut.</translation>
    </message>
</context>
<context>
    <name>tocsin::ActivityBars</name>
    <message numerus="yes">
        <source>%Ln critical</source>
        <translation>
            <numerusform>%Ln kritischer</numerusform>
            <numerusform>%Ln kritische</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln warning(s)</source>
        <translation>
            <numerusform>%Ln Warnung</numerusform>
            <numerusform>%Ln Warnungen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln unknown</source>
        <translation>
            <numerusform>%Ln unbekannter</numerusform>
            <numerusform>%Ln unbekannte</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln info</source>
        <translation>
            <numerusform>%Ln Info</numerusform>
            <numerusform>%Ln Infos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln opened</source>
        <translation>
            <numerusform>%Ln gemeldet</numerusform>
            <numerusform>%Ln gemeldet</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 to %2: %3, %4</source>
        <translation>%1 bis %2: %3, %4</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message numerus="yes">
        <source>%Ln resolved</source>
        <translation>
            <numerusform>%Ln behoben</numerusform>
            <numerusform>%Ln behoben</numerusform>
        </translation>
    </message>
    <message>
        <source>Last 24 hours: %1, %2.</source>
        <translation>Letzte 24 Stunden: %1, %2.</translation>
    </message>
    <message>
        <source>Most were opened from %1 on.</source>
        <translation>Die meisten wurden ab %1 gemeldet.</translation>
    </message>
    <message>
        <source>The last 24 hours are not known.</source>
        <translation>Die letzten 24 Stunden sind nicht bekannt.</translation>
    </message>
    <message>
        <source>Counted since %1: %2, %3.</source>
        <translation>Gezählt seit %1: %2, %3.</translation>
    </message>
</context>
<context>
    <name>tocsin::Alarm</name>
    <message>
        <source>tomorrow %1</source>
        <translation>morgen %1</translation>
    </message>
    <message>
        <source>Sound and notifications are off.</source>
        <translation>Ton und Benachrichtigungen sind aus.</translation>
    </message>
    <message>
        <source>Snoozed until %1.</source>
        <translation>Stummgeschaltet bis %1.</translation>
    </message>
    <message>
        <source>Sound is on, notifications are off.</source>
        <translation>Ton ist an, Benachrichtigungen sind aus.</translation>
    </message>
    <message>
        <source>Sound and notifications are on.</source>
        <translation>Ton und Benachrichtigungen sind an.</translation>
    </message>
    <message>
        <source>Notifications are on, sound is off.</source>
        <translation>Benachrichtigungen sind an, Ton ist aus.</translation>
    </message>
    <message>
        <source>until %1</source>
        <translation>bis %1</translation>
    </message>
    <message>
        <source>No notifications</source>
        <translation>Keine Benachrichtigungen</translation>
    </message>
    <message>
        <source>No sound</source>
        <translation>Kein Ton</translation>
    </message>
    <message>
        <source>Cannot call</source>
        <translation>Kann nicht alarmieren</translation>
    </message>
</context>
<context>
    <name>tocsin::AlarmSettings</name>
    <message>
        <source>%1: %2 Until it is right, all incidents call.</source>
        <translation>%1: %2 Bis er stimmt, alarmieren alle Vorfälle.</translation>
    </message>
</context>
<context>
    <name>tocsin::Autostart</name>
    <message>
        <source>%1 cannot be written: %2</source>
        <translation>%1 kann nicht geschrieben werden: %2</translation>
    </message>
    <message>
        <source>its directory cannot be made.</source>
        <translation>das Verzeichnis kann nicht angelegt werden.</translation>
    </message>
</context>
<context>
    <name>tocsin::Clock</name>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 min</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 h %2 min</translation>
    </message>
    <message>
        <source>%1 d</source>
        <translation>%1 d</translation>
    </message>
    <message>
        <source>%1 d %2 h</source>
        <translation>%1 d %2 h</translation>
    </message>
    <message>
        <source>1 second</source>
        <translation>1 Sekunde</translation>
    </message>
    <message>
        <source>%1 seconds</source>
        <translation>%1 Sekunden</translation>
    </message>
    <message>
        <source>1 minute</source>
        <translation>1 Minute</translation>
    </message>
    <message>
        <source>%1 minutes</source>
        <translation>%1 Minuten</translation>
    </message>
    <message>
        <source>1 hour</source>
        <translation>1 Stunde</translation>
    </message>
    <message>
        <source>%1 hours</source>
        <translation>%1 Stunden</translation>
    </message>
    <message>
        <source>1 day</source>
        <translation>1 Tag</translation>
    </message>
    <message>
        <source>%1 days</source>
        <translation>%1 Tagen</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
</context>
<context>
    <name>tocsin::CommandNotices</name>
    <message>
        <source>An incident</source>
        <translation>Ein Vorfall</translation>
    </message>
    <message>
        <source>“%1”</source>
        <translation>„%1“</translation>
    </message>
    <message>
        <source>%1 was not acknowledged.</source>
        <translation>%1 wurde nicht bestätigt.</translation>
    </message>
    <message>
        <source>The acknowledgement of %1 was not taken back.</source>
        <translation>%1: Die Bestätigung wurde nicht zurückgenommen.</translation>
    </message>
    <message>
        <source>%1 was not resolved.</source>
        <translation>%1 wurde nicht behoben.</translation>
    </message>
    <message>
        <source>%1 was not assigned.</source>
        <translation>%1 wurde nicht zugewiesen.</translation>
    </message>
    <message>
        <source>The comment on %1 was not taken.</source>
        <translation>%1: Der Kommentar wurde nicht angenommen.</translation>
    </message>
    <message>
        <source>%1 incidents were not acknowledged.</source>
        <translation>%1 Vorfälle wurden nicht bestätigt.</translation>
    </message>
    <message>
        <source>%1 acknowledgements were not taken back.</source>
        <translation>%1 Bestätigungen wurden nicht zurückgenommen.</translation>
    </message>
    <message>
        <source>%1 incidents were not resolved.</source>
        <translation>%1 Vorfälle wurden nicht behoben.</translation>
    </message>
    <message>
        <source>%1 incidents were not assigned.</source>
        <translation>%1 Vorfälle wurden nicht zugewiesen.</translation>
    </message>
    <message>
        <source>%1 comments were not taken.</source>
        <translation>%1 Kommentare wurden nicht angenommen.</translation>
    </message>
    <message>
        <source>Your token may only look.</source>
        <translation>Das Token darf nur lesen.</translation>
    </message>
    <message>
        <source>It is resolved already.</source>
        <translation>Bereits behoben.</translation>
    </message>
    <message>
        <source>The server does not know it any more.</source>
        <translation>Dem Server nicht mehr bekannt.</translation>
    </message>
    <message>
        <source>There is no connection; it was not sent.</source>
        <translation>Es besteht keine Verbindung; es wurde nichts gesendet.</translation>
    </message>
    <message>
        <source>The server did not answer in time; it may be done all the same.</source>
        <translation>Der Server hat nicht rechtzeitig geantwortet; es kann trotzdem geschehen sein.</translation>
    </message>
    <message>
        <source>The connection was lost before the answer; it may be done all the same.</source>
        <translation>Die Verbindung ist vor der Antwort abgebrochen; es kann trotzdem geschehen sein.</translation>
    </message>
    <message>
        <source>, </source>
        <translation>, </translation>
    </message>
    <message>
        <source>%1 and %2 more</source>
        <translation>%1 und noch %2</translation>
    </message>
    <message>
        <source>%1 commands failed.</source>
        <translation>%1 Befehle sind fehlgeschlagen.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1 is acknowledged.</source>
        <translation>%1 ist bestätigt.</translation>
    </message>
    <message>
        <source>%1 incidents are acknowledged.</source>
        <translation>%1 Vorfälle sind bestätigt.</translation>
    </message>
</context>
<context>
    <name>tocsin::ConnectionTest</name>
    <message>
        <source>This is not the address of a server.</source>
        <translation>Das ist keine Adresse eines Servers.</translation>
    </message>
    <message>
        <source>Trying %1…</source>
        <translation>%1 wird geprüft…</translation>
    </message>
    <message>
        <source>There is no “%1”.</source>
        <translation>„%1“ gibt es nicht.</translation>
    </message>
    <message>
        <source>No computer of this name is known here. Check the spelling; if the server is in a company&apos;s network, is this computer in it, or its VPN on?</source>
        <translation>Ein Rechner dieses Namens ist hier nicht bekannt. Ist er richtig geschrieben? Steht der Server in einem Firmennetz: Ist dieser Rechner darin oder das VPN an?</translation>
    </message>
    <message>
        <source>Nothing answers at %1.</source>
        <translation>Unter %1 antwortet nichts.</translation>
    </message>
    <message>
        <source>The computer is there, and refuses port %1. A gateway without a web server in front of it has port %2.</source>
        <translation>Der Rechner ist da und lehnt Port %1 ab. Ein Gateway ohne Webserver davor hat Port %2.</translation>
    </message>
    <message>
        <source>The computer is there, and refuses port %1. Is the server running, and is this its port?</source>
        <translation>Der Rechner ist da und lehnt Port %1 ab. Läuft der Server, und ist das sein Port?</translation>
    </message>
    <message>
        <source>%1 does not answer.</source>
        <translation>%1 antwortet nicht.</translation>
    </message>
    <message>
        <source>Nothing came back. Is the server on, and does a firewall let this computer through to its port? Some networks need a VPN.</source>
        <translation>Es kam nichts zurück. Ist der Server an, und lässt eine Firewall diesen Rechner zu seinem Port durch? Manche Netze brauchen ein VPN.</translation>
    </message>
    <message>
        <source>%1 hung up before it answered.</source>
        <translation>%1 hat vor der Antwort aufgelegt.</translation>
    </message>
    <message>
        <source>Something listens there that does not speak TLS, or that does not want to be spoken to. Is the port right?</source>
        <translation>Dort lauscht etwas, das kein TLS spricht oder nicht angesprochen werden will. Stimmt der Port?</translation>
    </message>
    <message>
        <source>Something listens there that does not speak HTTP, or wants it encrypted. Is the port right?</source>
        <translation>Dort lauscht etwas, das kein HTTP spricht oder es verschlüsselt will. Stimmt der Port?</translation>
    </message>
    <message>
        <source>The certificate of %1 has expired.</source>
        <translation>Das Zertifikat von %1 ist abgelaufen.</translation>
    </message>
    <message>
        <source>The certificate of %1 is not valid yet.</source>
        <translation>Das Zertifikat von %1 ist noch nicht gültig.</translation>
    </message>
    <message>
        <source>The certificate of %1 is for another name.</source>
        <translation>Das Zertifikat von %1 gilt für einen anderen Namen.</translation>
    </message>
    <message>
        <source>The certificate of %1 is not trusted here.</source>
        <translation>Dem Zertifikat von %1 wird hier nicht vertraut.</translation>
    </message>
    <message>
        <source>The certificate of %1 was revoked.</source>
        <translation>Das Zertifikat von %1 wurde widerrufen.</translation>
    </message>
    <message>
        <source>%1 wants a certificate of this computer.</source>
        <translation>%1 verlangt ein Zertifikat dieses Rechners.</translation>
    </message>
    <message>
        <source>The dashboard has none to show. Ask for an address where a token is enough.</source>
        <translation>Das Dashboard hat keines vorzuzeigen. Um eine Adresse bitten, bei der ein Token genügt.</translation>
    </message>
    <message>
        <source>No secure connection to %1.</source>
        <translation>Keine sichere Verbindung zu %1.</translation>
    </message>
    <message>
        <source>It does not speak TLS at this port, or not as this computer does. At %1 it may answer: but there the token and the incidents can be read on the way.</source>
        <translation>An diesem Port spricht er kein TLS oder nicht so wie dieser Rechner. Unter %1 antwortet er vielleicht: Dort sind Token und Vorfälle aber unterwegs lesbar.</translation>
    </message>
    <message>
        <source>%1 cannot serve at the moment.</source>
        <translation>%1 kann gerade nicht bedienen.</translation>
    </message>
    <message>
        <source>A web server answers, and says that what is behind it does not (%1) Is the gateway running? Try again in a while.</source>
        <translation>Ein Webserver antwortet und sagt, dass der dahinter nicht antwortet (%1) Läuft das Gateway? Später neu versuchen.</translation>
    </message>
    <message>
        <source>%1 is not a Tocsin server.</source>
        <translation>%1 ist kein Tocsin-Server.</translation>
    </message>
    <message>
        <source>%1 could not be tried.</source>
        <translation>%1 konnte nicht geprüft werden.</translation>
    </message>
    <message>
        <source>It says: “%1”.</source>
        <translation>Antwort: „%1“.</translation>
    </message>
    <message>
        <source>%1 wants a token.</source>
        <translation>%1 verlangt ein Token.</translation>
    </message>
    <message>
        <source>Whoever runs the server makes one for you, with “tocsin-gateway token new”.</source>
        <translation>Wer den Server betreibt, legt eines an: mit „tocsin-gateway token new“.</translation>
    </message>
    <message>
        <source>%1 does not accept this token.</source>
        <translation>%1 nimmt dieses Token nicht an.</translation>
    </message>
    <message>
        <source>It does not know the token, or the token has expired: servers do not tell which. Copy it once more, whole, or ask for a new one.</source>
        <translation>Das Token ist dort unbekannt oder abgelaufen; was davon, sagen Server nicht. Noch einmal ganz kopieren oder um ein neues bitten.</translation>
    </message>
    <message>
        <source>%1 knows the token, and does not let it in.</source>
        <translation>%1 kennt das Token und lässt es nicht ein.</translation>
    </message>
    <message>
        <source>Ask for a token of a viewer or a responder.</source>
        <translation>Um das Token eines Betrachters oder Bearbeiters bitten.</translation>
    </message>
    <message>
        <source>%1 speaks another version of the protocol.</source>
        <translation>%1 spricht eine andere Version des Protokolls.</translation>
    </message>
    <message>
        <source>Bring the dashboard and the server to the same release.</source>
        <translation>Dashboard und Server auf denselben Stand bringen.</translation>
    </message>
    <message>
        <source>%1 wants to be asked less often.</source>
        <translation>%1 will seltener gefragt werden.</translation>
    </message>
    <message>
        <source>Try again in a while.</source>
        <translation>Später neu versuchen.</translation>
    </message>
    <message>
        <source>%1 closed the connection.</source>
        <translation>%1 hat die Verbindung geschlossen.</translation>
    </message>
    <message>
        <source>Its code is %1. Try again; if it stays so, ask whoever runs the server.</source>
        <translation>Der Code ist %1. Neu versuchen; bleibt es so, den Betreiber des Servers fragen.</translation>
    </message>
    <message>
        <source>%1 takes WebSockets, but not ours.</source>
        <translation>%1 nimmt WebSockets an, aber nicht diesen.</translation>
    </message>
    <message>
        <source>It closed the connection with code %1 and had said nothing that a Tocsin server says. Is the path of the address right?</source>
        <translation>Die Verbindung wurde mit Code %1 geschlossen, ohne dass etwas kam, was ein Tocsin-Server sagt. Stimmt der Pfad der Adresse?</translation>
    </message>
    <message>
        <source>%1 lets you in, but not into every room.</source>
        <translation>%1 lässt ein, aber nicht in jeden Raum.</translation>
    </message>
    <message>
        <source>It says: “%1”</source>
        <translation>Antwort: „%1“</translation>
    </message>
    <message>
        <source>You are %1, who may look and not act (role viewer).</source>
        <translation>Angemeldet als %1: darf ansehen, nicht handeln (Rolle viewer).</translation>
    </message>
    <message>
        <source>You are %1, with the role %2.</source>
        <translation>Angemeldet als %1 mit der Rolle %2.</translation>
    </message>
    <message>
        <source>It asks for no token.</source>
        <translation>Ein Token wird nicht verlangt.</translation>
    </message>
    <message>
        <source>Rooms: %1.</source>
        <translation>Räume: %1.</translation>
    </message>
    <message>
        <source>Active incidents: %1.</source>
        <translation>Aktive Vorfälle: %1.</translation>
    </message>
    <message>
        <source>It is a plain server: it sends what happens, and nothing that was missed.</source>
        <translation>Ein einfacher Server: Er sendet, was geschieht, und nichts, was verpasst wurde.</translation>
    </message>
    <message>
        <source>It works: connected to %1.</source>
        <translation>Es klappt: verbunden mit %1.</translation>
    </message>
    <message>
        <source>%1 lets you in, and then is silent.</source>
        <translation>%1 lässt ein und schweigt dann.</translation>
    </message>
    <message>
        <source>The list of incidents did not come in time. Try again; if it stays so, ask whoever runs the server.</source>
        <translation>Die Liste der Vorfälle kam nicht rechtzeitig. Neu versuchen; bleibt es so, den Betreiber des Servers fragen.</translation>
    </message>
    <message>
        <source>%1 takes WebSockets, but does not answer as a Tocsin server.</source>
        <translation>%1 nimmt WebSockets an, antwortet aber nicht wie ein Tocsin-Server.</translation>
    </message>
    <message>
        <source>What it sends is not understood. Is the path of the address right?</source>
        <translation>Was gesendet wird, ist nicht verständlich. Stimmt der Pfad der Adresse?</translation>
    </message>
    <message>
        <source>Is the path of the address right? A plain server that speaks only when something happens looks the same: if it is one, connect all the same.</source>
        <translation>Stimmt der Pfad der Adresse? Ein einfacher Server, der nur spricht, wenn etwas geschieht, sieht genauso aus: Ist es einer, trotzdem verbinden.</translation>
    </message>
</context>
<context>
    <name>tocsin::Dashboard</name>
    <message>
        <source>Showing %1.</source>
        <translation>%1 wird angezeigt.</translation>
    </message>
    <message>
        <source>Incidents are received at %1/ingest/alertmanager and %1/ingest/incident.</source>
        <translation>Vorfälle werden unter %1/ingest/alertmanager und %1/ingest/incident empfangen.</translation>
    </message>
    <message>
        <source>Joined the gateway already running at %1.</source>
        <translation>Mit dem bereits laufenden Gateway unter %1 verbunden.</translation>
    </message>
    <message>
        <source>Incidents are no longer received on this computer.</source>
        <translation>Auf diesem Rechner werden keine Vorfälle mehr empfangen.</translation>
    </message>
    <message>
        <source>Another program has port %1: what is sent there is not shown here. Incidents for this list are received on port %2.</source>
        <translation>Port %1 gehört einem anderen Programm: Was dorthin gesendet wird, erscheint hier nicht. Vorfälle für diese Liste werden an Port %2 empfangen.</translation>
    </message>
</context>
<context>
    <name>tocsin::DesktopNotifier</name>
    <message>
        <source>No notifications: there is no session bus here.</source>
        <translation>Keine Benachrichtigungen: Hier gibt es keinen Sitzungsbus.</translation>
    </message>
    <message>
        <source>No notifications: this desktop&apos;s notification service has ended.</source>
        <translation>Keine Benachrichtigungen: Der Dienst dieses Desktops dafür hat sich beendet.</translation>
    </message>
    <message>
        <source>No notifications: no notification service was found on this desktop.</source>
        <translation>Keine Benachrichtigungen: Auf diesem Desktop wurde kein Dienst dafür gefunden.</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>Acknowledge</source>
        <translation>Bestätigen</translation>
    </message>
    <message>
        <source>No notifications: the desktop did not take the last one (%1).</source>
        <translation>Keine Benachrichtigungen: Der Desktop hat die letzte nicht angenommen (%1).</translation>
    </message>
</context>
<context>
    <name>tocsin::DoubtModel</name>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Messages that this program does not know, the latest “%1”.</source>
        <translation>Nachrichten, die dieses Programm nicht kennt, zuletzt „%1“.</translation>
    </message>
    <message>
        <source>Look whether the source runs and whether it reaches the gateway; until then, its alerts are missing here.</source>
        <translation>Prüfen, ob die Quelle läuft und das Gateway erreicht; bis dahin fehlen ihre Alarme hier.</translation>
    </message>
    <message>
        <source>What it said is not on this screen. Show this to whoever runs the server, and look at the source of the alerts itself until it is repaired.</source>
        <translation>Der Inhalt der Nachricht ist auf diesem Bildschirm nicht zu sehen. Dies dem Betreiber des Servers zeigen und direkt an der Quelle der Alarme nachsehen, bis der Fehler beseitigt ist.</translation>
    </message>
    <message>
        <source>The server speaks of something that this program cannot show: update the program, or ask whoever runs the server what it means.</source>
        <translation>Der Server spricht von etwas, das dieses Programm nicht anzeigen kann: das Programm aktualisieren oder den Betreiber des Servers fragen, was es bedeutet.</translation>
    </message>
    <message>
        <source>1 silent source</source>
        <translation>1 Quelle schweigt</translation>
    </message>
    <message>
        <source>%1 silent sources</source>
        <translation>%1 Quellen schweigen</translation>
    </message>
    <message>
        <source>1 message rejected</source>
        <translation>1 Nachricht abgelehnt</translation>
    </message>
    <message>
        <source>%L1 messages rejected</source>
        <translation>%L1 Nachrichten abgelehnt</translation>
    </message>
    <message>
        <source>1 message unknown</source>
        <translation>1 Nachricht unbekannt</translation>
    </message>
    <message>
        <source>%L1 messages unknown</source>
        <translation>%L1 Nachrichten unbekannt</translation>
    </message>
    <message>
        <source>The server sends what happens, and no list of what is open.</source>
        <translation>Der Server sendet, was geschieht, und keine Liste dessen, was offen ist.</translation>
    </message>
    <message>
        <source>What was opened, changed or resolved before then may be missing here or out of date: look at the source of the alerts itself. A Tocsin gateway in between keeps the list.</source>
        <translation>Was vorher geöffnet, geändert oder gelöst wurde, kann hier fehlen oder veraltet sein: Sehen Sie an der Quelle der Alarme selbst nach. Ein Tocsin-Gateway dazwischen führt die Liste.</translation>
    </message>
    <message>
        <source>no list from the server</source>
        <translation>keine Liste vom Server</translation>
    </message>
</context>
<context>
    <name>tocsin::FeedConnection</name>
    <message>
        <source>“%1” is not the address of a server: it must look like wss://ops.example.com/ws.</source>
        <translation>„%1“ ist keine Serveradresse; erwartet wird die Form wss://ops.example.com/ws.</translation>
    </message>
    <message>
        <source>The token file %1 cannot be read: %2.</source>
        <translation>Die Token-Datei %1 ist nicht lesbar: %2.</translation>
    </message>
    <message>
        <source>The token file %1 is empty.</source>
        <translation>Die Token-Datei %1 ist leer.</translation>
    </message>
</context>
<context>
    <name>tocsin::FileSecrets</name>
    <message>
        <source>The directory %1 for tokens cannot be made.</source>
        <translation>Das Verzeichnis %1 für Token lässt sich nicht anlegen.</translation>
    </message>
    <message>
        <source>The token in %1 is not used, because others can read or change the file. Make it yours alone (chmod 600), or enter the token again.</source>
        <translation>Das Token in %1 wird nicht benutzt, weil andere die Datei lesen oder ändern können. Nur für sich selbst zugänglich machen (chmod 600) oder das Token neu eingeben.</translation>
    </message>
    <message>
        <source>The token file %1 cannot be read: %2.</source>
        <translation>Die Token-Datei %1 ist nicht lesbar: %2.</translation>
    </message>
    <message>
        <source>The token cannot be kept in %1: %2.</source>
        <translation>Das Token lässt sich nicht in %1 aufbewahren: %2.</translation>
    </message>
    <message>
        <source>The token file %1 cannot be removed: %2.</source>
        <translation>Die Token-Datei %1 lässt sich nicht entfernen: %2.</translation>
    </message>
</context>
<context>
    <name>tocsin::IncidentActions</name>
    <message>
        <source>The server does not know who you are: connect with a token.</source>
        <translation>Dem Server ist nicht bekannt, wer verbunden ist: mit einem Token verbinden.</translation>
    </message>
</context>
<context>
    <name>tocsin::IncidentCommands</name>
    <message>
        <source>Not confirmed yet: nothing can be done until the server has sent its list.</source>
        <translation>Noch nicht abgeglichen: Erst möglich, wenn der Server seine Liste gesendet hat.</translation>
    </message>
    <message>
        <source>Not connected: nothing can be done until the server is back.</source>
        <translation>Nicht verbunden: Erst möglich, wenn der Server wieder erreichbar ist.</translation>
    </message>
    <message>
        <source>Viewer: your token may only look.</source>
        <translation>Betrachter: Das Token darf nur lesen.</translation>
    </message>
    <message>
        <source>No incident is chosen.</source>
        <translation>Kein Vorfall gewählt.</translation>
    </message>
    <message>
        <source>At most %1 incidents at once.</source>
        <translation>Höchstens %1 Vorfälle auf einmal.</translation>
    </message>
    <message>
        <source>Already resolved.</source>
        <translation>Bereits behoben.</translation>
    </message>
    <message>
        <source>Already acknowledged.</source>
        <translation>Bereits bestätigt.</translation>
    </message>
    <message>
        <source>Not acknowledged.</source>
        <translation>Nicht bestätigt.</translation>
    </message>
</context>
<context>
    <name>tocsin::KeyringSecrets</name>
    <message>
        <source>The keyring was not unlocked. Unlock it and start Tocsin again, or enter the token again.</source>
        <translation>Der Schlüsselbund wurde nicht entsperrt. Entsperren und Tocsin neu starten, oder das Token neu eingeben.</translation>
    </message>
    <message>
        <source>The keyring has no token for this server.</source>
        <translation>Der Schlüsselbund hat kein Token für diesen Server.</translation>
    </message>
    <message>
        <source>No keyring answers here (%1).</source>
        <translation>Hier antwortet kein Schlüsselbund (%1).</translation>
    </message>
    <message>
        <source>This program was built without a keyring (QtKeychain).</source>
        <translation>Dieses Programm wurde ohne Schlüsselbund gebaut (QtKeychain).</translation>
    </message>
</context>
<context>
    <name>tocsin::Kiosk</name>
    <message>
        <source>No server is set.</source>
        <translation>Kein Server ist angegeben.</translation>
    </message>
    <message>
        <source>Showing %1.</source>
        <translation>%1 wird angezeigt.</translation>
    </message>
    <message>
        <source>The configuration was taken anew.</source>
        <translation>Die Konfiguration wurde neu übernommen.</translation>
    </message>
    <message>
        <source>The configuration is wrong, and what was before stays: %1</source>
        <translation>Die Konfiguration ist falsch, und was vorher war, bleibt: %1</translation>
    </message>
    <message>
        <source>Not connected: %1. Connected: %2.</source>
        <translation>Nicht angeschlossen: %1. Angeschlossen: %2.</translation>
    </message>
</context>
<context>
    <name>tocsin::LinkedIncident</name>
    <message>
        <source>The linked incident is resolved.</source>
        <translation>Die verlinkte Störung ist behoben.</translation>
    </message>
    <message>
        <source>The linked incident is not among those that are active here. It may be resolved, or at another server.</source>
        <translation>Die verlinkte Störung ist nicht unter denen, die hier aktiv sind. Sie kann behoben sein oder zu einem anderen Server gehören.</translation>
    </message>
    <message>
        <source>The linked incident is looked for as soon as all servers are live.</source>
        <translation>Die verlinkte Störung wird gesucht, sobald alle Server live sind.</translation>
    </message>
</context>
<context>
    <name>tocsin::LiveFeed</name>
    <message>
        <source>No server is set.</source>
        <translation>Kein Server angegeben.</translation>
    </message>
    <message>
        <source>%1 is sending the list of incidents.</source>
        <translation>%1 sendet die Liste der Vorfälle.</translation>
    </message>
    <message>
        <source>Connecting to %1.</source>
        <translation>Verbindet mit %1.</translation>
    </message>
    <message>
        <source>The connection to %1 was lost.</source>
        <translation>Die Verbindung zu %1 ist abgebrochen.</translation>
    </message>
    <message>
        <source>Not connected to %1.</source>
        <translation>Nicht mit %1 verbunden.</translation>
    </message>
    <message>
        <source>%1 does not accept the token.</source>
        <translation>%1 akzeptiert das Token nicht.</translation>
    </message>
    <message>
        <source>%L1 more were open then, and are not in this list.</source>
        <translation>Damals außerdem offen und nicht in dieser Liste: %L1.</translation>
    </message>
    <message>
        <source>No room is set: the server is asked for nothing.</source>
        <translation>Kein Raum ist eingestellt: Der Server wird nach nichts gefragt.</translation>
    </message>
</context>
<context>
    <name>tocsin::LoopbackVnc</name>
    <message>
        <source>Qt&apos;s VNC server was not found</source>
        <translation>Der VNC-Server von Qt wurde nicht gefunden</translation>
    </message>
    <message>
        <source>Qt&apos;s VNC server does not listen</source>
        <translation>Der VNC-Server von Qt nimmt keine Verbindungen an</translation>
    </message>
</context>
<context>
    <name>tocsin::MonitorModel</name>
    <message>
        <source>%L1 down</source>
        <translation>%L1 ausgefallen</translation>
    </message>
    <message>
        <source>%L1 degraded</source>
        <translation>%L1 beeinträchtigt</translation>
    </message>
    <message>
        <source>%L1 unknown</source>
        <translation>%L1 unbekannt</translation>
    </message>
    <message>
        <source>%L1 up</source>
        <translation>%L1 ok</translation>
    </message>
</context>
<context>
    <name>tocsin::Preferences</name>
    <message>
        <source>Colours</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>Light on dark, dark on light, or as the desktop has it.</source>
        <translation>Hell auf dunkel, dunkel auf hell oder wie auf dem Desktop.</translation>
    </message>
    <message>
        <source>theme dark mode light mode night</source>
        <translation>thema dunkelmodus hellmodus nacht theme dark mode light mode night</translation>
    </message>
    <message>
        <source>As the desktop</source>
        <translation>Wie der Desktop</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>Textgröße</translation>
    </message>
    <message>
        <source>In percent, and of everything with it: 100 at a desk, more on a wall.</source>
        <translation>In Prozent, und damit von allem: 100 am Schreibtisch, mehr an der Wand.</translation>
    </message>
    <message>
        <source>font scale zoom large small</source>
        <translation>schrift skalierung zoom groß klein font scale large small</translation>
    </message>
    <message>
        <source>Reduced motion</source>
        <translation>Weniger Bewegung</translation>
    </message>
    <message>
        <source>Rows come, go and move without being animated.</source>
        <translation>Zeilen kommen, gehen und wandern ohne Animation.</translation>
    </message>
    <message>
        <source>animation accessibility</source>
        <translation>animation barrierefreiheit accessibility</translation>
    </message>
    <message>
        <source>On</source>
        <translation>Ein</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Aus</translation>
    </message>
    <message>
        <source>Keep the last list</source>
        <translation>Letzte Liste aufbewahren</translation>
    </message>
    <message>
        <source>At the next start it is shown, marked as not confirmed, until the server has sent its own. From then on for servers that are connected anew.</source>
        <translation>Beim nächsten Start wird sie als noch nicht abgeglichen gezeigt, bis der Server seine gesendet hat. Gilt für Server, die neu verbunden werden.</translation>
    </message>
    <message>
        <source>cache offline disk privacy</source>
        <translation>cache offline festplatte datenschutz disk privacy</translation>
    </message>
    <message>
        <source>Receive incidents on this computer</source>
        <translation>Vorfälle auf diesem Rechner empfangen</translation>
    </message>
    <message>
        <source>A gateway of its own, on 127.0.0.1, which Alertmanager and others here can send to. It runs wherever no other server is shown.</source>
        <translation>Ein eigenes Gateway auf 127.0.0.1, an das Alertmanager und andere hier senden können. Es läuft, wo kein anderer Server gezeigt wird.</translation>
    </message>
    <message>
        <source>gateway server local embedded demonstration</source>
        <translation>gateway server lokal eingebaut demonstration local embedded</translation>
    </message>
    <message>
        <source>a whole number from %1 to %2</source>
        <translation>eine ganze Zahl von %1 bis %2</translation>
    </message>
    <message>
        <source>Name a file, such as %1.</source>
        <translation>Eine Datei nennen, etwa %1.</translation>
    </message>
    <message>
        <source>%1 is there already and holds something else; it was left as it is. Name another file.</source>
        <translation>%1 gibt es schon, mit anderem Inhalt; sie bleibt, wie sie ist. Eine andere Datei nennen.</translation>
    </message>
    <message>
        <source>%1 cannot be written: %2.</source>
        <translation>%1 ist nicht beschreibbar: %2.</translation>
    </message>
    <message>
        <source>Written to %1, without any token.</source>
        <translation>Nach %1 geschrieben, ohne Token.</translation>
    </message>
    <message>
        <source>%1 cannot be read: %2.</source>
        <translation>%1 ist nicht lesbar: %2.</translation>
    </message>
    <message>
        <source>it is too large to be that</source>
        <translation>zu groß dafür</translation>
    </message>
    <message>
        <source>%1, at byte %2</source>
        <translation>%1, bei Byte %2</translation>
    </message>
    <message>
        <source>%1 holds no settings that can be used: %2. Nothing was changed.</source>
        <translation>%1 enthält keine brauchbaren Einstellungen: %2. Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>Taken from %1.</source>
        <translation>Aus %1 übernommen.</translation>
    </message>
    <message>
        <source>Taken from %1. Servers added, without tokens: %2.</source>
        <translation>Aus %1 übernommen. Hinzugefügte Server, ohne Token: %2.</translation>
    </message>
    <message>
        <source>it is of a newer Tocsin</source>
        <translation>sie ist von einem neueren Tocsin</translation>
    </message>
    <message>
        <source>expected %1</source>
        <translation>erwartet wird %1</translation>
    </message>
    <message>
        <source>there is no such setting</source>
        <translation>diese Einstellung gibt es nicht</translation>
    </message>
    <message>
        <source>expected the names of rooms</source>
        <translation>erwartet werden Namen von Räumen</translation>
    </message>
    <message>
        <source>with them there would be more than %1</source>
        <translation>damit wären es mehr als %1</translation>
    </message>
    <message>
        <source>Order of the list</source>
        <translation>Reihenfolge der Liste</translation>
    </message>
    <message>
        <source>As it was chosen last, above the list.</source>
        <translation>Wie zuletzt über der Liste gewählt.</translation>
    </message>
    <message>
        <source>sort</source>
        <translation>sortieren ordnen</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>Schweregrad</translation>
    </message>
    <message>
        <source>Newest</source>
        <translation>Neueste zuerst</translation>
    </message>
    <message>
        <source>Oldest</source>
        <translation>Älteste zuerst</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>Dienst</translation>
    </message>
    <message>
        <source>Groups in the list</source>
        <translation>Gruppen in der Liste</translation>
    </message>
    <message>
        <source>As they were chosen last, above the list.</source>
        <translation>Wie zuletzt über der Liste gewählt.</translation>
    </message>
    <message>
        <source>sections headings</source>
        <translation>Abschnitte Überschriften</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>Contrast</source>
        <translation>Kontrast</translation>
    </message>
    <message>
        <source>High: stronger text, lines and marks, and nothing is pale.</source>
        <translation>Hoch: kräftigere Schrift, Linien und Zeichen, und nichts ist blass.</translation>
    </message>
    <message>
        <source>theme accessibility sight bright sun</source>
        <translation>Farben Barrierefreiheit Sehen hell Sonne theme</translation>
    </message>
    <message>
        <source>Normal</source>
        <translation>Normal</translation>
    </message>
    <message>
        <source>High</source>
        <translation>Hoch</translation>
    </message>
    <message>
        <source>Severity colours</source>
        <translation>Schweregradfarben</translation>
    </message>
    <message>
        <source>Colours that are told apart with every kind of colour blindness. Shapes and words always stand with them.</source>
        <translation>Farben, die sich bei jeder Art von Farbenblindheit unterscheiden. Form und Wort stehen immer dabei.</translation>
    </message>
    <message>
        <source>theme accessibility sight colour-blind color vision red green</source>
        <translation>Farben Barrierefreiheit Sehen farbenblind Rot Grün Farbsehen theme</translation>
    </message>
    <message>
        <source>Usual</source>
        <translation>Üblich</translation>
    </message>
    <message>
        <source>Colour-blind</source>
        <translation>Farbenblind</translation>
    </message>
    <message>
        <source>a server has at most %1 addresses</source>
        <translation>ein Server hat höchstens %1 Adressen</translation>
    </message>
    <message>
        <source>Start when you log in</source>
        <translation>Beim Anmelden starten</translation>
    </message>
    <message>
        <source>On this computer. The desktop&apos;s own settings for it say the same.</source>
        <translation>Auf diesem Computer. In den Einstellungen des Desktops steht dasselbe.</translation>
    </message>
    <message>
        <source>autostart login session boot startup</source>
        <translation>Autostart Anmeldung Sitzung Hochfahren Systemstart</translation>
    </message>
    <message>
        <source>Taken from %1, but for now only. %2</source>
        <translation>Aus %1 übernommen, aber nur vorläufig. %2</translation>
    </message>
</context>
<context>
    <name>tocsin::PresenceModel</name>
    <message>
        <source>Viewer</source>
        <translation>Betrachter</translation>
    </message>
    <message>
        <source>Responder</source>
        <translation>Bearbeiter</translation>
    </message>
    <message>
        <source>Administrator</source>
        <translation>Administrator</translation>
    </message>
    <message>
        <source>1 person watching</source>
        <translation>1 Person sieht zu</translation>
    </message>
    <message>
        <source>%1 people watching</source>
        <translation>%1 Personen sehen zu</translation>
    </message>
    <message>
        <source>1 other watching</source>
        <translation>1 weitere Person sieht zu</translation>
    </message>
    <message>
        <source>%1 others watching</source>
        <translation>%1 weitere Personen sehen zu</translation>
    </message>
</context>
<context>
    <name>tocsin::SecretStore</name>
    <message>
        <source>No token is kept for this server.</source>
        <translation>Für diesen Server ist kein Token aufbewahrt.</translation>
    </message>
</context>
<context>
    <name>tocsin::ServerBook</name>
    <message>
        <source>The system&apos;s keyring does not answer.</source>
        <translation>Der Schlüsselbund des Systems antwortet nicht.</translation>
    </message>
    <message>
        <source>This program has no keyring to keep tokens in.</source>
        <translation>Dieses Programm hat keinen Schlüsselbund für Token.</translation>
    </message>
    <message>
        <source>No token is kept for this server.</source>
        <translation>Für diesen Server ist kein Token aufbewahrt.</translation>
    </message>
    <message>
        <source>There are %1 servers already, which is as many as there may be.</source>
        <translation>Es sind schon %1 Server; mehr sind nicht möglich.</translation>
    </message>
    <message>
        <source>The servers in %1 cannot be read: %2.</source>
        <translation>Die Server in %1 lassen sich nicht lesen: %2.</translation>
    </message>
    <message>
        <source>%1 is damaged: servers may be missing here.</source>
        <translation>%1 ist beschädigt: Hier fehlen womöglich Server.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln server(s) in %1 were not understood and are not shown.</source>
        <translation>
            <numerusform>%Ln Server in %1 wurde nicht verstanden und wird nicht gezeigt.</numerusform>
            <numerusform>%Ln Server in %1 wurden nicht verstanden und werden nicht gezeigt.</numerusform>
        </translation>
    </message>
    <message>
        <source>A token that is needed no more could not be deleted: %1</source>
        <translation>Ein Token, das nicht mehr gebraucht wird, ließ sich nicht löschen: %1</translation>
    </message>
</context>
<context>
    <name>tocsin::ServerDraft</name>
    <message>
        <source>In the system&apos;s keyring</source>
        <translation>Im Schlüsselbund des Systems</translation>
    </message>
    <message>
        <source>In a file that only you can read</source>
        <translation>In einer nur für den Besitzer lesbaren Datei</translation>
    </message>
    <message>
        <source>Only until Tocsin is closed</source>
        <translation>Nur bis Tocsin beendet wird</translation>
    </message>
    <message>
        <source>Give the server&apos;s address.</source>
        <translation>Die Adresse des Servers angeben.</translation>
    </message>
    <message>
        <source>Name at least one room, such as %1.</source>
        <translation>Mindestens einen Raum nennen, etwa %1.</translation>
    </message>
    <message>
        <source>The name of a room has at most %1 characters.</source>
        <translation>Der Name eines Raums hat höchstens %1 Zeichen.</translation>
    </message>
</context>
<context>
    <name>tocsin::SilentSound</name>
    <message>
        <source>No sound: this program was built without Qt Multimedia.</source>
        <translation>Kein Ton: Dieses Programm wurde ohne Qt Multimedia gebaut.</translation>
    </message>
</context>
<context>
    <name>tocsin::SingleInstance</name>
    <message>
        <source>%1 cannot be made.</source>
        <translation>%1 kann nicht angelegt werden.</translation>
    </message>
    <message>
        <source>Another Tocsin is being started, and does not get on.</source>
        <translation>Ein anderes Tocsin wird gerade gestartet und kommt nicht voran.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>The Tocsin that runs already does not answer.</source>
        <translation>Das bereits laufende Tocsin antwortet nicht.</translation>
    </message>
</context>
<context>
    <name>tocsin::SpeakerSound</name>
    <message>
        <source>No sound: no audio output was found.</source>
        <translation>Kein Ton: Es wurde keine Tonausgabe gefunden.</translation>
    </message>
    <message>
        <source>No sound: “%1” takes none of the usual formats.</source>
        <translation>Kein Ton: „%1“ nimmt keines der üblichen Formate.</translation>
    </message>
    <message>
        <source>No sound: “%1” cannot be played on.</source>
        <translation>Kein Ton: „%1“ ist nicht abspielbar.</translation>
    </message>
</context>
<context>
    <name>tocsin::TimelineModel</name>
    <message>
        <source>critical</source>
        <translation>Kritisch</translation>
    </message>
    <message>
        <source>a warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>information</source>
        <translation>Info</translation>
    </message>
    <message>
        <source>of unknown severity</source>
        <translation>Unbekannt</translation>
    </message>
    <message>
        <source>%1 opened it</source>
        <translation>%1 hat den Vorfall eröffnet</translation>
    </message>
    <message>
        <source>It began</source>
        <translation>Der Vorfall hat begonnen</translation>
    </message>
    <message>
        <source>It is now %1</source>
        <translation>Neuer Schweregrad: %1</translation>
    </message>
    <message>
        <source>%1 acknowledged it</source>
        <translation>%1 hat den Vorfall bestätigt</translation>
    </message>
    <message>
        <source>It was acknowledged</source>
        <translation>Der Vorfall wurde bestätigt</translation>
    </message>
    <message>
        <source>%1 took the acknowledgement back</source>
        <translation>%1 hat die Bestätigung zurückgenommen</translation>
    </message>
    <message>
        <source>The acknowledgement was taken back</source>
        <translation>Die Bestätigung wurde zurückgenommen</translation>
    </message>
    <message>
        <source>%1 assigned it to nobody</source>
        <translation>%1 hat die Zuweisung aufgehoben</translation>
    </message>
    <message>
        <source>It is nobody’s any more</source>
        <translation>Der Vorfall ist niemandem mehr zugewiesen</translation>
    </message>
    <message>
        <source>%1 took it</source>
        <translation>%1 hat den Vorfall übernommen</translation>
    </message>
    <message>
        <source>It was assigned to %1</source>
        <translation>Der Vorfall wurde an %1 zugewiesen</translation>
    </message>
    <message>
        <source>%1 assigned it to %2</source>
        <translation>%1 hat den Vorfall an %2 zugewiesen</translation>
    </message>
    <message>
        <source>%1 wrote</source>
        <translation>%1 hat kommentiert</translation>
    </message>
    <message>
        <source>Somebody wrote</source>
        <translation>Jemand hat kommentiert</translation>
    </message>
    <message>
        <source>%1 resolved it</source>
        <translation>%1 hat den Vorfall behoben</translation>
    </message>
    <message>
        <source>It was resolved</source>
        <translation>Der Vorfall wurde behoben</translation>
    </message>
    <message>
        <source>%1 did something that this program does not know</source>
        <translation>%1 hat etwas getan, das dieses Programm nicht kennt</translation>
    </message>
    <message>
        <source>Something happened that this program does not know</source>
        <translation>Etwas ist geschehen, das dieses Programm nicht kennt</translation>
    </message>
    <message>
        <source>There is no connection.</source>
        <translation>Es besteht keine Verbindung.</translation>
    </message>
    <message>
        <source>The server did not answer in time.</source>
        <translation>Der Server hat nicht rechtzeitig geantwortet.</translation>
    </message>
    <message>
        <source>This server keeps no timelines.</source>
        <translation>Dieser Server führt keinen Verlauf.</translation>
    </message>
</context>
<context>
    <name>tocsin::TrayIcon</name>
    <message>
        <source>Show Tocsin</source>
        <translation>Tocsin zeigen</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Snooze for 15 minutes</source>
        <translation>15 Minuten stummschalten</translation>
    </message>
    <message>
        <source>Snooze for 1 hour</source>
        <translation>1 Stunde stummschalten</translation>
    </message>
    <message>
        <source>Snooze until %1</source>
        <translation>Bis %1 stummschalten</translation>
    </message>
    <message>
        <source>End the snooze (until %1)</source>
        <translation>Stummschaltung beenden (bis %1)</translation>
    </message>
</context>
<context>
    <name>tocsin::Words</name>
    <message>
        <source>Acknowledging…</source>
        <translation>Wird bestätigt…</translation>
    </message>
    <message>
        <source>Taking the acknowledgement back…</source>
        <translation>Bestätigung wird zurückgenommen…</translation>
    </message>
    <message>
        <source>Resolving…</source>
        <translation>Wird behoben…</translation>
    </message>
    <message>
        <source>Assigning…</source>
        <translation>Wird zugewiesen…</translation>
    </message>
    <message>
        <source>Sending a comment…</source>
        <translation>Kommentar wird gesendet…</translation>
    </message>
</context>
</TS>
