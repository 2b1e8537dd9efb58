# SPDX-FileCopyrightText: 2026 The Tocsin authors
# SPDX-License-Identifier: MIT
"""Gives the screen of an X server another resolution, at most the one that it began with, as a
screen does that is set by hand or by its own plug: resize.py WIDTH HEIGHT. By the library, as
Debian's xrandr comes with thirty other programs."""

import ctypes as c
import sys

x11 = c.CDLL("libX11.so.6")
randr = c.CDLL("libXrandr.so.2")
XID = c.c_ulong


class Mode(c.Structure):
    _fields_ = [("id", XID), ("width", c.c_uint), ("height", c.c_uint), ("dot_clock", c.c_ulong)]
    _fields_ += [(name, c.c_uint) for name in ("h_start", "h_end", "h_total", "h_skew")]
    _fields_ += [(name, c.c_uint) for name in ("v_start", "v_end", "v_total")]
    _fields_ += [("name", c.c_char_p), ("name_length", c.c_uint), ("flags", c.c_ulong)]


class Resources(c.Structure):
    _fields_ = [("time", c.c_ulong), ("configured", c.c_ulong), ("crtc_count", c.c_int)]
    _fields_ += [("crtcs", c.POINTER(XID)), ("output_count", c.c_int)]
    _fields_ += [("outputs", c.POINTER(XID)), ("mode_count", c.c_int), ("modes", c.POINTER(Mode))]


x11.XOpenDisplay.restype = c.c_void_p
x11.XDefaultRootWindow.restype = XID
x11.XDefaultRootWindow.argtypes = [c.c_void_p]
x11.XSync.argtypes = [c.c_void_p, c.c_int]
randr.XRRGetScreenResources.restype = c.POINTER(Resources)
randr.XRRGetScreenResources.argtypes = [c.c_void_p, XID]
randr.XRRCreateMode.restype = XID
randr.XRRCreateMode.argtypes = [c.c_void_p, XID, c.POINTER(Mode)]
randr.XRRAddOutputMode.argtypes = [c.c_void_p, XID, XID]
randr.XRRSetCrtcConfig.argtypes = [
    c.c_void_p, c.POINTER(Resources), XID, c.c_ulong, c.c_int, c.c_int, XID, c.c_ushort,
    c.POINTER(XID), c.c_int]
randr.XRRSetScreenSize.argtypes = [c.c_void_p, XID, c.c_int, c.c_int, c.c_int, c.c_int]


def mode_for(width, height):
    resources = randr.XRRGetScreenResources(display, root).contents
    for i in range(resources.mode_count):
        mode = resources.modes[i]
        if (mode.width, mode.height) == (width, height):
            return mode.id
    name = f"{width}x{height}".encode()
    mode = Mode(width=width, height=height, dot_clock=width * height * 60,
                h_start=width, h_end=width, h_total=width,
                v_start=height, v_end=height, v_total=height, name=name, name_length=len(name))
    created = randr.XRRCreateMode(display, root, c.byref(mode))
    randr.XRRAddOutputMode(display, resources.outputs[0], created)
    return created


def set_size():
    randr.XRRSetScreenSize(display, root, width, height, width // 4, height // 4)


width, height = int(sys.argv[1]), int(sys.argv[2])
display = x11.XOpenDisplay(None)
root = x11.XDefaultRootWindow(display)
mode = mode_for(width, height)
resources = randr.XRRGetScreenResources(display, root)
# The whole must hold the picture at every moment.
grows = x11.XDisplayWidth(c.c_void_p(display), 0) < width
if grows:
    set_size()
output = (XID * 1)(resources.contents.outputs[0])
failed = randr.XRRSetCrtcConfig(
    display, resources, resources.contents.crtcs[0], 0, 0, 0, mode, 1, output, 1)
if not grows:
    set_size()
x11.XSync(display, 0)
sys.exit(failed)
