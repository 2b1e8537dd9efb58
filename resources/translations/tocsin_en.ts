<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>ActiveCount</name>
    <message numerus="yes">
        <source>%Ln active incidents</source>
        <translation>
            <numerusform>%Ln active incident</numerusform>
            <numerusform>%Ln active incidents</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln active incidents when last known</source>
        <translation>
            <numerusform>%Ln active incident when last known</numerusform>
            <numerusform>%Ln active incidents when last known</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln active incidents heard of</source>
        <translation>
            <numerusform>%Ln active incident heard of</numerusform>
            <numerusform>%Ln active incidents heard of</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MonitorHeader</name>
    <message numerus="yes">
        <source>All %Ln monitors are up</source>
        <translation>
            <numerusform>The one monitor is up</numerusform>
            <numerusform>All %Ln monitors are up</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WallEmpty</name>
    <message numerus="yes">
        <source>%Ln active incidents besides</source>
        <translation>
            <numerusform>%Ln other active incident</numerusform>
            <numerusform>%Ln other active incidents</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln active incidents besides when last known</source>
        <translation>
            <numerusform>%Ln active incident besides when last known</numerusform>
            <numerusform>%Ln active incidents besides when last known</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WallFooter</name>
    <message numerus="yes">
        <source>%Ln more than there is room for</source>
        <translation>
            <numerusform>%Ln more than there is room for</numerusform>
            <numerusform>%Ln more than there is room for</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WallHeader</name>
    <message numerus="yes">
        <source>%Ln active incidents</source>
        <translation>
            <numerusform>%Ln active incident</numerusform>
            <numerusform>%Ln active incidents</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln active incidents when last known</source>
        <translation>
            <numerusform>%Ln active incident when last known</numerusform>
            <numerusform>%Ln active incidents when last known</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln active incidents heard of</source>
        <translation>
            <numerusform>%Ln active incident heard of</numerusform>
            <numerusform>%Ln active incidents heard of</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WallMonitors</name>
    <message numerus="yes">
        <source>%1 – %Ln more than there is room for</source>
        <translation>
            <numerusform>%1 – %Ln more than there is room for</numerusform>
            <numerusform>%1 – %Ln more than there is room for</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tocsin::ActivityBars</name>
    <message numerus="yes">
        <source>%Ln critical</source>
        <translation>
            <numerusform>%Ln critical</numerusform>
            <numerusform>%Ln critical</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln warning(s)</source>
        <translation>
            <numerusform>%Ln warning</numerusform>
            <numerusform>%Ln warnings</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln unknown</source>
        <translation>
            <numerusform>%Ln unknown</numerusform>
            <numerusform>%Ln unknown</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln info</source>
        <translation>
            <numerusform>%Ln info</numerusform>
            <numerusform>%Ln info</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln opened</source>
        <translation>
            <numerusform>%Ln opened</numerusform>
            <numerusform>%Ln opened</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln resolved</source>
        <translation>
            <numerusform>%Ln resolved</numerusform>
            <numerusform>%Ln resolved</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tocsin::ServerBook</name>
    <message numerus="yes">
        <source>%Ln server(s) in %1 were not understood and are not shown.</source>
        <translation>
            <numerusform>%Ln server in %1 was not understood and is not shown.</numerusform>
            <numerusform>%Ln servers in %1 were not understood and are not shown.</numerusform>
        </translation>
    </message>
</context>
</TS>
