// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Templates as T
import Tocsin

/// Where all that is seen stands, and whether it is what it was in a mirror.
QtObject {
    id: root

    /// What the places are counted in, whose width is the mirror's.
    required property Item scene

    /// What is written is where its letters have it, and a shape is the same on the other side.
    function isOneThing(item: Item): bool {
        return String(item).startsWith("QQuickScrollView") || item instanceof T.TextField
            || item instanceof SeverityShape || item instanceof BellShape || item.rotation !== 0
            || item.objectName === "pickMark";
    }
    function nameOf(item: Item): string {
        return item.objectName || String(item).split("_QML")[0].split("(")[0];
    }
    /// By name, and from top to bottom: a list has its rows in the order in which they were made.
    function seenIn(item: Item): var {
        return Array.from(item.children)
            .filter(child => child.visible && child.opacity > 0 && child.width > 0 && child.height > 0)
            .sort((one, other) => root.nameOf(one).localeCompare(root.nameOf(other)) || one.y - other.y);
    }
    /// Every item beneath `item` that is seen.
    function beneath(item: Item, path = "", found = []): var {
        const children = root.seenIn(item);
        for (let i = 0; i < children.length; ++i) {
            const child = children[i];
            const name = path + "/" + root.nameOf(child) + i;
            const at = child.mapToItem(root.scene, 0, 0);
            if (child.rotation === 0)
                found.push({name: name, x: at.x, y: at.y, width: child.width, height: child.height});
            if (!root.isOneThing(child))
                root.beneath(child, name, found);
        }
        return found;
    }
    // Pixels are whole: what is in the middle is rounded on either side.
    readonly property real tolerance: 2

    /// What of `after` is not on the other side of where it was, as sentences.
    function unmirrored(before: var, after: var): var {
        if (after.length !== before.length)
            return [before.length + " items, and then " + after.length];
        return before.map((one, i) => {
            const there = after[i];
            const expected = root.scene.width - one.x - one.width;
            return there.name !== one.name ? one.name + " is " + there.name
                : Math.abs(there.x - expected) > root.tolerance ? one.name + " at " + one.x + ", width " + one.width + ": "
                    + there.x + " instead of " + expected
                : Math.abs(there.width - one.width) > root.tolerance ? one.name + ", width " + one.width + ": " + there.width
                : Math.abs(there.y - one.y) > root.tolerance ? one.name + " at height " + one.y + ": " + there.y : "";
        }).filter(wrong => wrong !== "");
    }
}
