<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>ActiveCount</name>
    <message numerus="yes">
        <source>%n active incidents</source>
        <translation>
            <numerusform>%n active incident</numerusform>
            <numerusform>%n active incidents</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n active incidents when last known</source>
        <translation>
            <numerusform>%n active incident when last known</numerusform>
            <numerusform>%n active incidents when last known</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MonitorHeader</name>
    <message numerus="yes">
        <source>All %n monitors are up</source>
        <translation>
            <numerusform>The one monitor is up</numerusform>
            <numerusform>All %n monitors are up</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tocsin::ActivityBars</name>
    <message numerus="yes">
        <source>%n critical</source>
        <translation>
            <numerusform>%n critical</numerusform>
            <numerusform>%n critical</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n warning(s)</source>
        <translation>
            <numerusform>%n warning</numerusform>
            <numerusform>%n warnings</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n unknown</source>
        <translation>
            <numerusform>%n unknown</numerusform>
            <numerusform>%n unknown</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n info</source>
        <translation>
            <numerusform>%n info</numerusform>
            <numerusform>%n info</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n opened</source>
        <translation>
            <numerusform>%n opened</numerusform>
            <numerusform>%n opened</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n resolved</source>
        <translation>
            <numerusform>%n resolved</numerusform>
            <numerusform>%n resolved</numerusform>
        </translation>
    </message>
</context>
</TS>
