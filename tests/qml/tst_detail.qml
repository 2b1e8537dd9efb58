// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import QtTest
import ScriptedServer
import Tocsin

/// The incident that is open: all that is known of it, and what is done there.
Item {
    id: scene
    width: 1280
    height: 720

    Component {
        id: serverComponent
        ScriptedServer {}
    }
    Component {
        id: linksComponent
        OpenedLinks {}
    }
    Component {
        id: dashboardComponent

        LiveDashboard {
            anchors.fill: scene
            rooms: ["account:acme"]
        }
    }

    TestCase {
        id: test
        name: "Detail"
        when: windowShown

        property ScriptedServer server
        property LiveDashboard dashboard
        readonly property var details: ({
            createdAt: Date.now() - 3600000, updatedAt: Date.now() - 125000, service: "orders-db",
            source: "alertmanager", assignee: "Ben", count: 12,
            labels: {env: "production", team: "payments"},
            annotations: {summary: "No free <b>connection</b>", runbook_url: "https://runbooks.example.com/pool"},
            links: [{title: "Graph", url: "https://grafana.example.com:8443/d/1"},
                    {title: "Passwords", url: "file:///etc/passwd"}]
        })

        function init() {
            failOnWarning(/.*/);
            setSize(1280, 720);
            test.server = createTemporaryObject(serverComponent, scene);
        }
        function setSize(width, height) {
            scene.width = width;
            scene.height = height;
        }
        /// "Pool exhausted" on top with all that can be known of it, and a warning.
        function open() {
            server.raise("db", "Pool exhausted", "critical", test.details);
            server.raise("disk", "Disk full", "warning");
            server.addHistory("db", "created", Date.now() - 3600000);
            server.addHistory("db", "commented", Date.now() - 60000, "Ben", "On it.");
            test.dashboard = createTemporaryObject(dashboardComponent, scene,
                {server: server.url, tokenFile: server.tokenFile(),
                 savedFiltersFile: server.scratchFile("filters")});
            tryVerify(() => dashboard.feed.live && part("incidentList").count === 2);
            tryCompare(dashboard.feed.commands, "me", "Anna");
            part("incidentList").forceActiveFocus(Qt.TabFocusReason);
        }
        function openDetail() {
            open();
            keyClick(Qt.Key_Down);
            keyClick(Qt.Key_Return);
            verify(part("incidentDetail")?.visible);
            tryVerify(() => entries().length === 2);
        }
        function part(name) { return findChild(test.dashboard, name); }
        function press(name) {
            const button = part(name);
            verify(button !== null && button.visible, name);
            settle(button);
            // Whether it can be pressed follows a moment after what it is about.
            const inside = findChild(button, name + "Button");
            tryVerify(() => (inside ?? button).enabled);
            mouseClick(button);
        }
        /// Where things are settles with the next frame.
        function settle(item) {
            for (; item; item = item.parent)
                waitForItemPolished(item);
        }
        function scrollTo(name) {
            settle(part(name));
            const page = part("detailPage");
            page.contentY = Math.max(0, Math.min(page.contentHeight - page.height,
                part(name).mapToItem(page.contentItem, 0, 0).y - page.height / 2));
        }
        function row(index) {
            part("incidentList").forceLayout();
            return part("incidentList").itemAtIndex(index);
        }
        function all(item, name) {
            let found = item.objectName === name ? [item] : [];
            for (let i = 0; i < item.children.length; ++i)
                found = found.concat(all(item.children[i], name));
            return found;
        }
        function entries() { return all(part("timeline"), "timelineEntry"); }
        function write(text) {
            for (const letter of text)
                keyClick(letter);
        }

        function test_enterOpensItAndEscapeClosesIt() {
            open();
            keyClick(Qt.Key_Down);
            keyClick(Qt.Key_Return);
            verify(part("incidentDetail")?.visible);
            verify(part("incidentList").visible);
            verify(part("incidentList").activeFocus);
            compare(part("detailTitle").text, "Pool exhausted");
            // Beside the list, it follows it.
            keyClick(Qt.Key_Down);
            compare(part("detailTitle").text, "Disk full");
            keyClick(Qt.Key_Escape);
            verify(!part("incidentDetail")?.visible);
            verify(part("incidentList").activeFocus);
        }

        function test_aClickOpensItAndTheCrossClosesIt() {
            open();
            mouseClick(row(1), 200, 20);
            verify(part("incidentDetail")?.visible);
            compare(part("detailTitle").text, "Disk full");
            press("detailClose");
            verify(!part("incidentDetail")?.visible);
        }

        function test_inANarrowWindowItIsOverTheListWithAWayBack() {
            setSize(400, 800);
            open();
            mouseClick(row(0), 200, 20);
            verify(part("incidentDetail")?.visible);
            compare(part("incidentDetail").width, 400);
            verify(!part("incidentList").visible);
            press("detailBack");
            verify(!part("incidentDetail")?.visible);
            verify(part("incidentList").visible);
            keyClick(Qt.Key_Return);
            verify(part("detailPage").activeFocus);
            keyClick(Qt.Key_Escape);
            verify(!part("incidentDetail")?.visible);
        }

        function test_whatIsPickedIsLeftAloneWhileItIsNotSeen() {
            setSize(400, 800);
            open();
            keyClick(Qt.Key_Down);
            keyClick(Qt.Key_X);
            keyClick(Qt.Key_Down);
            keyClick(Qt.Key_Return);
            verify(!part("selectionBar")?.visible);
            keyClick(Qt.Key_A);
            tryVerify(() => server.commands.length === 1);
            compare(server.commands[0].uuid, "disk");
        }

        function test_allThatIsKnownIsTold() {
            openDetail();
            compare(part("detailSeverity").text, "CRITICAL");
            compare(part("detailState").text, "Open");
            tryCompare(part("detailAge"), "text", "for 1 h 00 min");
            for (const fact of ["Service: orders-db", "Source: alertmanager", "Assigned to: Ben", "Reported: 12 times",
                                "Changed: 2 minutes ago"])
                verify(all(part("incidentDetail"), "factLine").some(line => line.Accessible.name === fact), fact);
            compare(all(part("labels"), "namedValueText").map(text => text.text), ["production", "payments"]);
            // As it was written, whatever it is written in.
            const summary = all(part("annotations"), "namedValueText")[1];
            compare(summary.text, "No free <b>connection</b>");
            compare(summary.textFormat, TextEdit.PlainText);
        }

        function test_itsAgeTicks() {
            openDetail();
            server.raise("db", "Pool exhausted", "critical", Object.assign({}, test.details, {createdAt: Date.now() - 5000}));
            tryVerify(() => part("detailAge").text.endsWith(" s"));
            const before = part("detailAge").text;
            tryVerify(() => part("detailAge").text !== before);
        }

        function test_aLabelIsMarkedAndCopied() {
            openDetail();
            const team = all(part("labels"), "namedValueText")[1];
            scrollTo("labels");
            mouseDoubleClickSequence(team, 10, 8);
            compare(team.selectedText, "payments");
            // A key is still a command: the text is not one to write in.
            keyClick(Qt.Key_A);
            tryVerify(() => server.commands.length === 1);
            mouseClick(all(part("labels"), "copyValue")[0]);
            keyClick(Qt.Key_C);
            keyClick(Qt.Key_V, Qt.ControlModifier);
            compare(part("commentArea").text, "production");
        }

        function test_itsLinkIsCopied() {
            openDetail();
            keyClick(Qt.Key_L);
            verify(part("copiedNote").visible);
            keyClick(Qt.Key_C);
            keyClick(Qt.Key_V, Qt.ControlModifier);
            compare(part("commentArea").text, "tocsin://incident/db");
            part("commentArea").text = "";
            mouseClick(part("copyLink"));
            part("commentArea").forceActiveFocus();
            keyClick(Qt.Key_V, Qt.ControlModifier);
            compare(part("commentArea").text, "tocsin://incident/db");
        }

        function test_linksSayWhereTheyLeadAndOthersAreNotOpened() {
            const opened = createTemporaryObject(linksComponent, scene);
            openDetail();
            const runbook = part("runbookLink");
            compare(findChild(runbook, "linkDestination").text, "runbooks.example.com");
            verify(runbook.prominent);
            const links = all(part("incidentDetail"), "incidentLink");
            compare(links.length, 2);
            compare(findChild(links[0], "linkDestination").text, "grafana.example.com:8443");
            mouseClick(runbook);
            mouseClick(links[0]);
            compare(opened.urls, ["https://runbooks.example.com/pool", "https://grafana.example.com:8443/d/1"]);
            verify(!links[1].enabled);
            compare(findChild(links[1], "linkDestination").text, "not opened: file:///etc/passwd");
            mouseClick(links[1]);
            compare(opened.urls.length, 2);
        }

        function test_eachButtonDoesItsCommand() {
            openDetail();
            press("acknowledge");
            tryCompare(part("detailState"), "text", "Acknowledged by Anna");
            tryVerify(() => part("unacknowledge").visible && !part("acknowledge").visible);
            press("unacknowledge");
            tryCompare(part("detailState"), "text", "Open");
            press("resolve");
            tryVerify(() => server.commands.length === 3);
            compare(server.commands.map(command => command.type),
                ["incident.acknowledge", "incident.unacknowledge", "incident.resolve"]);
            // The keyboard is where Escape still closes it.
            tryVerify(() => part("detailOver").visible);
            keyClick(Qt.Key_Escape);
            verify(!part("incidentDetail")?.visible);
        }

        function test_tabGoesFromTheListThroughTheIncident() {
            openDetail();
            const reached = [];
            for (let i = 0; i < 13 && !part("commentArea").activeFocus; ++i) {
                keyClick(Qt.Key_Tab);
                reached.push(test.Window.window.activeFocusItem.objectName);
            }
            for (const name of ["detailClose", "acknowledgeButton", "resolveButton", "assignButton", "detailPage",
                                "runbookLink", "incidentLink", "commentArea"])
                verify(reached.includes(name), name + " in " + reached);
        }

        function test_aCommentIsWrittenSentAndInTheTimeline() {
            openDetail();
            keyClick(Qt.Key_C);
            verify(part("commentArea").activeFocus);
            write("air on");
            keyClick(Qt.Key_Return);
            write("it");
            compare(server.commands.length, 0);
            keyClick(Qt.Key_Return, Qt.ControlModifier);
            tryVerify(() => server.commands.length === 1);
            const {type, uuid, text, id} = server.commands[0];
            compare({type, uuid, text}, {type: "incident.comment", uuid: "db", text: "air on\nit"});
            compare(id.length, 36);
            tryCompare(part("commentArea"), "text", "");
            tryVerify(() => entries().length === 3);
            compare(findChild(entries()[2], "timelineSentence").text, "Anna wrote");
            compare(findChild(entries()[2], "timelineComment").text, "air on\nit");
        }

        function test_aCommentThatIsNotTakenStays() {
            server.commandAnswer = "unavailable";
            openDetail();
            keyClick(Qt.Key_C);
            write("air");
            press("sendComment");
            tryVerify(() => part("commandFailure").visible);
            compare(part("commandFailure").text, "The comment on “Pool exhausted” was not taken.");
            compare(part("commentArea").text, "air");
            verify(!part("commentArea").readOnly);
            server.commandAnswer = "done";
            press("sendComment");
            tryCompare(part("commentArea"), "text", "");
            // It is the same one, should it have been taken after all; the next is another.
            const [first, again] = server.commands;
            verify(first.id);
            compare(again, first);
            keyClick(Qt.Key_C);
            write("air");
            press("sendComment");
            tryVerify(() => server.commands.length === 3);
            verify(server.commands[2].id !== first.id);
        }

        function test_eachIncidentKeepsItsDraft() {
            openDetail();
            keyClick(Qt.Key_C);
            write("air");
            keyClick(Qt.Key_Escape);
            verify(part("incidentDetail")?.visible);
            mouseClick(row(1), 200, 20);
            compare(part("commentArea").text, "");
            mouseClick(row(0), 200, 20);
            compare(part("commentArea").text, "air");
        }

        function test_theTimelineIsAskedAgainWhenTheIncidentChanges() {
            openDetail();
            compare(server.historyQuestions, 1);
            server.addHistory("db", "acknowledged", Date.now(), "Ben");
            server.raise("db", "Pool exhausted", "critical", Object.assign({}, test.details, {status: "acknowledged", acknowledgedBy: "Ben"}));
            tryVerify(() => entries().length === 3);
            compare(findChild(entries()[2], "timelineSentence").text, "Ben acknowledged it");
        }

        function test_aTimelineThatIsNotToBeHadIsNoEmptyOne() {
            server.historyAnswer = "";
            open();
            keyClick(Qt.Key_Down);
            keyClick(Qt.Key_Return);
            compare(part("timelineRemark").text, "Loading…");
            keyClick(Qt.Key_Escape);
            server.historyAnswer = "unavailable";
            keyClick(Qt.Key_Return);
            tryVerify(() => part("timelineRemark").text.startsWith("Not available."));
            server.historyAnswer = "done";
            scrollTo("timelineRetry");
            press("timelineRetry");
            tryVerify(() => entries().length === 2);
            verify(!part("timelineRemark").visible);
        }

        function test_whatIsResolvedStaysUntilItIsClosed() {
            openDetail();
            server.resolve("db");
            tryVerify(() => part("incidentList").count === 1);
            verify(part("incidentDetail")?.visible);
            compare(part("detailTitle").text, "Pool exhausted");
            compare(part("detailState").text, "Resolved");
            verify(part("detailOver").visible);
            verify(!part("detailActions").visible);
            keyClick(Qt.Key_R);
            tryCompare(part("refusalNote"), "text", "Already resolved.");
            verify(part("refusalNote").visible);
            keyClick(Qt.Key_Escape);
            verify(!part("incidentDetail")?.visible);
            compare(server.commands.length, 0);
        }

        function test_whatIsNotLiveSaysSoAndCanDoNothing() {
            openDetail();
            server.goAway();
            tryVerify(() => part("detailAged").visible);
            verify(part("detailAged").text.startsWith("Not live: as of "));
            tryVerify(() => !part("acknowledgeButton").enabled);
            compare(part("acknowledgeButton").Accessible.description,
                "Not connected: nothing can be done until the server is back.");
            compare(part("detailTitle").text, "Pool exhausted");
            tryVerify(() => part("timelineRemark").text.startsWith("Not up to date."));
            compare(entries().length, 2);
        }
    }
}
